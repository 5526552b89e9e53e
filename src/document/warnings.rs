//! What speaks against a plan. It informs and never blocks: the person and their practitioner decide.

use serde::Serialize;

use super::{Action, Document, MeasuredFace, ZoneKind};
use crate::advice::suggest_shade;
use crate::hairline::{LineMeasures, Temple};
use crate::head::Head;
use crate::skin::{Complexion, SkinTone};

/// Mid-frontal point above the glabella below which a man's line is too low, mm: 65 is the least of
/// the range, 70 aggressive (domain.md row 13). Lines of women lie at 50–65 (row 14).
const LOWEST_MM: f64 = 65.0;
const LOWEST_FEMALE_MM: f64 = 50.0;
/// Recession, mm, below which the temples of a man look filled in (domain.md section B:
/// 'don't flatten or fill' the fronto-temporal angle).
const LEAST_RECESSION_MM: f64 = 5.0;
/// Transition, mm, below which an edge is sharp: 'zero' is 1, 'medium' 5 (domain.md row 10).
const SHARP_MM: f64 = 2.0;
/// Typology angle, degrees, from which on skin is light (domain.md section A.5).
const LIGHT_SKIN_ITA: f64 = 41.0;
/// Largest difference between the sides that passes for natural, mm.
const ASYMMETRIC_MM: f64 = 5.0;
/// A plan may take this much more of the diffuse light than is suggested for the skin.
const TOO_DARK_BY: f64 = 0.10;
/// Step of the ladder beyond which pigment is too dark for light skin: 4 is what dark brown and black
/// hair is matched with there (domain.md section A.5).
const SHADE_ON_LIGHT: f64 = 4.5;
/// Dots per cm² above which they merge on light skin: the upper end of what practitioners' own numbers
/// give (note under domain.md's table).
const DENSEST_ON_LIGHT: f64 = 210.0;
/// Share of the treated part under longer hair from which on the preview misleads.
const LONG_HAIR: f64 = 0.15;

/// A remark on a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable name, under which a page looks up its own wording.
    pub code: &'static str,
    /// What it is and why it matters, in English.
    pub text: &'static str,
}

const LOW_HAIRLINE: Warning = Warning {
    code: "low-hairline",
    text: "The hairline is lower than usual for an adult; a low line may not suit a face as it ages.",
};
const FLAT_TEMPLES: Warning = Warning {
    code: "flat-temples",
    text: "The hairline hardly recedes at the temples; on an adult man a straight line looks drawn.",
};
const CLOSED_TEMPLES: Warning = Warning {
    code: "closed-temples",
    text: "The temples are closed further forward than the outer corner of the eye; this looks like a helmet.",
};
const TOO_DENSE: Warning = Warning {
    code: "too-dense",
    text: "So many dots may merge on light skin; fewer, or finer ones, age better.",
};
const TOO_DARK: Warning = Warning {
    code: "too-dark",
    text: "This is darker than suits the skin; pigment can be darkened in a later session but not lightened.",
};
const SHARP_EDGE: Warning = Warning {
    code: "sharp-edge",
    text: "A sharp edge is plainly seen on light skin; a softer transition looks more natural.",
};
const ASYMMETRIC: Warning =
    Warning { code: "asymmetric", text: "The two sides of the hairline differ by more than 5 mm." };
const OVER_LONG_HAIR: Warning = Warning {
    code: "over-long-hair",
    text: "Much of the treated part is under longer hair; hair is clipped short for the treatment and will look different.",
};

/// What is known beside the plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The colours of the person.
    pub complexion: Option<&'a Complexion>,
    /// Share of the treated part that is under longer hair, 0–1.
    pub long_hair_share: Option<f64>,
}

/// What speaks against a plan on its fitted head, the gravest first.
pub fn warnings(document: &Document, head: &Head, known: Known) -> Vec<Warning> {
    let face = document.face.as_ref().map(|face: &MeasuredFace| &face.points);
    let line = LineMeasures::of(&document.hairline, head, face);
    let skin = known.complexion.and_then(|c| c.skin);
    let mut found = of_line(document, head, &line);
    found.extend(known.complexion.and_then(|c| too_dark(document, c)));
    found.extend(skin.and_then(|skin| too_dense(document, skin)));
    found.extend(skin.and_then(|skin| sharp_edge(document, skin)));
    found.extend(known.long_hair_share.filter(|share| *share > LONG_HAIR).map(|_| OVER_LONG_HAIR));
    found
}

