//! Kinds of hairlines by the names that practitioners use.

use serde::{Deserialize, Serialize};

/// A kind of hairline; the numbers behind it are those of the table of presets in domain.md, section
/// B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HairlineStyle {
    /// Of an adult man; what a plan starts with.
    #[default]
    Mature,
    /// Low, hardly receding at the temples.
    Juvenile,
    /// A lined edge.
    Straight,
    /// One arc.
    Round,
    /// Receding at the temples: Norwood II–III.
    Winged,
    /// With a peak in the middle.
    WidowsPeak,
    /// High, soft and uneven.
    Broken,
    /// Low and rounded.
    Female,
}

/// A hairline in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Mid-frontal point above the glabella along the skin, mm.
    pub midpoint_mm: f64,
    /// Fronto-temporal angle behind the mid-frontal point along the skin, mm.
    pub recession_mm: f64,
    /// Fronto-temporal angle from the midline in units of the outer corner of the eye.
    pub lateral: f64,
    /// How far a widow's peak comes before the line, mm; 0 for none.
    pub peak_mm: f64,
    /// Width of the transition behind the line, mm.
    pub transition_mm: f64,
    /// Irregularity of the edge, 1 as usual.
    pub irregularity: f64,
}

impl HairlineStyle {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Mature,
        Self::Juvenile,
        Self::Straight,
        Self::Round,
        Self::Winged,
        Self::WidowsPeak,
        Self::Broken,
        Self::Female,
    ];

    /// The name by which a page or a command asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mature => "mature",
            Self::Juvenile => "juvenile",
            Self::Straight => "straight",
            Self::Round => "round",
            Self::Winged => "winged",
            Self::WidowsPeak => "widows-peak",
            Self::Broken => "broken",
            Self::Female => "female",
        }
    }

    /// The kind of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    /// Its numbers.
    pub fn shape(self) -> Shape {
        let shape = |midpoint_mm, recession_mm, lateral, transition_mm| Shape {
            midpoint_mm,
            recession_mm,
            lateral,
            peak_mm: 0.0,
            transition_mm,
            irregularity: 1.0,
        };
        match self {
            Self::Mature => shape(75.0, 15.0, 1.05, 8.0),
            Self::Juvenile => shape(65.0, 6.0, 1.10, 7.0),
            // A lined edge is a ruled one.
            Self::Straight => Shape { irregularity: 0.0, ..shape(70.0, 3.0, 1.15, 1.0) },
            Self::Round => shape(72.0, 9.0, 1.15, 5.0),
            Self::Winged => shape(80.0, 28.0, 0.95, 12.0),
            Self::WidowsPeak => Shape { peak_mm: 10.0, ..shape(72.0, 18.0, 1.05, 6.0) },
            Self::Broken => Shape { irregularity: 1.5, ..shape(78.0, 15.0, 1.05, 12.0) },
            Self::Female => shape(60.0, 3.0, 1.15, 10.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for style in HairlineStyle::ALL {
            assert_eq!(HairlineStyle::by_name(style.name()), Some(style));
            assert_eq!(serde_json::to_value(style).ok(), Some(style.name().into()));
        }
        assert_eq!(HairlineStyle::by_name("bowl"), None);
    }
}
