//! How much a plan darkens the scalp, and which plan darkens it by as much as is wanted.

use super::{Document, Setting};
use crate::dots::own_share;

/// Share of the diffuse light that a convincing treatment of light skin takes away where it is
/// densest: close-cropped stubble takes 0.28–0.41, the densest of the rendered pairs 0.27 (note
/// under domain.md's table). A front photo shows mostly the hairline zone, which has four fifths
/// of it; with less it looks untreated at arm's length.
pub const LIGHT_SKIN_TARGET: f64 = 0.30;
/// How the eye weighs red, green and blue light (IEC 61966-2-1).
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];
/// Mean square of a dot's diameter over the square of the mean: 1 + CV² with a CV of 15 %
/// (domain.md row 9).
const SPREAD: f64 = 1.0225;
/// The strength that is aimed at first: what is left to 1 is for the heavier touches.
const USUAL_STRENGTH: f64 = 0.9;

impl Document {
    /// Share of the diffuse light that the healed plan takes away where it is densest.
    pub fn diffuse_darkening(&self) -> f64 {
        let (per_cm2, diameter) = (self.dots.per_cm2, self.dots.diameter_mm);
        let own = own_share(per_cm2 as f32, diameter as f32, self.dots.strength as f32);
        let disc_mm2 = std::f64::consts::FRAC_PI_4 * diameter * diameter * SPREAD;
        let covered = per_cm2 / 100.0 * disc_mm2 * self.dots.strength * f64::from(own);
        covered.min(1.0) * self.absorbed()
    }

    /// Chooses density and strength so that the plan takes away `target` of the diffuse light, with
    /// pigment and dot size as they are and within the ranges of the settings: the usual strength
    /// first, then more or fewer dots, then more or less strength. False when even the ranges' ends
    /// do not reach it; the plan is then as near as it can be.
    pub fn reach_tone(&mut self, target: f64) -> bool {
        self.set_number(Setting::Strength, USUAL_STRENGTH);
        self.bisect(Setting::Density, target);
        if (self.diffuse_darkening() - target).abs() > CLOSE {
            self.bisect(Setting::Strength, target);
        }
        (self.diffuse_darkening() - target).abs() <= CLOSE
    }

    /// Both settings darken steadily.
    fn bisect(&mut self, setting: Setting, target: f64) {
        let range = setting.range();
        let (mut low, mut high) = (range.min, range.max);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            self.set_number(setting, middle);
            if self.diffuse_darkening() < target {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /// Share of diffuse light that full coverage takes away.
    fn absorbed(&self) -> f64 {
        let t = self.pigment_transmittance();
        (0..3).map(|k| LUMINANCE[k] * (1.0 - t[k])).sum()
    }
}

/// How near is near enough: far below what anybody sees.
const CLOSE: f64 = 0.002;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PhotoSize;

    fn document() -> Document {
        Document::starting(PhotoSize { width: 600, height: 800 })
    }

    #[test]
    fn a_new_plan_is_the_one_that_reaches_the_target() {
        let new = document();
        assert!((new.diffuse_darkening() - LIGHT_SKIN_TARGET).abs() < 0.01, "{}", new.diffuse_darkening());
        let mut solved = new.clone();
        assert!(solved.reach_tone(LIGHT_SKIN_TARGET));
        assert!((solved.dots.per_cm2 - new.dots.per_cm2).abs() <= 5.0, "{}", solved.dots.per_cm2);
        assert!((solved.dots.strength - new.dots.strength).abs() < 0.01);
    }

    #[test]
    fn any_tone_in_reach_is_reached() {
        for target in [0.05, 0.12, 0.20, 0.30] {
            for shade in [1.0, 3.0, 5.0] {
                let mut document = document();
                document.set_number(Setting::Shade, shade);
                let reached = document.reach_tone(target);
                let off = (document.diffuse_darkening() - target).abs();
                assert_eq!(reached, off <= 0.002, "{target} {shade}: {off}");
                assert!(reached || shade == 1.0 || target < 0.08, "{target} {shade}");
            }
        }
    }

    #[test]
    fn pepper_is_pepper() {
        // 80 dots of 0.35 mm darken by about 6 %: note under domain.md's table.
        let mut document = document();
        document.set_number(Setting::Density, 80.0);
        document.set_number(Setting::DotDiameter, 0.35);
        document.set_number(Setting::Strength, 1.0);
        document.transmittance = Some([0.2, 0.18, 0.19]);
        assert!((0.055..0.07).contains(&document.diffuse_darkening()), "{}", document.diffuse_darkening());
    }
}
