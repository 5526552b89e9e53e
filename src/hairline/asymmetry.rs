//! No natural hairline is the same on both sides: one runs a little higher than the other.

use super::{Hairline, WITHIN_OUTLINE};
use crate::head::{Head, level};
use crate::noise::{lattice, value_noise};
use crate::space::PhotoPoint;

/// Largest difference between the sides that can be asked for, mm: beyond 5 it is a fault.
pub const ASYMMETRY_MM: std::ops::RangeInclusive<f64> = 0.0..=6.0;
/// Lattice steps of the noise from the midline to the side of the head: waves of about 50 mm.
const STEPS: f32 = 3.0;
/// Share of the difference that is the same all along the line.
const THROUGHOUT: f32 = 0.6;
/// Nearer to the midline than this (x of a [`crate::space::ScalpPoint`]) both sides come together.
const TOGETHER: f32 = 0.12;

/// How far up (positive) or down a place of the line is moved, of the whole difference.
fn share(x: f32, seed: u32) -> f32 {
    let higher = lattice(1, 2, 3, seed).signum();
    let wave = value_noise([x.abs() * STEPS, 0.5, 0.5], seed);
    0.5 * (THROUGHOUT * higher + (1.0 - THROUGHOUT) * wave) * (x / TOGETHER).clamp(-1.0, 1.0)
}

/// A point of a line, moved up along the skin by its share of a difference of `mm` between the sides.
/// One that is out of sight stays.
pub fn shifted(head: &Head, p: PhotoPoint, mm: f64, seed: u32) -> PhotoPoint {
    if mm == 0.0 || head.outline_radius(p) > WITHIN_OUTLINE {
        return p;
    }
    let scalp = head.unproject(p).scalp;
    let up = mm * f64::from(share(scalp.x, seed));
    head.clamp_to_outline(
        head.project(head.above(f64::from(scalp.x), level(scalp), up)).photo,
        WITHIN_OUTLINE,
    )
}

impl Hairline {
    /// Makes the natural difference between the sides `mm`, whatever it was.
    pub fn set_asymmetry(&mut self, head: &Head, mm: f64, seed: u32) {
        let more = mm - self.asymmetry_mm;
        for p in &mut self.points {
            *p = shifted(head, *p, more, seed);
        }
        self.asymmetry_mm = mm;
    }

    /// Where the counterpart of a point at `to` belongs.
    pub fn counterpart_of(&self, head: &Head, to: PhotoPoint, seed: u32) -> PhotoPoint {
        let mm = self.asymmetry_mm;
        shifted(head, head.mirror(shifted(head, to, -mm, seed)), mm, seed)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, PhotoSize};

    #[test]
    fn sides_differ_by_no_more_than_asked_and_come_together_again() {
        let document = Document::starting(PhotoSize { width: 900, height: 1200 });
        let head = document.fitted_head();
        let symmetric = document.hairline;
        for seed in 0..20 {
            let mut line = symmetric.clone();
            line.set_asymmetry(&head, 4.0, seed);
            let px_per_mm = head.px_per_mm_at_centre();
            let mut most: f64 = 0.0;
            for i in 0..3 {
                let off = head.mirror(line.points[i]).distance(line.points[line.counterpart(i)]);
                most = most.max(off / px_per_mm);
                let again = line.counterpart_of(&head, line.points[i], seed);
                assert!(again.distance(line.points[line.counterpart(i)]) < 0.1);
            }
            assert!((0.4..4.8).contains(&most), "{seed}: {most}");
            assert!(line.points[3].distance(symmetric.points[3]) < 1e-2);
            line.set_asymmetry(&head, 0.0, seed);
            for (p, q) in line.points.iter().zip(&symmetric.points) {
                assert!(p.distance(*q) < 0.05);
            }
        }
    }
}
