//! Which pigment to begin with, and how dark the finished treatment should be.

use serde::Serialize;

use crate::document::{Document, LIGHT_SKIN_TARGET, Setting};
use crate::skin::{Complexion, Lab, Stubble};

/// Lightness (CIELAB) of skin for which [`LIGHT_SKIN_TARGET`] is right, and of dark skin, which needs
/// more: what it mirrors, most of its light, lies above the pigment, and its own texture hides dots.
/// 0.48 on a rendered dark head is what looked freshly shaved at arm's length; 0.30 was hardly seen.
/// By eye, confidence low.
const LIGHT_SKIN: f64 = 78.0;
const DARK_SKIN: f64 = 35.0;
const DARK_SKIN_TARGET: f64 = 0.48;
/// Least and most that is ever suggested; cropped hair takes 0.28–0.41 of the light (note under
/// domain.md's table), and dark skin under it more.
const LEAST_TARGET: f64 = 0.15;
const MOST_TARGET: f64 = 0.50;
/// Stubble in a photo is seldom evenly lit or dense: outside of these it is not believed, but that on
/// dark skin more is.
const STUBBLE: [f64; 2] = [0.18, 0.40];
/// Lightness of hair from which it counts as brown, as light brown, and as blond or grey: each is
/// matched with a thinner mixture (domain.md section A.5, pigment for black to blond hair).
const HAIR_STEPS: [f64; 3] = [30.0, 42.0, 55.0];
/// Blond and grey hair leaves lighter stubble: this share of the darkening is taken off.
const LIGHT_HAIR_LESS: f64 = 0.3;
/// Typology angles (degrees) below which skin is brown, and dark (domain.md section A.5).
const BROWN_SKIN: f64 = 10.0;
const VERY_DARK_SKIN: f64 = -30.0;
/// Steps of the ladder: what dark brown and black hair is matched with on light skin, and the
/// darkest.
const DARK_HAIR_SHADE: f64 = 4.0;
const DARKEST_SHADE: f64 = 5.0;
/// Dots are made wider by so many mm when neither number nor strength reach the tone.
const WIDER_MM: f64 = 0.01;
const WIDEST_MM: f64 = 0.58;

/// Why a shade was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The tone goes on with that of the person's own shaved or cropped hair.
    OwnStubble,
    /// Hair is seen, and its colour was matched.
    HairColour,
    /// No hair to match, but brows.
    BrowColour,
    /// Neither hair nor brows: the usual shade for that skin.
    SkinAlone,
    /// On dark skin more of the light must go to look as dark.
    DarkSkin,
    /// Hair or brows are light: thinner and less.
    LightHair,
    /// No skin was seen: the usual plan.
    NothingSeen,
}

/// A pigment and a tone to begin with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShadeSuggestion {
    /// Step on the dilution ladder, 1 (lightest) to 5.
    pub shade: f64,
    /// Share of the diffuse light that the treatment is to take away where it is densest.
    pub target: f64,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
}

/// Suggests a pigment and a tone from what the photo shows of a person's colours.
pub fn suggest_shade(complexion: &Complexion) -> ShadeSuggestion {
    let Some(skin) = complexion.skin else {
        let target = complexion.stubble.map_or(LIGHT_SKIN_TARGET, |s| of_stubble(s, LIGHT_SKIN));
        return ShadeSuggestion { shade: DARK_HAIR_SHADE, target, reasons: vec![Reason::NothingSeen] };
    };
    let mut reasons = Vec::new();
    let lightness = |srgb: [u8; 3]| Lab::of_srgb(srgb.map(f64::from)).l;
    let hair = match (complexion.hair, complexion.brow) {
        (Some(hair), _) => Some((lightness(hair), Reason::HairColour)),
        (None, Some(brow)) => Some((lightness(brow), Reason::BrowColour)),
        (None, None) => None,
    };
    let lighter = hair.map_or(0, |(l, _)| HAIR_STEPS.iter().filter(|step| l >= **step).count());
    let darker = match skin.ita_degrees {
        ita if ita < VERY_DARK_SKIN => 1.0,
        ita if ita < BROWN_SKIN => 1.0 * (BROWN_SKIN - ita) / (BROWN_SKIN - VERY_DARK_SKIN),
        _ => 0.0,
    };
    let shade = (DARK_HAIR_SHADE + darker - lighter as f64).clamp(1.0, DARKEST_SHADE);
    let step = Setting::Shade.range().step;
    let shade = (shade / step).round() * step;

    let target = if let Some(stubble) = complexion.stubble {
        reasons.push(Reason::OwnStubble);
        of_stubble(stubble, skin.lightness)
    } else {
        let light_hair = lighter.saturating_sub(1) as f64 / 2.0;
        on_skin(skin.lightness) * (1.0 - LIGHT_HAIR_LESS * light_hair)
    };
    reasons.push(hair.map_or(Reason::SkinAlone, |h| h.1));
    if darker > 0.0 {
        reasons.push(Reason::DarkSkin);
    }
    if lighter > 1 {
        reasons.push(Reason::LightHair);
    }
    ShadeSuggestion { shade, target: target.clamp(LEAST_TARGET, MOST_TARGET), reasons }
}

