//! A part of the head that is treated otherwise than the hairline alone says.

mod limits;
mod shape;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) use limits::unusable;
pub use limits::{EDGE_MM, MOST_POINTS, MOST_POINTS_IN_ALL, MOST_ZONES};
pub use shape::{Shape, Stroke, Touch};

use crate::document::Setting;

/// Share of the pigment that scarred skin takes, against healthy skin beside it; domain.md section
/// A.2.
pub const SCAR_TAKE: f64 = 0.8;
/// Soft edge of a new zone, mm: the middle of what hairlines have (domain.md row 10, 'medium').
const USUAL_EDGE_MM: f64 = 5.0;
/// Soft edge of a new scar, mm: scars end sharply.
const SCAR_EDGE_MM: f64 = 1.0;

/// Which part of the head a zone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneKind {
    /// From the hairline to the mid-scalp.
    Frontal,
    /// The flat top.
    MidScalp,
    /// Around the vertex.
    Crown,
    /// Before the ears, with the temporal recesses.
    Temples,
    /// Over, around and behind the ears, and the back.
    Sides,
    /// Wherever somebody drew it.
    Freehand,
    /// The strip of a follicular unit transplantation.
    FutScar,
    /// Points that single follicular units were taken from.
    FueScars,
    /// Any other scar.
    OtherScar,
}

impl ZoneKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Frontal,
        Self::MidScalp,
        Self::Crown,
        Self::Temples,
        Self::Sides,
        Self::Freehand,
        Self::FutScar,
        Self::FueScars,
        Self::OtherScar,
    ];

    /// Those that the skull's anatomy gives.
    pub const ANATOMICAL: [Self; 5] =
        [Self::Frontal, Self::MidScalp, Self::Crown, Self::Temples, Self::Sides];

    /// The name by which a page or a document asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Frontal => "frontal",
            Self::MidScalp => "mid-scalp",
            Self::Crown => "crown",
            Self::Temples => "temples",
            Self::Sides => "sides",
            Self::Freehand => "freehand",
            Self::FutScar => "fut-scar",
            Self::FueScars => "fue-scars",
            Self::OtherScar => "other-scar",
        }
    }

    /// Whether its skin is scarred.
    pub fn is_scar(self) -> bool {
        matches!(self, Self::FutScar | Self::FueScars | Self::OtherScar)
    }

    /// Whether it lies behind the hairline by its nature, so that the line's soft edge stays.
    pub fn ends_at_the_line(self) -> bool {
        matches!(self, Self::Frontal | Self::MidScalp | Self::Crown)
    }
}

/// What is done with a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Dots are set at the zone's own density.
    #[default]
    Treat,
    /// No dots.
    KeepClear,
    /// The photo shows hair here, whatever the reading of its pixels says: no dots.
    ThisIsHair,
    /// The photo shows bare skin here, whatever the reading of its pixels says.
    ThisIsSkin,
}

/// How dense a treated zone is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneDensity {
    /// As a share of the plan's full density, following that of a natural head as the plan does.
    Share(f64),
    /// Dots per cm² of skin, wherever it is.
    PerCm2(f64),
}

impl Default for ZoneDensity {
    fn default() -> Self {
        Self::Share(1.0)
    }
}

/// A part of the head and what is done with it. Later zones lie over earlier ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Which part of the head it is.
    pub kind: ZoneKind,
    /// Where it is; shared, since every step of the history holds it.
    #[serde(default)]
    pub shape: Arc<Shape>,
    /// What is done with it.
    #[serde(default)]
    pub action: Action,
    /// How dense it is where it is treated.
    #[serde(default)]
    pub density: ZoneDensity,
    /// Width of the soft edge, half of it within the drawn shape, mm on the skin.
    pub edge_mm: f64,
    /// A pigment of its own: step on the dilution ladder, 1 (lightest) to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shade: Option<f64>,
    /// Share of the pigment that the skin takes, against healthy skin; none means as usual for the
    /// kind ([`SCAR_TAKE`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<f64>,
    /// As dense as what is around it, and denser by what the skin does not take, instead of
    /// [`Zone::density`].
    #[serde(default)]
    pub match_surroundings: bool,
    /// Fields of a newer version, kept so that a round trip loses nothing.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Zone {
    /// A zone of that kind and shape, treated as usual.
    pub fn new(kind: ZoneKind, shape: Shape) -> Self {
        Self {
            kind,
            shape: Arc::new(shape),
            action: Action::Treat,
            density: ZoneDensity::default(),
            edge_mm: if kind.is_scar() { SCAR_EDGE_MM } else { USUAL_EDGE_MM },
            shade: None,
            take: None,
            match_surroundings: kind.is_scar(),
            unknown: serde_json::Map::new(),
        }
    }

    /// Share of the pigment that its skin takes, 0–1.
    pub fn taken(&self) -> f64 {
        self.take.unwrap_or(if self.kind.is_scar() { SCAR_TAKE } else { 1.0 })
    }

    /// Dots per cm² of skin that are asked for where the plan's full density is `full`, and whether
    /// natural differences over the head are still to be taken off.
    pub fn per_cm2(&self, full: f64) -> (f64, bool) {
        let most = Setting::Density.range().max;
        match self.density {
            ZoneDensity::Share(share) => ((share * full).min(most), true),
            ZoneDensity::PerCm2(n) => (n.min(most), false),
        }
    }
}
