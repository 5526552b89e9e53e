//! How sharp the photo is, from its sharpest edges around the head.
//!
//! Across an edge the differences between neighbouring pixels follow the photo's point spread. If
//! that is a Gaussian, the logarithms of three of them lie on a parabola whose curvature is −1/σ²,
//! wherever between the pixels the edge lies.

use super::area::quantile;
use crate::composite::decode_srgb;
use crate::head::HeadPlacement;
use crate::photo::Photo;

/// σ that is assumed where a photo shows no edge, photo px.
const USUAL: f32 = 0.7;
/// What is told at all, σ in photo px.
const LEAST: f32 = 0.35;
const MOST: f32 = 3.0;
/// Edges are looked for within this many half extents of the outline.
const BOX: f64 = 1.15;
/// About how many pixels are looked at in each direction.
const BUDGET: f64 = 600_000.0;
/// Most lines of pixels between two that are looked at.
const LARGEST_STRIDE: usize = 64;
/// Light (0–1) between the two sides of an edge worth measuring: far above noise.
const CONTRAST: f32 = 0.08;
/// Pixels on each side of an edge.
const REACH: usize = 7;
/// Not every edge of a head is sharp, so the median is not asked; noise makes a few look sharper
/// than the lens is, so neither is the sharpest.
const PERCENTILE: f64 = 0.3;
/// Fewer edges than this may be anything.
const FEWEST: usize = 12;
/// Difference of neighbours: a mean over one pixel, variance 1/12 px².
const DIFFERENCING: f32 = 1.0 / 12.0;

/// σ of the photo's blur in photo px, 0.35–3.
pub(super) fn find(photo: &Photo, placement: &HeadPlacement) -> f32 {
    let half = BOX * placement.half_width.max(placement.half_height);
    let range = |centre: f64, size: u32| {
        let size = f64::from(size);
        let from = (centre - half).clamp(0.0, size) as usize;
        (from, ((centre + half).clamp(0.0, size) as usize).max(from))
    };
    let columns = range(placement.centre.x, photo.width());
    let rows = range(placement.centre.y, photo.height());
    let light = Light::new(photo);
    let pixels = ((columns.1 - columns.0) * (rows.1 - rows.0)) as f64;
    let stride = ((pixels / BUDGET).ceil() as usize).clamp(1, LARGEST_STRIDE);
    let mut found = Vec::new();
    along_lines(columns, rows, stride, &|along, line| light.at(along, line), &mut found);
    along_lines(rows, columns, stride, &|along, line| light.at(line, along), &mut found);
    if found.len() < FEWEST { USUAL } else { quantile(&mut found, PERCENTILE).clamp(LEAST, MOST) }
}

/// The photo's green light, the channel that a camera samples most and JPEG keeps best.
struct Light<'a> {
    photo: &'a Photo,
    table: Vec<f32>,
}

impl<'a> Light<'a> {
    fn new(photo: &'a Photo) -> Self {
        Self { photo, table: (0..=255u8).map(|code| decode_srgb(f64::from(code)) as f32).collect() }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let code = self.photo.rgba()[(y * self.photo.width() as usize + x) * 4 + 1];
        self.table[usize::from(code)]
    }
}

/// Measures the edges that cross every `stride`-th line.
fn along_lines(
    along: (usize, usize),
    lines: (usize, usize),
    stride: usize,
    light: &dyn Fn(usize, usize) -> f32,
    found: &mut Vec<f32>,
) {
    let mut steps = Vec::new();
    for line in (lines.0 + 1..lines.1.saturating_sub(1)).step_by(stride) {
        let mut last = None;
        steps.clear();
        for at in along.0..along.1 {
            let here = light(at, line);
            if let Some(last) = last {
                steps.push(here - last);
            }
            last = Some(here);
        }
        for i in REACH..steps.len().saturating_sub(REACH) {
            // The light of an edge rises within a few pixels, and most steeply here.
            let d = steps[i];
            if d.abs() < CONTRAST / 8.0 || d.abs() < steps[i - 1].abs() || d.abs() <= steps[i + 1].abs() {
                continue;
            }
            let Some(sigma) = across(&steps[i - REACH..=i + REACH]) else { continue };
            // An edge that is crossed at a slant looks wider.
            let at = along.0 + i;
            let slope = |a: usize| light(a, line + 1) - light(a, line - 1);
            let slant = (slope(at) + slope(at + 1)) * 0.25;
            if slant.abs() < 0.6 * d.abs() {
                found.push(sigma * d.abs() / (d * d + slant * slant).sqrt());
            }
        }
    }
}

