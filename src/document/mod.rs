//! What the user decided. No pixels: it can be stored, compared, undone and sent as it is.

mod face;
mod history;
mod setting;
mod tone_target;
mod warnings;
mod zone;

use serde::{Deserialize, Serialize};

pub use face::MeasuredFace;
pub use history::History;
pub use setting::{Range, Setting, Value};
pub use tone_target::LIGHT_SKIN_TARGET;
pub use warnings::{Known, Warning, warnings};
pub(crate) use zone::unusable as unusable_zones;
pub use zone::{
    Action, EDGE_MM, MOST_POINTS, MOST_POINTS_IN_ALL, MOST_ZONES, SCAR_TAKE, Shape, Stroke, Touch, Zone,
    ZoneDensity, ZoneKind,
};

use crate::Error;
use crate::hairline::{self, Hairline, HairlineStyle};
use crate::head::{Head, HeadPlacement};
use crate::pigment;
use crate::space::PhotoPoint;

/// Version that is written; see [`Document::from_json`] for those that are read.
pub const VERSION: u32 = 1;
/// Density just behind the transition of a new plan as a share of full density. Counted hairlines
/// have 0.65 (domain.md row 5, range 0.5–0.9); seen from the front, where most of what is treated
/// is this zone, that looks untreated.
const HAIRLINE_SHARE: f64 = 0.8;
/// Error of a length measured on a hand-placed head, as a share: assumed breadth 3.6 % (ANSUR II,
/// domain.md section C) and outline placed within 3 %.
const LENGTH_ERROR: f64 = 0.047;
/// A document longer than this many bytes is refused unread.
const LONGEST_JSON: usize = 1 << 20;

/// Size of the upright photo that the plan's geometry belongs to, px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoSize {
    /// Px across.
    pub width: u32,
    /// Px down.
    pub height: u32,
}

/// How many dots and how they look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dots {
    /// Dots per cm² of skin at full density; domain.md row 4.
    pub per_cm2: f64,
    /// Density just behind the transition as a share of full density; domain.md row 5 (0.5–0.9).
    pub hairline_share: f64,
    /// Effective healed diameter, pigment core and scatter together, mm; note under domain.md's
    /// table.
    pub diameter_mm: f64,
    /// Opacity at the dot's middle, 0–1.
    pub strength: f64,
    /// How irregular the edge is: 0 a ruled line, 1 as domain.md row 12.
    pub irregularity: f64,
    /// How far density follows that of a natural head from the top to the temples: 0 not at all,
    /// 1 as counted (domain.md section A.4).
    #[serde(default = "fully")]
    pub natural: f64,
    /// How unlike a machine the hand works, in place, size and strength of each dot: 0 exact, 1 as
    /// usual (domain.md row 9).
    #[serde(default = "fully")]
    pub handwork: f64,
}

/// What a document that says nothing of it means.
fn fully() -> f64 {
    1.0
}

