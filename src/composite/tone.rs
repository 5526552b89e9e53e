//! What a covered pixel becomes.

use super::coverage::ONE;
use super::light::decode_srgb;
use crate::document::Document;

/// Linear-light transmittance (red, green, blue) of healed pigment at each whole step of the
/// dilution ladder, lightest first.
///
/// Dot colours of domain.md section A.5 as ratios to the skins they are meant for, cooled as depth
/// does: short wavelengths scatter back before they reach the pigment, so blue passes most
/// (stipple.md section 5). By eye; confidence low.
const LADDER: [[f64; 3]; 5] = [
    [0.400, 0.420, 0.450],
    [0.260, 0.280, 0.315],
    [0.155, 0.175, 0.210],
    [0.085, 0.100, 0.130],
    [0.040, 0.048, 0.065],
];

/// 0.055 of the sRGB curve in codes.
const OFFSET: f64 = 14.025;
/// Slope of the straight toe of the sRGB curve, codes per light, and the code at which it ends.
const TOE: f64 = 12.92 * 255.0;
const TOE_END: f64 = 0.04045 * 255.0;
/// Fixed-point units per code on the toe: all of linear light must fit beside a Q15 factor.
const TOE_UNIT: i32 = 16;
/// Fixed-point units per code while a pixel is computed.
const UNIT: i32 = 128;
const OFFSET_UNITS: i32 = 1795;

/// The table from coverage to what each channel is multiplied by.
#[derive(Debug, Clone)]
pub struct Tone {
    /// Per coverage step and channel: T^(1/2.4) and T, both Q15.
    rows: Vec<[[i32; 2]; 3]>,
    /// For each code its light, as the toe would write it.
    toe: Vec<i32>,
    transmittance: [f64; 3],
}

impl Tone {
    /// The table of a document's pigment.
    pub fn new(document: &Document) -> Self {
        Self::from_transmittance(ladder(document.shade))
    }

    /// The table of a pigment of that linear-light transmittance (red, green, blue, 0–1).
    pub fn from_transmittance(transmittance: [f64; 3]) -> Self {
        let rows = (0..=ONE)
            .map(|c| {
                let c = f64::from(c) / f64::from(ONE);
                transmittance.map(|t| {
                    let light = 1.0 - c * (1.0 - t);
                    [libm::pow(light, 1.0 / 2.4), light].map(|v| (v * 32768.0 + 0.5).floor() as i32)
                })
            })
            .collect();
        let toe = (0..256)
            .map(|v| (decode_srgb(f64::from(v)) * TOE * f64::from(TOE_UNIT) + 0.5).floor() as i32)
            .collect();
        Self { rows, toe, transmittance }
    }

    /// The pigment's linear-light transmittance.
    pub fn transmittance(&self) -> [f64; 3] {
        self.transmittance
    }

    /// Multiplies the linear light of every covered pixel; the others are not touched.
    ///
    /// `rgba` and `coverage` have one pixel each. Multiplying linear light by T is
    /// `(v + 14.025) T^(1/2.4) − 14.025` on sRGB codes, exactly (stipple.md section 1). What ends
    /// below code 10, where the sRGB curve is straight, is written by the straight part instead.
    pub fn apply(&self, rgba: &mut [u8], coverage: &[u16]) {
        for (pixel, &c) in rgba.chunks_exact_mut(4).zip(coverage) {
            if c == 0 {
                continue;
            }
            let row = &self.rows[usize::from(c.min(ONE))];
            for (code, [root, straight]) in pixel.iter_mut().zip(row) {
                let straight = (self.toe[usize::from(*code)] * straight) >> 15;
                *code = if straight <= (TOE_END * f64::from(TOE_UNIT)) as i32 {
                    (straight + TOE_UNIT / 2) / TOE_UNIT
                } else {
                    let curved = (((i32::from(*code) * UNIT + OFFSET_UNITS) * root) >> 15) - OFFSET_UNITS;
                    (curved + UNIT / 2) / UNIT
                } as u8;
            }
        }
    }
}

/// Transmittance at a step of the ladder, between steps in proportion.
fn ladder(shade: f64) -> [f64; 3] {
    let at = (shade - 1.0).clamp(0.0, 4.0);
    let i = (at as usize).min(3);
    let w = at - i as f64;
    let (a, b) = (LADDER[i], LADDER[i + 1]);
    [0, 1, 2].map(|k| a[k] + (b[k] - a[k]) * w)
}

// The fixed-point constant is the rounded one of the curve.
const _: () = assert!((OFFSET * UNIT as f64 - OFFSET_UNITS as f64).abs() < 0.5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::composite::{decode_srgb, encode_srgb};

    #[test]
    fn within_one_code_of_linear_light_in_double_precision() {
        for t in [0.04, 0.2, 0.45, 0.9] {
            let tone = Tone::from_transmittance([t; 3]);
            for c in (0..=ONE).step_by(16) {
                for v in 0..=255u8 {
                    let mut pixel = [v, v, v, 255];
                    tone.apply(&mut pixel, &[c]);
                    let light = decode_srgb(f64::from(v)) * (1.0 - f64::from(c) / f64::from(ONE) * (1.0 - t));
                    let truth = encode_srgb(light).round();
                    assert!(
                        (f64::from(pixel[0]) - truth).abs() <= 1.0,
                        "t {t} c {c} v {v}: {} {truth}",
                        pixel[0]
                    );
                    assert_eq!(pixel[3], 255);
                }
            }
        }
    }

    #[test]
    fn uncovered_pixels_stay_bit_equal() {
        let tone = Tone::from_transmittance([0.1; 3]);
        let mut pixels: Vec<u8> = (0..=255).collect();
        let before = pixels.clone();
        tone.apply(&mut pixels, &[0; 64]);
        assert_eq!(pixels, before);
    }

    #[test]
    fn ladder_darkens_step_by_step_and_stays_cool() {
        let mut last = [1.0; 3];
        for step in 0..=8 {
            let t = ladder(1.0 + f64::from(step) * 0.5);
            assert!(t[0] <= t[1] && t[1] <= t[2]);
            assert!((0..3).all(|k| t[k] < last[k]));
            last = t;
        }
    }
}