/// σ of the edge whose steepest difference is the middle one of `steps`; none if it is not a
/// single edge between two even sides.
fn across(steps: &[f32]) -> Option<f32> {
    let sign = if steps[REACH] < 0.0 { -1.0 } else { 1.0 };
    let step = |k: isize| sign * steps[(REACH as isize + k) as usize];
    let contrast: f32 = sign * steps.iter().sum::<f32>();
    if contrast < CONTRAST {
        return None;
    }
    // A wide span for a wide edge: near its top a Gaussian is flat, and noise would decide.
    let mut variance = 0.0;
    for k in 1..=3isize {
        let (a, b, c) = (step(-k), step(0), step(k));
        if a <= 0.0 || c <= 0.0 {
            break;
        }
        let curvature = 2.0 * libm::logf(b) - libm::logf(a) - libm::logf(c);
        if curvature <= 1e-3 {
            return None;
        }
        variance = (k * k) as f32 / curvature;
        if variance < (k * k) as f32 * 0.7 {
            break;
        }
    }
    if variance <= 0.0 {
        // Steeper than a pixel: all contrast in one or two differences.
        variance = DIFFERENCING + LEAST * LEAST;
    }
    // A lone edge of that width and contrast has that steepest difference; a line or a ramp has not.
    let steepest = contrast / (variance * std::f32::consts::TAU).sqrt();
    if !(0.75..1.35).contains(&(step(0) / steepest)) {
        return None;
    }
    Some((variance - DIFFERENCING).max(LEAST * LEAST).sqrt())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::composite::encode_srgb;

    /// A dark square with noise, its edges at several places between pixels, blurred by `sigma`.
    fn square(sigma: f64, offset: f64, noise: i32) -> (Photo, HeadPlacement) {
        let (w, h) = (300u32, 300u32);
        let edge = |x: f64| 0.5 * (1.0 + libm::erf(x / (sigma * std::f64::consts::SQRT_2)));
        let bump = |x: f64| edge(x - 70.3 - offset) * edge(230.1 + 2.0 * offset - x);
        let mut random = 1u32;
        let mut pixels = Vec::new();
        for y in 0..h {
            for x in 0..w {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let light = 0.5 - 0.35 * bump(f64::from(x)) * bump(f64::from(y));
                let n = (random >> 24) as i32 * (2 * noise + 1) / 256 - noise;
                let v = (encode_srgb(light) as i32 + n).clamp(0, 255) as u8;
                pixels.extend([v, v, v, 255]);
            }
        }
        let mut placement = HeadPlacement::starting(f64::from(w), f64::from(h));
        placement.half_width = 110.0;
        placement.half_height = 120.0;
        placement.centre.y = 150.0;
        (Photo::from_rgba(w, h, pixels).unwrap(), placement)
    }

    #[test]
    fn synthetic_edges_give_their_blur_back() {
        for sigma in [0.5, 0.8, 1.2, 2.0] {
            for offset in [0.0, 0.2, 0.35, 0.5, 0.8] {
                for noise in [0, 2] {
                    let (photo, placement) = square(sigma, offset, noise);
                    let found = f64::from(find(&photo, &placement));
                    assert!((found / sigma - 1.0).abs() < 0.15, "{sigma} {offset} {noise}: {found}");
                }
            }
        }
    }

    #[test]
    fn without_edges_the_usual_blur() {
        let photo = Photo::from_rgba(200, 200, [150, 120, 100, 255].repeat(40_000)).unwrap();
        let placement = HeadPlacement::starting(200.0, 200.0);
        assert_eq!(find(&photo, &placement), USUAL);
        let mut away = placement;
        away.centre.x = 5000.0;
        assert_eq!(find(&photo, &away), USUAL);
    }
}