/// A whole plan for one photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Version of the format.
    pub version: u32,
    /// Makes the individual variation reproducible.
    pub seed: u32,
    /// The photo that it belongs to.
    pub photo: PhotoSize,
    /// Where the head is.
    pub head: HeadPlacement,
    /// The face that it was measured by; none for a head placed by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<MeasuredFace>,
    /// The line.
    pub hairline: Hairline,
    /// The dots behind it.
    pub dots: Dots,
    /// Step on the dilution ladder, 1 (lightest) to 5.
    pub shade: f64,
    /// A pigment of one's own instead of a step of the ladder: linear-light transmittances red,
    /// green, blue, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transmittance: Option<[f64; 3]>,
    /// Parts of the head that are treated otherwise, later ones over earlier ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<Zone>,
    /// Fields of a newer version, kept so that a round trip loses nothing.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Document {
    /// A plan to start from for a photo of that size.
    pub fn starting(photo: PhotoSize) -> Self {
        let head = HeadPlacement::starting(f64::from(photo.width), f64::from(photo.height));
        let mut document = Self {
            version: VERSION,
            seed: 1,
            photo,
            hairline: Hairline {
                points: hairline::suggest(&Head::fit(&head)),
                style: HairlineStyle::default(),
                suggested: true,
                symmetric: true,
                transition_mm: 0.0,
                asymmetry_mm: 0.0,
            },
            head,
            face: None,
            dots: Dots {
                per_cm2: 0.0,
                hairline_share: HAIRLINE_SHARE,
                diameter_mm: 0.0,
                strength: 0.0,
                irregularity: 1.0,
                natural: fully(),
                handwork: fully(),
            },
            shade: 0.0,
            transmittance: None,
            zones: Vec::new(),
            unknown: serde_json::Map::new(),
        };
        for setting in
            [Setting::Density, Setting::Softness, Setting::Shade, Setting::DotDiameter, Setting::Strength]
        {
            document.set_number(setting, setting.range().default);
        }
        document
    }

    /// Reads a document; every number that is out of range is brought into it.
    ///
    /// Version 1 is read. A newer one is refused with a sentence that says so.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let bad = |reason: &str| Error::BadDocument { reason: reason.to_owned() };
        if json.len() > LONGEST_JSON {
            return Err(bad("it is far too long"));
        }
        let document: Self =
            serde_json::from_str(json).map_err(|e| bad(&format!("it is not a plan of this app ({e})")))?;
        if document.version > VERSION {
            return Err(bad("it was made by a newer version of the app"));
        }
        if document.photo.width == 0 || document.photo.height == 0 {
            return Err(bad("it belongs to a photo without a size"));
        }
        let n = document.hairline.points.len();
        if !hairline::POINT_COUNT.contains(&n) || n.is_multiple_of(2) {
            return Err(bad("its hairline has an unusable number of points"));
        }
        if !document.head.is_finite()
            || !document.face.as_ref().is_none_or(MeasuredFace::is_finite)
            || document.hairline.points.iter().any(|p| !(p.x.is_finite() && p.y.is_finite()))
        {
            return Err(bad("its geometry has a number that is none"));
        }
        if let Some(reason) = zone::unusable(&document.zones) {
            return Err(bad(reason));
        }
        Ok(document.in_range())
    }

    /// The document as JSON.
    pub fn to_json(&self) -> String {
        // Serialising plain numbers and strings into memory has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Linear-light transmittance of the healed pigment.
    pub fn pigment_transmittance(&self) -> [f64; 3] {
        self.transmittance.unwrap_or_else(|| pigment::at_shade(self.shade).transmittance())
    }

    /// The head as fitted to this document's placement.
    pub fn fitted_head(&self) -> Head {
        Head::fit(&self.head)
    }

    /// Tells the pupil distance, mm: every length follows. None goes back to what was measured.
    pub fn tell_pupil_distance(&mut self, mm: Option<f64>) {
        let Some(face) = &mut self.face else { return };
        let before = face.scale().pupil_distance_mm;
        face.told_pupil_distance_mm = mm.filter(|mm| mm.is_finite());
        face.bring_into_range();
        let larger = face.scale().pupil_distance_mm / before;
        self.head.breadth_mm *= larger;
        self.head.camera_distance_mm *= larger;
        self.head = self.head.clamped(f64::from(self.photo.width), f64::from(self.photo.height));
    }

    /// Standard error of a length on this head, as a share.
    pub fn length_error(&self) -> f64 {
        self.face.as_ref().map_or(LENGTH_ERROR, |face| face.scale().error)
    }

    /// Where the suggested hairline runs on this head.
    pub fn suggested_points(&self, head: &Head) -> Vec<PhotoPoint> {
        hairline::suggest_style(head, self.face.as_ref().map(|face| &face.points), self.hairline.style)
    }

    /// Lays the suggested line on this head, with the natural difference between the sides.
    pub fn suggest_line(&mut self, head: &Head) {
        self.hairline.points = self.suggested_points(head);
        let mm = std::mem::take(&mut self.hairline.asymmetry_mm);
        self.hairline.set_asymmetry(head, mm, self.seed);
        self.hairline.suggested = true;
    }

    /// Chooses a style: its line, with its softness and irregularity.
    pub fn choose_style(&mut self, style: HairlineStyle) {
        let shape = style.shape();
        self.hairline.style = style;
        self.hairline.transition_mm = shape.transition_mm;
        self.dots.irregularity = shape.irregularity;
        self.suggest_line(&self.fitted_head());
    }

    fn in_range(mut self) -> Self {
        let (w, h) = (f64::from(self.photo.width), f64::from(self.photo.height));
        self.head = self.head.clamped(w, h);
        self.face.iter_mut().for_each(MeasuredFace::bring_into_range);
        for p in &mut self.hairline.points {
            *p = PhotoPoint::new(p.x.clamp(-w, 2.0 * w), p.y.clamp(-h, 2.0 * h));
        }
        for setting in Setting::ALL {
            if let Value::Number(v) = self.get(setting) {
                self.set_number(setting, v);
            }
        }
        for zone in &mut self.zones {
            zone.bring_into_range(self.photo);
        }
        self.dots.hairline_share = self.dots.hairline_share.clamp(0.1, 1.0);
        self.dots.irregularity = self.dots.irregularity.clamp(0.0, 3.0);
        self.dots.natural = self.dots.natural.clamp(0.0, 1.0);
        self.dots.handwork = self.dots.handwork.clamp(0.0, 2.0);
        self.transmittance = self.transmittance.map(|t| t.map(|v| v.clamp(0.0, 1.0)));
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    const SIZE: PhotoSize = PhotoSize { width: 768, height: 1024 };

    #[test]
    fn round_trip_keeps_everything_even_what_it_does_not_know() {
        let mut value: serde_json::Value = serde_json::from_str(&Document::starting(SIZE).to_json()).unwrap();
        value["moods"] = serde_json::json!([{"kind": "crown"}]);
        let document = Document::from_json(&value.to_string()).unwrap();
        let again: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
        assert_eq!(value, again);
    }

    #[test]
    fn hostile_documents_say_one_sentence() {
        let good = Document::starting(SIZE).to_json();
        for cut in 0..good.len() {
            assert!(Document::from_json(&good[..cut]).is_err());
        }
        for (from, to) in [
            ("\"version\":1", "\"version\":99"),
            ("\"width\":768", "\"width\":0"),
            ("\"width\":768", "\"width\":-3"),
            ("\"seed\":1", "\"seed\":\"x\""),
            ("\"symmetric\":true", "\"symmetric\":1e999"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            let message = Document::from_json(&bad).unwrap_err().to_string();
            assert!(
                message.starts_with("This plan cannot be opened") && !message.contains('\n'),
                "{message}"
            );
        }
        assert!(Document::from_json(&" ".repeat(LONGEST_JSON + 1)).is_err());
        let mut many = Document::starting(SIZE);
        many.hairline.points = vec![PhotoPoint::new(0.0, 0.0); 10_001];
        assert!(Document::from_json(&many.to_json()).is_err());
    }

    #[test]
    fn numbers_out_of_range_are_brought_into_it() {
        let mut wild = Document::starting(SIZE);
        wild.dots.per_cm2 = 1e9;
        wild.head.half_width = -5.0;
        wild.hairline.points[0] = PhotoPoint::new(1e300, -1e300);
        let tame = Document::from_json(&wild.to_json()).unwrap();
        assert_eq!(tame.dots.per_cm2, Setting::Density.range().max);
        assert!(tame.head.half_width > 0.0);
        assert!(tame.hairline.points[0].x < 1e5);
    }
}