fn of_stubble(stubble: Stubble, lightness: f64) -> f64 {
    stubble.darkening.clamp(STUBBLE[0], STUBBLE[1].max(on_skin(lightness)))
}

/// Share of the diffuse light to take from skin of that lightness.
fn on_skin(lightness: f64) -> f64 {
    let dark = ((LIGHT_SKIN - lightness) / (LIGHT_SKIN - DARK_SKIN)).clamp(0.0, 1.0);
    LIGHT_SKIN_TARGET + (DARK_SKIN_TARGET - LIGHT_SKIN_TARGET) * dark
}

impl ShadeSuggestion {
    /// Sets pigment, density and strength of a plan for the tone; dots become wider only if the tone
    /// is not reached without. False if it is not reached even so.
    pub fn apply(&self, document: &mut Document) -> bool {
        document.transmittance = None;
        document.set_number(Setting::Shade, self.shade);
        while !document.reach_tone(self.target) {
            let wider = document.dots.diameter_mm + WIDER_MM;
            if document.diffuse_darkening() > self.target || wider > WIDEST_MM {
                return false;
            }
            document.set_number(Setting::DotDiameter, wider);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::PhotoSize;
    use crate::skin::{SkinTone, Undertone};

    fn person(srgb: [u8; 3], brow: Option<[u8; 3]>, stubble: Option<f64>) -> Complexion {
        let lab = Lab::of_srgb(srgb.map(f64::from));
        let skin = SkinTone {
            ita_degrees: lab.ita_degrees(),
            srgb,
            lightness: lab.l,
            undertone: Undertone::Neutral,
        };
        let stubble = stubble.map(|darkening| Stubble { darkening, grain: 0.04 });
        Complexion { skin: Some(skin), hair: None, stubble, brow }
    }

    const LIGHT: [u8; 3] = [219, 193, 168];
    const DARK: [u8; 3] = [133, 94, 75];
    const DARKER: [u8; 3] = [84, 55, 44];

    #[test]
    fn light_skin_and_dark_brows_get_the_usual_plan() {
        let found = suggest_shade(&person(LIGHT, Some([70, 45, 32]), None));
        assert_eq!(found.shade, Setting::Shade.range().default);
        assert!((found.target - LIGHT_SKIN_TARGET).abs() < 0.02, "{found:?}");
        assert_eq!(found.reasons, [Reason::BrowColour]);
    }

    #[test]
    fn the_darker_the_skin_the_more_is_taken_away() {
        let targets = [LIGHT, DARK, DARKER].map(|s| suggest_shade(&person(s, None, None)).target);
        assert!(targets[0] < targets[1] && targets[1] <= targets[2], "{targets:?}");
        assert_eq!(suggest_shade(&person(DARKER, None, None)).shade, 5.0);
    }

    #[test]
    fn own_stubble_decides_the_tone_and_brows_the_shade() {
        let found = suggest_shade(&person(LIGHT, Some([150, 118, 80]), Some(0.22)));
        assert!((found.target - 0.22).abs() < 1e-9 && found.shade <= 2.5, "{found:?}");
        assert_eq!(found.reasons, [Reason::OwnStubble, Reason::BrowColour, Reason::LightHair]);
        assert_eq!(suggest_shade(&person(LIGHT, None, Some(0.9))).target, STUBBLE[1]);
    }

    #[test]
    fn every_suggestion_is_within_a_plan_s_reach() {
        for skin in [LIGHT, DARK, DARKER] {
            for brow in [None, Some([30, 20, 15]), Some([120, 90, 60]), Some([190, 160, 120])] {
                for stubble in [None, Some(0.2), Some(0.4)] {
                    let found = suggest_shade(&person(skin, brow, stubble));
                    let mut plan = Document::starting(PhotoSize { width: 600, height: 800 });
                    let reached = found.apply(&mut plan);
                    let off = plan.diffuse_darkening() - found.target;
                    // The palest mixture does not make black stubble.
                    assert!(reached || found.shade <= 3.0 || off.abs() < 0.05, "{found:?} {off}");
                }
            }
        }
    }

    #[test]
    fn without_skin_there_is_still_a_plan() {
        let found = suggest_shade(&Complexion::default());
        assert_eq!((found.target, found.reasons), (LIGHT_SKIN_TARGET, vec![Reason::NothingSeen]));
    }
}
