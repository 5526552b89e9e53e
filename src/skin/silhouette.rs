//! The head's edge in the photo, found along rays near the placed outline.
//!
//! A hand-placed ellipse misses a real head by millimetres, and a dot on the wall behind it gives
//! the picture away at once. So the skull's limb is drawn to the edge that the photo shows.

use crate::composite::{Pyramid, View};
use crate::face::PersonMask;
use crate::head::{Head, HeadPlacement};
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Rays around the outline.
const RAYS: usize = 192;
/// Where on a ray the edge is looked for, in units of the skull's own limb: a hand-placed outline is
/// within an eighth.
const FIRST: f64 = 0.88;
const STEP: f64 = 0.006;
const RADII: usize = 41;
/// Steps on each side that are averaged before they are compared: wider than pores and stubble.
const SIDE: usize = 4;
/// Colour difference (Euclidean, codes) at which an edge counts half, and below which there is none.
const HALF_SURE: f64 = 48.0;
const NONE: f64 = 9.0;
/// An edge counts whole where the person's share times what is left of it is at least one part in so
/// many: the coarse mask is off by a cell or two.
const ENDS: f64 = 12.0;
/// Then it is looked for in the photo itself: step, reach in steps (a little more than one of the
/// coarse ones), and steps that are averaged on each side.
const FINE_STEP: f64 = 0.001;
const FINE_REACH: i32 = 10;
const FINE_SIDE: i32 = 6;
/// Half width of the head, px, in the copy that is looked at.
const HALF_WIDTH: f64 = 180.0;
/// Beyond this share of the outline a place is drawn towards the edge; the middle stays put.
const STAYS: f64 = 0.5;
/// Dots end this share short of the edge: their own blur reaches the last pixel of skin.
const SHORT_OF: f64 = 0.999;

/// Radius of the head's edge in units of the placed outline, ray by ray.
#[derive(Debug, Clone, PartialEq)]
pub struct Silhouette {
    placement: HeadPlacement,
    /// The fitted skull's limb, likewise.
    limb: Vec<f64>,
    radii: Vec<f64>,
}

impl Silhouette {
    /// Finds the edge. Where the photo shows none, it is the skull's limb; where the person is known, an
    /// edge is one only if the person ends about there.
    pub fn find(photo: &Photo, pyramid: &Pyramid, head: &Head, person: Option<&PersonMask>) -> Self {
        let placement = head.placement();
        let limb: Vec<f64> = (0..RAYS).map(|ray| head.limb_radius(angle(ray))).collect();
        let scale = (HALF_WIDTH / placement.half_width).min(1.0);
        // The limb may lie outside the placed ellipse, most of all at the nape.
        let widest = limb.iter().fold(1.0, |a: f64, &b| a.max(b));
        let half = 1.15 * widest * placement.half_width.max(placement.half_height);
        let on_limb = Self { placement: placement.clone(), radii: limb.clone(), limb };
        let side = (2.0 * half * scale).ceil() as u32;
        let (left, top) = (placement.centre.x - half, placement.centre.y - half);
        let Ok(view) = View::new(left, top, scale, side, side) else { return on_limb };
        let pixels = pyramid.view(photo, &view);
        let colour = |p: PhotoPoint| {
            let (x, y) = (((p.x - left) * scale) as usize, ((p.y - top) * scale) as usize);
            let at = (y.min(side as usize - 1) * side as usize + x.min(side as usize - 1)) * 4;
            [0, 1, 2, 3].map(|k| f64::from(pixels[at + k]))
        };

        let mut contrast = vec![[0.0; RADII]; RAYS];
        for (ray, found) in contrast.iter_mut().enumerate() {
            let (sin, cos) = libm::sincos(angle(ray));
            let samples: Vec<[f64; 4]> = (0..RADII + 2 * SIDE)
                .map(|k| {
                    let share = FIRST + (k as f64 - SIDE as f64) * STEP;
                    colour(along(placement, cos, sin, share * on_limb.limb[ray]))
                })
                .collect();
            for (k, contrast) in found.iter_mut().enumerate() {
                let mean =
                    |range: &[[f64; 4]], c: usize| range.iter().map(|s| s[c]).sum::<f64>() / SIDE as f64;
                let (inner, outer) = (&samples[k..k + SIDE], &samples[k + SIDE + 1..]);
                // Beyond the photo's own edge there is nothing to compare with.
                if samples[k..=k + 2 * SIDE].iter().any(|s| s[3] == 0.0) {
                    continue;
                }
                let outer = &outer[..SIDE];
                let d = [0, 1, 2].map(|c| mean(outer, c) - mean(inner, c));
                *contrast = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt();
                if let Some(person) = person {
                    let share = person.at(along(placement, cos, sin, FIRST + k as f64 * STEP));
                    *contrast *= (ENDS * share * (1.0 - share)).min(1.0);
                }
            }
        }
        let path = strongest_path(&contrast);
        let radii: Vec<f64> = path
            .iter()
            .zip(&contrast)
            .enumerate()
            .map(|(ray, (&k, found))| {
                let limb = on_limb.limb[ray];
                if found[k] < NONE {
                    limb
                } else {
                    refined(photo, placement, ray, limb * (FIRST + k as f64 * STEP))
                }
            })
            .collect();
        Self { radii: smooth(&radii), ..on_limb }
    }

