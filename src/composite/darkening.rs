//! Every darkening of a code as a sum of two.
//!
//! What a code loses when its scene light shrinks to 1 − s is a curve over all codes, another one
//! for each s. Up to [`DEEPEST`] two such curves, each taken so and so often, make all of them
//! within a third of a code: so a pixel needs no table of its own coverage, only two products a
//! channel, and those a processor does for several pixels at once.

use std::sync::LazyLock;

use super::response::{code_of_scene, scene_of_code};

/// Codes of a channel.
pub const CODES: usize = 256;
/// The most that two curves reach, as a share of scene light that is lost. Beyond it the curves
/// become too steep towards white.
pub const DEEPEST: f64 = 0.82;
/// Of which losses the two curves are: where the largest error of all is smallest.
const CURVES: [f64; 2] = [0.57, 0.80];
/// A curve's unit as a power of two of a code: 150 codes fit in 15 bits.
const CURVE_BITS: u32 = 7;
/// Unit of how often a curve is taken, as a power of two; never twice.
const TIMES_BITS: u32 = 14;
/// How far the sum of products is to be shifted down to be codes.
pub const SUM_BITS: u32 = CURVE_BITS + TIMES_BITS;
/// Steps from no loss to the deepest one, even in its logarithm.
const STEPS: usize = 64;
/// Every so many codes a curve is compared, white included.
const EVERY: usize = 5;

/// The two curves and how often each loss takes them.
pub struct Darkening {
    /// For each code what it loses on the one curve (lower half) and on the other.
    pub curves: [u32; CODES],
    /// How often each loss takes both, step by step.
    times: Vec<[f64; 2]>,
}

/// Made when first needed: it depends on nothing.
pub static DARKENING: LazyLock<Darkening> = LazyLock::new(Darkening::new);

impl Darkening {
    fn new() -> Self {
        let curves = std::array::from_fn(|code| {
            let [a, b] = CURVES.map(|loss| (lost(code, loss) * f64::from(1 << CURVE_BITS) + 0.5) as u32);
            a | b << 16
        });
        let times = (0..=STEPS).map(|step| times_of(1.0 - libm::exp(-logarithm_at(step)))).collect();
        Self { curves, times }
    }

    /// How often a loss, a share of scene light up to [`DEEPEST`], takes the two curves.
    pub fn times(&self, loss: f64) -> [i16; 2] {
        let at = -libm::log(1.0 - loss) / logarithm_at(1);
        let step = (at as usize).min(STEPS - 1);
        let (low, high) = (self.times[step], self.times[step + 1]);
        [0, 1].map(|k| {
            let times = low[k] + (high[k] - low[k]) * (at - step as f64);
            libm::round(times * f64::from(1 << TIMES_BITS)) as i16
        })
    }
}

/// −ln of what a step leaves of the light.
fn logarithm_at(step: usize) -> f64 {
    -libm::log(1.0 - DEEPEST) * step as f64 / STEPS as f64
}

/// What a code loses with that share of its scene light, codes.
fn lost(code: usize, loss: f64) -> f64 {
    code as f64 - code_of_scene(scene_of_code(code as f64) * (1.0 - loss))
}

/// The sum of both curves that is nearest to a third: least squares. Bright codes weigh more, since
/// the curves bend most there.
fn times_of(loss: f64) -> [f64; 2] {
    let (mut aa, mut ab, mut bb, mut ac, mut bc) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for code in (0..CODES).step_by(EVERY) {
        let bright = code as f64 / 255.0;
        let bright = bright * bright * bright;
        let weight = 0.4 + bright * bright;
        let [a, b] = CURVES.map(|loss| lost(code, loss) * weight);
        let c = lost(code, loss) * weight;
        (aa, ab, bb, ac, bc) = (aa + a * a, ab + a * b, bb + b * b, ac + a * c, bc + b * c);
    }
    let determinant = aa * bb - ab * ab;
    [(ac * bb - bc * ab) / determinant, (bc * aa - ac * ab) / determinant]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_curves_make_every_darkening() {
        let mut worst: f64 = 0.0;
        for i in 0..=400 {
            let loss = DEEPEST * f64::from(i) / 400.0;
            let [p, q] = DARKENING.times(loss);
            for (code, curve) in DARKENING.curves.iter().enumerate() {
                let sum = i64::from(p) * i64::from(curve & 0xffff) + i64::from(q) * i64::from(curve >> 16);
                let error = sum as f64 / f64::from(1 << SUM_BITS) - lost(code, loss);
                assert!(sum as f64 / f64::from(1 << SUM_BITS) > -0.4, "nothing becomes brighter");
                worst = worst.max(error.abs());
            }
        }
        assert!(worst < 0.32, "{worst}");
    }
}
