//! The spaces of the engine as types, so that one is never taken for another.
//!
//! | type | unit | origin and axes |
//! |---|---|---|
//! | [`PhotoPoint`] | px of the upright full-size photo | top left corner of the picture, x right, y down; pixel centres at .5 |
//! | [`ScalpPoint`] | none | a place on the skull, see there |
//! | [`CameraPoint`] | mm | the camera, x right, y down, z forward |

use serde::{Deserialize, Serialize};

/// A place in the upright full-size photo, in pixels; the first pixel's centre is (0.5, 0.5).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct PhotoPoint {
    /// Pixels from the left edge.
    pub x: f64,
    /// Pixels from the top edge.
    pub y: f64,
}

impl PhotoPoint {
    /// The point (`x`, `y`).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to `other` in photo pixels.
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

impl From<[f64; 2]> for PhotoPoint {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x, y }
    }
}

impl From<PhotoPoint> for [f64; 2] {
    fn from(p: PhotoPoint) -> Self {
        [p.x, p.y]
    }
}

/// A place on the skull: the unit vector `position / semi-axes` of the canonical skull ellipsoid
/// ([`crate::head::SKULL_SEMI_AXES_MM`]) in the head frame: x towards the subject's left, y up,
/// z towards the face. The vertex is (0, 1, 0).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScalpPoint {
    /// Towards the subject's left.
    pub x: f32,
    /// Up.
    pub y: f32,
    /// Towards the face.
    pub z: f32,
}

/// A place in front of the camera in millimetres: x right, y down, z forward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CameraPoint {
    /// Right in the picture.
    pub x: f64,
    /// Down in the picture.
    pub y: f64,
    /// Away from the camera.
    pub z: f64,
}