/// Low, flat, closed, asymmetric. Of a line that is not seen from before nothing is said.
fn of_line(document: &Document, head: &Head, line: &LineMeasures) -> Vec<Warning> {
    let style = document.hairline.style;
    let female = style.shape().midpoint_mm < LOWEST_MM;
    let lowest = if female { LOWEST_FEMALE_MM } else { LOWEST_MM };
    let middle = document.hairline.points[document.hairline.middle()];
    let mut found = Vec::new();
    // Half a millimetre is no difference, and a style may ask for exactly the limit.
    if head.outline_contains(middle, 1.0) && line.midpoint_above_glabella_mm < lowest - 0.5 {
        found.push(LOW_HAIRLINE);
    }
    let temples = || line.temples.iter().flatten();
    let says_so = style.shape().recession_mm < LEAST_RECESSION_MM;
    if !says_so {
        let closed = |t: &Temple| t.before_canthus_mm > 0.0;
        if temples().any(closed) {
            found.push(CLOSED_TEMPLES);
        } else if temples().any(|t| t.recession_mm < LEAST_RECESSION_MM) {
            found.push(FLAT_TEMPLES);
        }
        let filled = document.zones.iter().any(|z| z.kind == ZoneKind::Temples && z.action == Action::Treat);
        if filled && !found.contains(&CLOSED_TEMPLES) {
            found.push(CLOSED_TEMPLES);
        }
    }
    if line.largest_asymmetry_mm > ASYMMETRIC_MM {
        found.push(ASYMMETRIC);
    }
    found
}

fn is_light(skin: SkinTone) -> bool {
    skin.ita_degrees > LIGHT_SKIN_ITA
}

/// Much darker than what would be suggested for the person, in tone or pigment.
fn too_dark(document: &Document, complexion: &Complexion) -> Option<Warning> {
    let skin = complexion.skin?;
    let zones = document.zones.iter().filter(|z| z.action == Action::Treat).filter_map(|z| z.shade);
    let shade = document.transmittance.map_or(document.shade, |_| 0.0);
    let darkest = zones.fold(shade, f64::max);
    let tone = document.diffuse_darkening() > suggest_shade(complexion).target + TOO_DARK_BY;
    (tone || is_light(skin) && darkest > SHADE_ON_LIGHT).then_some(TOO_DARK)
}

fn too_dense(document: &Document, skin: SkinTone) -> Option<Warning> {
    let full = document.dots.per_cm2;
    let zones = document.zones.iter().filter(|z| z.action == Action::Treat && !z.match_surroundings);
    let densest = zones.map(|z| z.per_cm2(full).0).fold(full, f64::max);
    (is_light(skin) && densest > DENSEST_ON_LIGHT).then_some(TOO_DENSE)
}

