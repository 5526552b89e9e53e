//! The dilution ladder: one black, thinned with water.

/// Optical density, at [`GREEN_NM`], that one volume of undiluted pigment has per volume of mixture
/// once it lies in the skin. Chosen so that the middle step shows the dot colour of domain.md
/// section A.5 for brown hair on medium skin. By eye; confidence low.
const DENSITY: f64 = 22.3;
/// Wavelengths that stand for the three channels, nm (peaks of the sRGB primaries).
const CHANNELS_NM: [f64; 3] = [610.0, 545.0, 460.0];
const GREEN_NM: f64 = 545.0;
/// Carbon black absorbs short waves a little more: Ångström exponent, 1 for the finest soot, less for
/// the coarser grains of a pigment.
const ANGSTROM: f64 = 0.5;
/// Share of each channel's light that scatters back before it has reached the pigment: short
/// waves turn round first, which is what makes pigment in depth look cool (domain.md row 16;
/// stipple.md section 5). By eye; confidence low.
const DEPTH_VEIL: [f64; 3] = [0.0, 0.03, 0.085];

/// One step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dilution {
    /// Its name, as practitioners write it: volumes of water to one of pigment.
    pub name: &'static str,
    /// Volumes of water to one of pigment.
    pub water: f64,
}

/// The steps, lightest first: the range taught for scalp pigment, 6:1 to 20:1 (domain.md section
/// A.5, TABA scale).
pub const DILUTIONS: [Dilution; 5] = [
    Dilution { name: "20:1", water: 20.0 },
    Dilution { name: "16:1", water: 16.0 },
    Dilution { name: "12:1", water: 12.0 },
    Dilution { name: "9:1", water: 9.0 },
    Dilution { name: "6:1", water: 6.0 },
];

impl Dilution {
    /// The step of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        DILUTIONS.into_iter().find(|d| d.name == name)
    }

    /// Linear-light transmittance of a healed dot's middle: Beer–Lambert within the dot, under the
    /// veil of the skin above it.
    pub fn transmittance(&self) -> [f64; 3] {
        let green = DENSITY / (1.0 + self.water);
        [0, 1, 2].map(|k| {
            let density = green * libm::pow(GREEN_NM / CHANNELS_NM[k], ANGSTROM);
            DEPTH_VEIL[k] + (1.0 - DEPTH_VEIL[k]) * libm::exp(-density)
        })
    }

    /// Where the step stands on the ladder, 1 (lightest) to 5.
    pub fn shade(&self) -> f64 {
        DILUTIONS.iter().position(|d| d == self).map_or(3.0, |i| i as f64 + 1.0)
    }
}

/// The mixture at a place of the ladder, 1 (lightest) to 5, between steps in proportion of water.
pub fn at_shade(shade: f64) -> Dilution {
    let last = DILUTIONS.len() - 1;
    let at = (shade - 1.0).clamp(0.0, last as f64);
    let i = (at as usize).min(last - 1);
    let (a, b) = (DILUTIONS[i], DILUTIONS[i + 1]);
    let t = at - i as f64;
    let nearest = if t < 0.5 { a } else { b };
    Dilution { name: nearest.name, water: a.water + (b.water - a.water) * t }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_darker_and_cool() {
        let mut last = [1.0; 3];
        for i in 0..=8 {
            let t = at_shade(1.0 + f64::from(i) * 0.5).transmittance();
            assert!((0..3).all(|k| t[k] < last[k]), "{t:?}");
            assert!(t[2] > t[1], "blue passes more than green: {t:?}");
            last = t;
        }
        assert!(last.iter().all(|t| *t > 0.0 && *t < 0.2));
    }

    #[test]
    fn names_are_found() {
        for (i, d) in DILUTIONS.iter().enumerate() {
            assert_eq!(Dilution::by_name(d.name), Some(*d));
            assert_eq!(d.shade(), i as f64 + 1.0);
            assert!((at_shade(d.shade()).water - d.water).abs() < 1e-12);
        }
        assert_eq!(Dilution::by_name("7:2"), None);
    }
}
