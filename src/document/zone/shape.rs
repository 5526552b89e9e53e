//! Where a zone is, in px of the upright full-size photo.

use serde::{Deserialize, Serialize};

use crate::space::PhotoPoint;

/// The place of a zone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Where the skull has the part that the zone's kind names; nowhere for kinds without such a
    /// part.
    #[default]
    Anatomy,
    /// Within a closed line, photo px.
    Lasso(Vec<PhotoPoint>),
    /// Where a brush has been, each stroke over those before it.
    Brush(Vec<Stroke>),
    /// Along a line, photo px: the scar of a strip.
    Strip {
        /// The middle line.
        points: Vec<PhotoPoint>,
        /// Width on the skin, mm; strip scars have 2–10 (domain.md section A.2).
        width_mm: f64,
    },
    /// Round spots, photo px: the scars of single units.
    Spots {
        /// Their middles.
        points: Vec<PhotoPoint>,
        /// Diameter on the skin, mm; scars of single units have up to 1 (domain.md section A.2).
        diameter_mm: f64,
    },
}

/// One pull of a brush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Where it went, and how hard.
    pub touches: Vec<Touch>,
    /// Radius of the brush, photo px.
    pub radius_px: f64,
    /// It takes away instead of adding.
    #[serde(default)]
    pub erase: bool,
}

/// A place of a brush stroke: `[x, y, pressure]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 3]", into = "[f64; 3]")]
pub struct Touch {
    /// Where, photo px.
    pub photo: PhotoPoint,
    /// How much of the zone's effect is wanted, 0–1.
    pub pressure: f64,
}

impl From<[f64; 3]> for Touch {
    fn from([x, y, pressure]: [f64; 3]) -> Self {
        Self { photo: PhotoPoint::new(x, y), pressure }
    }
}

impl From<Touch> for [f64; 3] {
    fn from(touch: Touch) -> Self {
        [touch.photo.x, touch.photo.y, touch.pressure]
    }
}

impl Shape {
    /// How many points it is made of; a stroke without any counts too.
    pub fn len(&self) -> usize {
        match self {
            Self::Anatomy => 0,
            Self::Lasso(points) | Self::Strip { points, .. } | Self::Spots { points, .. } => points.len(),
            Self::Brush(strokes) => strokes.iter().map(|s| s.touches.len() + 1).sum(),
        }
    }

    /// Whether it has no points.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every point, those of strokes in their order.
    pub fn points_mut(&mut self) -> Box<dyn Iterator<Item = &mut PhotoPoint> + '_> {
        match self {
            Self::Anatomy => Box::new(std::iter::empty()),
            Self::Lasso(points) | Self::Strip { points, .. } | Self::Spots { points, .. } => {
                Box::new(points.iter_mut())
            }
            Self::Brush(strokes) => {
                Box::new(strokes.iter_mut().flat_map(|s| s.touches.iter_mut().map(|t| &mut t.photo)))
            }
        }
    }
}