fn sharp_edge(document: &Document, skin: SkinTone) -> Option<Warning> {
    (is_light(skin) && document.hairline.transition_mm < SHARP_MM).then_some(SHARP_EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PhotoSize, Setting, Shape, Zone};
    use crate::hairline::HairlineStyle;
    use crate::skin::Undertone;

    fn plan() -> Document {
        Document::starting(PhotoSize { width: 900, height: 1200 })
    }

    fn codes(document: &Document, known: Known) -> Vec<&'static str> {
        warnings(document, &document.fitted_head(), known).iter().map(|w| w.code).collect()
    }

    fn person(srgb: [u8; 3], ita_degrees: f64, lightness: f64) -> Complexion {
        let skin = SkinTone { ita_degrees, srgb, lightness, undertone: Undertone::Neutral };
        Complexion { skin: Some(skin), ..Complexion::default() }
    }

    fn light() -> Complexion {
        person([219, 193, 168], 56.0, 79.0)
    }

    fn dark() -> Complexion {
        person([84, 55, 44], -45.0, 26.0)
    }

    fn of(complexion: &Complexion) -> Known<'_> {
        Known { complexion: Some(complexion), ..Known::default() }
    }

    #[test]
    fn a_new_plan_has_nothing_against_it() {
        assert_eq!(codes(&plan(), of(&light())), [""; 0]);
        assert_eq!(codes(&plan(), Known::default()), [""; 0]);
    }

    #[test]
    fn styles_that_are_meant_so_are_not_blamed_for_their_shape() {
        for style in HairlineStyle::ALL {
            let mut document = plan();
            document.choose_style(style);
            assert_eq!(codes(&document, Known::default()), [""; 0], "{style:?}");
        }
    }

    #[test]
    fn a_low_line_is_said() {
        let mut document = plan();
        let px = 12.0 * document.fitted_head().px_per_mm_at_centre();
        document.hairline.points.iter_mut().for_each(|p| p.y += px);
        assert!(codes(&document, Known::default()).contains(&"low-hairline"));
        document.hairline.style = HairlineStyle::Female;
        assert!(!codes(&document, Known::default()).contains(&"low-hairline"));
    }

    #[test]
    fn flat_temples_are_said_unless_the_style_says_so() {
        let mut document = plan();
        document.choose_style(HairlineStyle::Straight);
        document.hairline.style = HairlineStyle::Mature;
        assert_eq!(codes(&document, Known::default()), ["flat-temples"]);
    }

    #[test]
    fn closed_temples_are_said() {
        let mut document = plan();
        document.zones = vec![Zone::new(ZoneKind::Temples, Shape::Anatomy)];
        assert_eq!(codes(&document, Known::default()), ["closed-temples"]);
        document.zones[0].action = Action::KeepClear;
        assert_eq!(codes(&document, Known::default()), [""; 0]);
        // Down to the brow at the sides.
        let mut low = plan();
        let px = 70.0 * low.fitted_head().px_per_mm_at_centre();
        low.hairline.points.iter_mut().for_each(|p| p.y += px);
        assert!(codes(&low, Known::default()).contains(&"closed-temples"));
    }

    #[test]
    fn too_dense_and_too_dark_depend_on_the_skin() {
        let mut document = plan();
        document.set_number(Setting::Density, 220.0);
        assert!(codes(&document, of(&light())).contains(&"too-dense"));
        assert!(!codes(&document, of(&dark())).contains(&"too-dense"));
        let mut document = plan();
        document.set_number(Setting::Shade, 5.0);
        document.set_number(Setting::DotDiameter, 0.6);
        assert!(codes(&document, of(&light())).contains(&"too-dark"));
        assert!(!codes(&document, of(&dark())).contains(&"too-dark"));
        assert!(codes(&document, Known::default()).is_empty());
    }

    #[test]
    fn a_sharp_edge_is_said_on_light_skin_only() {
        let mut document = plan();
        document.set_number(Setting::Softness, 1.0);
        assert_eq!(codes(&document, of(&light())), ["sharp-edge"]);
        assert_eq!(codes(&document, of(&dark())), [""; 0]);
    }

    #[test]
    fn sides_that_differ_are_said() {
        let mut document = plan();
        let px = 8.0 * document.fitted_head().px_per_mm_at_centre();
        document.hairline.points[2].y += px;
        assert_eq!(codes(&document, Known::default()), ["asymmetric"]);
        let mut natural = plan();
        natural.set_number(Setting::Asymmetry, 4.0);
        assert_eq!(codes(&natural, Known::default()), [""; 0]);
    }

    #[test]
    fn long_hair_is_said() {
        let known = |share| Known { long_hair_share: Some(share), ..Known::default() };
        assert_eq!(codes(&plan(), known(0.3)), ["over-long-hair"]);
        assert_eq!(codes(&plan(), known(0.05)), [""; 0]);
    }

    #[test]
    fn from_behind_nothing_is_said_of_the_line() {
        let mut document = plan();
        document.head.yaw_degrees = 180.0;
        document.hairline.points = document.suggested_points(&document.fitted_head());
        assert_eq!(codes(&document, Known::default()), [""; 0]);
    }
}
