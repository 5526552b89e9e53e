//! The head as a person places it on the photo.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::space::PhotoPoint;

/// Head breadth that can be set, in mm: beyond ANSUR II's 5th–95th percentiles of women and men
/// (140–163 mm, domain.md section C) by a margin for children and large heads.
pub const HEAD_BREADTH_MM: RangeInclusive<f64> = 120.0..=185.0;
/// Turn about the vertical that can be set, in degrees: the whole circle, for back views too.
pub const YAW_DEGREES: RangeInclusive<f64> = -180.0..=180.0;
/// Nod that can be set, in degrees.
pub const PITCH_DEGREES: RangeInclusive<f64> = -60.0..=90.0;
/// Tilt towards a shoulder that can be set, in degrees.
pub const ROLL_DEGREES: RangeInclusive<f64> = -90.0..=90.0;

/// Head breadth assumed until somebody measures: between ANSUR II's means of men (154.3 mm) and
/// women (147.8 mm), domain.md section C.
const DEFAULT_BREADTH_MM: f64 = 152.0;
/// A photo at arm's length and a bit (domain.md section C asks for that); the focal length of the
/// file will replace it.
const DEFAULT_CAMERA_DISTANCE_MM: f64 = 800.0;

/// A head outline on the photo, the true breadth of that head and which way it faces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadPlacement {
    /// Centre of the ellipse that surrounds the skull (without ears and jaw).
    pub centre: PhotoPoint,
    /// Half of the ellipse across the head, photo px.
    pub half_width: f64,
    /// Half of the ellipse along the head, photo px.
    pub half_height: f64,
    /// Clockwise tilt in the picture, degrees.
    pub roll_degrees: f64,
    /// Turn, degrees; 0 faces the camera, positive turns towards the image's right.
    pub yaw_degrees: f64,
    /// Nod, degrees; positive tips the crown to the camera.
    pub pitch_degrees: f64,
    /// True breadth of the head, mm: this is the scale.
    pub breadth_mm: f64,
    /// Camera to the skull's centre, mm.
    #[serde(default = "default_camera_distance_mm")]
    pub camera_distance_mm: f64,
}

fn default_camera_distance_mm() -> f64 {
    DEFAULT_CAMERA_DISTANCE_MM
}

impl HeadPlacement {
    /// Where a head usually is in a portrait of `width` × `height` px: centred, eyes a little
    /// above the middle, the skull half as wide as the shorter side.
    pub fn starting(width: f64, height: f64) -> Self {
        let half_width = 0.25 * width.min(height);
        Self {
            centre: PhotoPoint::new(0.5 * width, (0.41 * height).max(1.25 * half_width)),
            half_width,
            half_height: 1.21 * half_width,
            roll_degrees: 0.0,
            yaw_degrees: 0.0,
            pitch_degrees: 5.0,
            breadth_mm: DEFAULT_BREADTH_MM,
            camera_distance_mm: DEFAULT_CAMERA_DISTANCE_MM,
        }
    }

    /// The same placement with every number in its range, for a photo of `width` × `height` px.
    #[must_use]
    pub fn clamped(&self, width: f64, height: f64) -> Self {
        let clamp = |v: f64, r: &RangeInclusive<f64>| v.clamp(*r.start(), *r.end());
        let largest = width.max(height);
        Self {
            centre: PhotoPoint::new(self.centre.x.clamp(0.0, width), self.centre.y.clamp(0.0, height)),
            // A head smaller than this shows no dots; a larger one has left the photo.
            half_width: self.half_width.clamp(8.0, largest),
            half_height: self.half_height.clamp(8.0, largest),
            roll_degrees: clamp(self.roll_degrees, &ROLL_DEGREES),
            yaw_degrees: clamp(self.yaw_degrees, &YAW_DEGREES),
            pitch_degrees: clamp(self.pitch_degrees, &PITCH_DEGREES),
            breadth_mm: clamp(self.breadth_mm, &HEAD_BREADTH_MM),
            camera_distance_mm: self.camera_distance_mm.clamp(250.0, 5000.0),
        }
    }

    /// Whether every number is finite.
    pub fn is_finite(&self) -> bool {
        [
            self.centre.x,
            self.centre.y,
            self.half_width,
            self.half_height,
            self.roll_degrees,
            self.yaw_degrees,
            self.pitch_degrees,
            self.breadth_mm,
            self.camera_distance_mm,
        ]
        .iter()
        .all(|v| v.is_finite())
    }

    /// Unit vectors in the picture across the head (to the image's right when upright) and along
    /// it (down).
    pub fn axes(&self) -> [PhotoPoint; 2] {
        let (s, c) = libm::sincos(self.roll_degrees.to_radians());
        [PhotoPoint::new(c, s), PhotoPoint::new(-s, c)]
    }

    /// The outline as a closed polyline of `n` points.
    pub fn outline(&self, n: usize) -> Vec<PhotoPoint> {
        let [across, along] = self.axes();
        (0..n)
            .map(|i| {
                let (s, c) = libm::sincos(std::f64::consts::TAU * i as f64 / n as f64);
                let (a, b) = (self.half_width * c, self.half_height * s);
                PhotoPoint::new(
                    self.centre.x + a * across.x + b * along.x,
                    self.centre.y + a * across.y + b * along.y,
                )
            })
            .collect()
    }
}