    /// Draws a place near the limb to the edge: a place on the limb comes to lie on the silhouette,
    /// one in the middle stays.
    pub fn draw_in(&self, p: PhotoPoint) -> PhotoPoint {
        let [across, along] = self.placement.axes();
        let c = self.placement.centre;
        let (dx, dy) = (p.x - c.x, p.y - c.y);
        let u = (dx * across.x + dy * across.y) / self.placement.half_width;
        let v = (dx * along.x + dy * along.y) / self.placement.half_height;
        let angle = libm::atan2(v, u);
        let limb = between(&self.limb, angle);
        let share = (u * u + v * v).sqrt() / limb;
        if share <= STAYS {
            return p;
        }
        let t = ((share - STAYS) / (1.0 - STAYS)).clamp(0.0, 1.0);
        let k = 1.0 + (self.radius(angle) / limb * SHORT_OF - 1.0) * t * t;
        PhotoPoint::new(c.x + dx * k, c.y + dy * k)
    }

    /// Radius of the edge at an angle from the across axis, radians, in units of the outline.
    pub fn radius(&self, angle: f64) -> f64 {
        between(&self.radii, angle)
    }
}

/// The radius at an angle between those of the rays.
fn between(radii: &[f64], angle: f64) -> f64 {
    let at = angle / std::f64::consts::TAU;
    let at = (at - at.floor()) * RAYS as f64;
    let low = at.floor();
    let (i, w) = (low as usize % RAYS, at - low);
    radii[i] + (radii[(i + 1) % RAYS] - radii[i]) * w
}

/// The radius near `radius` at which the photo itself, full size, changes most along a ray.
fn refined(photo: &Photo, placement: &HeadPlacement, ray: usize, radius: f64) -> f64 {
    let (sin, cos) = libm::sincos(angle(ray));
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    let samples: Vec<[f64; 3]> = (-(FINE_SIDE + FINE_REACH)..=FINE_SIDE + FINE_REACH)
        .map(|k| {
            let p = along(placement, cos, sin, radius + f64::from(k) * FINE_STEP);
            let (x, y) = (p.x.max(0.0) as usize, p.y.max(0.0) as usize);
            let at = (y.min(height - 1) * width + x.min(width - 1)) * 4;
            [0, 1, 2].map(|c| f64::from(photo.rgba()[at + c]))
        })
        .collect();
    let side = FINE_SIDE as usize;
    let contrast = |k: usize| -> f64 {
        let mean = |range: &[[f64; 3]], c: usize| range.iter().map(|s| s[c]).sum::<f64>();
        (0..3)
            .map(|c| mean(&samples[k..k + side], c) - mean(&samples[k + side + 1..=k + 2 * side], c))
            .map(|d| d * d)
            .sum()
    };
    let best = (0..=2 * FINE_REACH as usize).fold(0, |a, b| if contrast(b) > contrast(a) { b } else { a });
    radius + (best as f64 - f64::from(FINE_REACH)) * FINE_STEP
}

fn angle(ray: usize) -> f64 {
    std::f64::consts::TAU * ray as f64 / RAYS as f64
}

fn along(placement: &HeadPlacement, cos: f64, sin: f64, radius: f64) -> PhotoPoint {
    let [across, along] = placement.axes();
    let (a, b) = (radius * placement.half_width * cos, radius * placement.half_height * sin);
    let c = placement.centre;
    PhotoPoint::new(c.x + a * across.x + b * along.x, c.y + a * across.y + b * along.y)
}

/// The closed sequence of radii with the most contrast and the least wandering, by dynamic
/// programming around the head twice, so that beginning and end meet.
fn strongest_path(contrast: &[[f64; RADII]]) -> Vec<usize> {
    const TURN: isize = 2;
    let gain = |ray: usize, k: usize| {
        let off = (FIRST + k as f64 * STEP - 1.0) / (RADII as f64 * STEP);
        // A slight wish for the placed outline decides where the photo does not.
        let found = contrast[ray % RAYS][k];
        found / (found + HALF_SURE) - 0.5 * off * off
    };
    let mut best: Vec<f64> = (0..RADII).map(|k| gain(0, k)).collect();
    let mut steps: Vec<[u8; RADII]> = Vec::with_capacity(2 * RAYS);
    for ray in 1..2 * RAYS {
        let mut step = [0u8; RADII];
        let next: Vec<f64> = (0..RADII)
            .map(|k| {
                let mut top = (f64::NEG_INFINITY, k);
                for d in -TURN..=TURN {
                    let from = k as isize + d;
                    if let Some(&value) = usize::try_from(from).ok().and_then(|f| best.get(f)) {
                        let value = value - 0.12 * d.unsigned_abs() as f64;
                        if value > top.0 {
                            top = (value, from as usize);
                        }
                    }
                }
                step[k] = top.1 as u8;
                top.0 + gain(ray, k)
            })
            .collect();
        best = next;
        steps.push(step);
    }
    let mut k = (0..RADII).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut path = vec![0; 2 * RAYS];
    for ray in (0..2 * RAYS).rev() {
        path[ray] = k;
        if ray > 0 {
            k = usize::from(steps[ray - 1][k]);
        }
    }
    // The second round starts where the first has settled; its last part has no future, so the
    // first part of the second and the second part of the first are used.
    (0..RAYS).map(|ray| if ray < RAYS / 2 { path[RAYS + ray] } else { path[ray] }).collect()
}

