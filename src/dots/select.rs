//! Thresholding: a follicle is pigmented when the density asked for at its place exceeds its rank.

use super::PlacedFollicles;
use crate::density::{Behind, Ramp, Region};
use crate::document::Document;
use crate::head::Head;
use crate::space::PhotoPoint;

/// Width of the fade around the threshold as a share of all ranks, so that nothing pops; a linear
/// ramp centred on the threshold keeps the expected mass (stipple.md section 2).
const FADE: f32 = 0.02;
/// Spread of dot diameters (coefficient of variation); domain.md row 9.
const DIAMETER_CV: f32 = 0.15;
/// Spread of dot strengths (coefficient of variation); domain.md row 9.
const STRENGTH_CV: f32 = 0.20;

/// √6: a sum of two values uniform within ±½ has variance 1/6.
const UNIT_VARIANCE: f32 = 2.449_489_8;

/// One dot as it lies in the photo: a Gaussian spot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub photo: PhotoPoint,
    /// Covariance xx, xy, yy in photo px²: pigment and scatter, foreshortened.
    pub covariance: [f32; 3],
    /// Integral of its coverage over the photo, px².
    pub mass: f32,
    /// Effective diameter on the skin, mm.
    pub diameter_mm: f32,
    /// Opacity at the middle, 0–1, the fade included.
    pub strength: f32,
    /// Rank of its follicle.
    pub rank: u32,
}

/// The dots of a document.
pub fn select(document: &Document, head: &Head, follicles: &PlacedFollicles) -> Vec<Dot> {
    let ramp = Ramp::new(document);
    let irregularity = document.dots.irregularity as f32;
    // Skin is longer than it looks, so px at the centre's scale reach at least that many mm.
    let nearest_scale = head.px_per_mm_at_centre() * 1.3;
    let reach_px = f64::from(ramp.reach_mm() + 4.0 * irregularity) * nearest_scale;
    let region = Region::new(document, head, reach_px);
    let ranks = follicles.set_len as f32;

    let mut dots = Vec::with_capacity(follicles.seen.len() / 2);
    for f in &follicles.seen {
        let mm = match region.locate(f.photo) {
            Behind::Not => continue,
            Behind::Far => f32::INFINITY,
            Behind::Near { px, towards } => {
                // Shrinking the shift towards the line keeps dots on their own side of it.
                px as f32 * f.mm_per_px(towards) - irregularity * (f.edge_shift_mm * 0.5 + 0.5)
            }
        };
        let Some(local) = ramp.at(mm) else { continue };
        let asked = local.per_cm2 * f.area_ratio / follicles.set_per_cm2;
        let weight = ((asked - (f.rank as f32 + 0.5) / ranks) / FADE + 0.5).clamp(0.0, 1.0);
        if weight <= 0.0 {
            continue;
        }
        let (a, b) = variation(f.rank, document.seed);
        let diameter = document.dots.diameter_mm as f32 * local.diameter * (1.0 + DIAMETER_CV * a);
        let strength = (document.dots.strength as f32 * local.strength * (1.0 + STRENGTH_CV * b))
            .clamp(0.0, 1.0)
            * weight;
        // A Gaussian with the peak and the integral of a disc of that diameter: 2πσ² = π d²/4.
        let variance = diameter * diameter / 8.0;
        let area = std::f32::consts::FRAC_PI_4 * diameter * diameter;
        dots.push(Dot {
            photo: f.photo,
            covariance: f.spot.map(|v| v * variance),
            mass: strength * area * f.px2_per_mm2(),
            diameter_mm: diameter,
            strength,
            rank: f.rank,
        });
    }
    dots
}

/// Two independent values of mean 0 and variance 1 for a follicle: sums of uniform ones, so that
/// nothing lies beyond ±√6 and no libm is needed.
fn variation(rank: u32, seed: u32) -> (f32, f32) {
    let mut state = (u64::from(rank) << 32 | u64::from(seed)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut uniform = || {
        // SplitMix64 (Steele, Lea & Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u32 << 24) as f32 - 0.5
    };
    ((uniform() + uniform()) * UNIT_VARIANCE, (uniform() + uniform()) * UNIT_VARIANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variation_has_mean_zero_and_variance_one() {
        let n = 20_000;
        let values: Vec<(f32, f32)> = (0..n).map(|i| variation(i, 5)).collect();
        for pick in [|v: &(f32, f32)| v.0, |v: &(f32, f32)| v.1] {
            let mean = values.iter().map(pick).sum::<f32>() / n as f32;
            let variance = values.iter().map(pick).map(|v| v * v).sum::<f32>() / n as f32;
            assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        }
    }
}
