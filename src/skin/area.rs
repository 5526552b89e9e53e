//! Which pixels lie on the head, and which of them behind the line.

use super::highlight::Highlight;
use super::sight::Sight;
use super::{ShareMap, Silhouette};
use crate::hairline::TreatedSide;
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Skin nearer to the head's edge than this share is lit from the side and mixed with what is
/// behind it: it is not asked.
const WITHIN: f64 = 0.93;
/// Fewer pixels than this behind the line say nothing; then the whole head is asked.
const FEWEST: usize = 100;
/// Below this share of the forehead's luma what is behind the line is hair.
const HAIRY: f32 = 0.45;

/// How far what is behind the line may lie from the forehead in the shares of red, green and blue; of
/// another colour it is hair.
const OTHER_COLOUR: f32 = 0.06;

/// For each pixel of a [`Sight`] where it lies.
#[derive(Debug, Clone)]
pub(super) struct Area {
    /// Distance from the outline's centre in units of the head's edge in that direction: 1 on the
    /// silhouette. Outside the photo infinite.
    pub(super) radius: Vec<f32>,
    /// Well within the head and behind the line.
    pub(super) treated: Vec<bool>,
    /// Pixels that are likely to be skin: the forehead, and behind the line unless that is much
    /// darker, for then hair covers it.
    pub(super) seeds: Vec<usize>,
}

impl Area {
    pub(super) fn new(sight: &Sight, head: &Head, silhouette: &Silhouette, line: &[PhotoPoint]) -> Self {
        let placement = head.placement();
        let [across, along] = placement.axes();
        let behind = TreatedSide::of(line, head);
        let mut radius = Vec::with_capacity(sight.light.len());
        let mut treated = Vec::with_capacity(sight.light.len());
        let mut crossings = Vec::new();
        for y in 0..sight.height {
            behind.row_crossings(sight.point(0, y).y, &mut crossings);
            for x in 0..sight.width {
                let p = sight.point(x, y);
                let (dx, dy) = (p.x - placement.centre.x, p.y - placement.centre.y);
                let u = (dx * across.x + dy * across.y) / placement.half_width;
                let v = (dx * along.x + dy * along.y) / placement.half_height;
                let r = (u * u + v * v).sqrt();
                // The edge is looked for between 0.85 and 1.15 of the outline.
                let r = if !sight.seen[y * sight.width + x] {
                    f64::INFINITY
                } else if r > 0.6 {
                    r / silhouette.radius(libm::atan2(v, u))
                } else {
                    r
                };
                radius.push(r as f32);
                treated.push(r < WITHIN && crossings.iter().filter(|&&c| c < p.x).count() % 2 == 1);
            }
        }
        if treated.iter().filter(|&&t| t).count() < FEWEST {
            treated = radius.iter().map(|&r| f64::from(r) < WITHIN).collect();
        }
        let seeds = seeds(sight, head, &radius, &treated);
        Self { radius, treated, seeds }
    }

    /// Median scene light, channel by channel, of the treated pixels that are plain bare skin; where
    /// there are too few, that of plain skin anywhere.
    pub(super) fn median_light(&self, sight: &Sight, room: &ShareMap, highlight: &Highlight) -> [f64; 3] {
        let plain: Vec<usize> = (0..self.treated.len())
            .filter(|&i| self.treated[i] && room.of_pixel(i) > 0.8 && highlight.diffuse[i] > 0.85)
            .collect();
        if plain.len() < FEWEST {
            return highlight.plain.map(f64::from);
        }
        [0, 1, 2].map(|k| {
            let mut values: Vec<f32> = plain.iter().map(|&i| sight.light[i][k]).collect();
            f64::from(quantile(&mut values, 0.5))
        })
    }
}

/// Pixels of the forehead and of the treated area, about as many of each.
fn seeds(sight: &Sight, head: &Head, radius: &[f32], treated: &[bool]) -> Vec<usize> {
    let mut forehead = Vec::new();
    for i in -24..=24i32 {
        for k in 0..=24i32 {
            let (x, y) = (f64::from(i) * 0.02, 0.08 + f64::from(k) * 0.02);
            let z = (1.0 - x * x - y * y).max(0.0).sqrt();
            let place = head.project(ScalpPoint { x: x as f32, y: y as f32, z: z as f32 });
            if place.cosine < 0.3 {
                continue;
            }
            if let Some(at) = sight.index(place.photo).filter(|&at| f64::from(radius[at]) < WITHIN) {
                forehead.push(at);
            }
        }
    }
    let behind: Vec<usize> = (0..treated.len()).filter(|&i| treated[i]).collect();
    let luma = |places: &[usize]| {
        quantile(&mut places.iter().map(|&i| Sight::luma(sight.light[i])).collect::<Vec<f32>>(), 0.5)
    };
    if forehead.len() < FEWEST {
        return behind;
    }
    let colour = |places: &[usize]| {
        let median = [0, 1, 2]
            .map(|k| quantile(&mut places.iter().map(|&i| sight.light[i][k]).collect::<Vec<f32>>(), 0.5));
        let sum = (median[0] + median[1] + median[2]).max(1e-4);
        median.map(|v| v / sum)
    };
    let other = |a: [f32; 3], b: [f32; 3]| {
        let distance: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
        distance.sqrt() > OTHER_COLOUR
    };
    let hair = behind.len() >= FEWEST
        && (luma(&behind) < HAIRY * luma(&forehead) || other(colour(&behind), colour(&forehead)));
    if behind.len() < FEWEST || hair {
        return forehead;
    }
    let every = (behind.len() / forehead.len()).max(1);
    forehead.extend(behind.into_iter().step_by(every));
    forehead
}

/// The value below which a share `q` of the values lies; 0 for none. Reorders them.
pub(super) fn quantile(values: &mut [f32], q: f64) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let at = (q * (values.len() - 1) as f64 + 0.5) as usize;
    *values.select_nth_unstable_by(at, f32::total_cmp).1
}
