//! Colours as the eye has them: CIELAB under D65, and what skin is described by in it.

use crate::composite::decode_srgb;

/// White of sRGB (D65), from its primaries (IEC 61966-2-1).
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];
/// sRGB to XYZ (IEC 61966-2-1).
const TO_XYZ: [[f64; 3]; 3] = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// A colour in CIELAB, D65.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lab {
    /// Lightness, 0–100.
    pub l: f64,
    /// Towards red.
    pub a: f64,
    /// Towards yellow.
    pub b: f64,
}

impl Lab {
    /// Of an sRGB colour in codes, 0–255.
    pub fn of_srgb(srgb: [f64; 3]) -> Self {
        let linear = srgb.map(decode_srgb);
        let [x, y, z] = [0, 1, 2].map(|row| {
            let sum: f64 = (0..3).map(|k| TO_XYZ[row][k] * linear[k]).sum();
            let t = sum / WHITE[row];
            // CIE 15: a cube root, continued by a straight line near black.
            if t > 216.0 / 24389.0 { libm::cbrt(t) } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
        });
        Self { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
    }

    /// Individual typology angle, degrees (Chardon, Cretois & Hourseau 1991): above 55 very light
    /// skin, below −30 dark.
    pub fn ita_degrees(self) -> f64 {
        libm::atan2(self.l - 50.0, self.b.max(1e-6)).to_degrees()
    }

    /// Hue angle, degrees: 0 red, 90 yellow.
    pub fn hue_degrees(self) -> f64 {
        libm::atan2(self.b, self.a).to_degrees()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_have_their_known_values() {
        // Published conversions of the sRGB primaries and of mid grey.
        for (srgb, lab) in [
            ([255.0, 255.0, 255.0], [100.0, 0.0, 0.0]),
            ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
            ([255.0, 0.0, 0.0], [53.24, 80.09, 67.20]),
            ([0.0, 255.0, 0.0], [87.73, -86.18, 83.18]),
            ([0.0, 0.0, 255.0], [32.30, 79.19, -107.86]),
            ([119.0, 119.0, 119.0], [50.03, 0.0, 0.0]),
        ] {
            let found = Lab::of_srgb(srgb);
            for (f, t) in [found.l, found.a, found.b].into_iter().zip(lab) {
                assert!((f - t).abs() < 0.03, "{srgb:?}: {found:?}");
            }
        }
    }

    #[test]
    fn the_typology_angle_is_that_of_the_formula() {
        let ita = |l, b| Lab { l, a: 12.0, b }.ita_degrees();
        assert!((ita(70.0, 20.0) - 45.0).abs() < 1e-9);
        assert!((ita(50.0, 15.0)).abs() < 1e-9);
        assert!((ita(30.0, 20.0) + 45.0).abs() < 1e-9);
        // Very light, tan and dark skin lie in their bins (domain.md section A.5).
        let very_light = Lab::of_srgb([244.0, 219.0, 196.0]).ita_degrees();
        assert!(very_light > 55.0, "{very_light}");
        let tan = Lab::of_srgb([178.0, 134.0, 100.0]).ita_degrees();
        assert!((10.0..28.0).contains(&tan), "{tan}");
        let dark = Lab::of_srgb([75.0, 50.0, 40.0]).ita_degrees();
        assert!(dark < -30.0, "{dark}");
        assert!((Lab { l: 60.0, a: 10.0, b: 10.0 }.hue_degrees() - 45.0).abs() < 1e-9);
    }
}