/// Mean over five rays: the edge of a head has no corners.
fn smooth(radii: &[f64]) -> Vec<f64> {
    let n = radii.len();
    (0..n).map(|i| (0..5).map(|d| radii[(i + n + d - 2) % n]).sum::<f64>() / 5.0).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    /// A skin-coloured head, `grow` times the placed one, before a grey wall.
    fn scene(grow: f64, wall: [u8; 3]) -> (Photo, Head) {
        let (w, h) = (400u32, 500u32);
        let head = Head::fit(&HeadPlacement::starting(f64::from(w), f64::from(h)));
        let mut pixels = Vec::new();
        for y in 0..h {
            for x in 0..w {
                let skin =
                    head.outline_contains(PhotoPoint::new(f64::from(x) + 0.5, f64::from(y) + 0.5), grow);
                let [r, g, b] = if skin { [205, 165, 140] } else { wall };
                // Noise that is no edge.
                let n = ((x * 7 + y * 13) % 5) as u8;
                pixels.extend([r + n, g + n, b + n, 255]);
            }
        }
        (Photo::from_rgba(w, h, pixels).unwrap(), head)
    }

    #[test]
    fn finds_a_head_smaller_or_larger_than_the_outline() {
        for grow in [0.93, 1.0, 1.06] {
            let (photo, head) = scene(grow, [120, 125, 135]);
            let found = Silhouette::find(&photo, &Pyramid::new(&photo), &head, None);
            for i in 0..360 {
                let angle = f64::from(i) * std::f64::consts::TAU / 360.0;
                let r = found.radius(angle) / head.limb_radius(angle);
                assert!((r - grow).abs() < 0.014, "{grow}: {r} at {i}");
            }
        }
    }

    #[test]
    fn where_the_person_goes_on_no_edge_is_one() {
        // The wall's edge is seen, but the mask says that the person fills the photo.
        let (photo, head) = scene(0.95, [60, 70, 90]);
        let everywhere = PersonMask::new(1, 1, [400.0, 500.0], vec![255]);
        let found = Silhouette::find(&photo, &Pyramid::new(&photo), &head, everywhere.as_ref());
        for i in 0..64 {
            let angle = f64::from(i) * std::f64::consts::TAU / 64.0;
            assert!((found.radius(angle) / head.limb_radius(angle) - 1.0).abs() < 2e-3);
        }
        // And where it ends about there, the edge is found.
        let share = (0..40 * 50)
            .map(|i| {
                let (x, y) = (f64::from(i % 40) * 10.0 + 5.0, f64::from(i / 40) * 10.0 + 5.0);
                ((0.95 - head.outline_radius(PhotoPoint::new(x, y))) * 800.0 + 128.0).clamp(0.0, 255.0) as u8
            })
            .collect();
        let mask = PersonMask::new(40, 50, [400.0, 500.0], share);
        let found = Silhouette::find(&photo, &Pyramid::new(&photo), &head, mask.as_ref());
        // Towards the chin there is no edge of the skull.
        for i in (32..=64).chain(0..8) {
            let angle = f64::from(i) * std::f64::consts::TAU / 64.0;
            let r = found.radius(angle) / head.limb_radius(angle);
            assert!((r - 0.95).abs() < 0.025, "{r} at {i}");
        }
    }

    #[test]
    fn without_an_edge_it_is_the_limb() {
        let (photo, head) = scene(0.95, [205, 165, 140]);
        let found = Silhouette::find(&photo, &Pyramid::new(&photo), &head, None);
        for i in 0..64 {
            let angle = f64::from(i) * std::f64::consts::TAU / 64.0;
            assert!((found.radius(angle) / head.limb_radius(angle) - 1.0).abs() < 2e-3);
        }
    }

    #[test]
    fn places_on_the_limb_come_to_the_edge_and_the_middle_stays() {
        let (photo, head) = scene(0.94, [60, 70, 90]);
        let found = Silhouette::find(&photo, &Pyramid::new(&photo), &head, None);
        let c = head.placement().centre;
        assert_eq!(found.draw_in(c), c);
        for p in head.outline(40) {
            let q = found.draw_in(p);
            let k = q.distance(c) / p.distance(c);
            assert!((0.92..0.946).contains(&k), "{k}");
        }
    }
}
