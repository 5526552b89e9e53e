//! What a plan keeps of a measured face.

use serde::{Deserialize, Serialize};

use crate::face::FacePoints;
use crate::head::{PUPIL_DISTANCES_MM, Scale, ScaleSource};

/// Standard error of every length, as a share, where the pupil distance is told: how well the mesh
/// finds pupils (0.015), and depth where the camera's distance is not known (0.015).
const TOLD_ERROR: f64 = 0.021;

/// The face that the head was measured by: places in the photo and a scale, nothing to know a person
/// by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasuredFace {
    /// Named places in the photo.
    pub points: FacePoints,
    /// The scale as the photo tells it.
    pub measured: Scale,
    /// A pupil distance that somebody has told, mm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_pupil_distance_mm: Option<f64>,
}

impl MeasuredFace {
    /// The scale that counts: the one that was told, if any.
    pub fn scale(&self) -> Scale {
        match self.told_pupil_distance_mm {
            Some(pupil_distance_mm) => Scale {
                pupil_distance_mm,
                source: ScaleSource::MeasuredPupilDistance,
                error: self.measured.error.min(TOLD_ERROR),
            },
            None => self.measured,
        }
    }

    /// Whether every number is one.
    pub(super) fn is_finite(&self) -> bool {
        self.points.all().all(|p| p.x.is_finite() && p.y.is_finite())
            && self.measured.pupil_distance_mm.is_finite()
            && self.measured.error.is_finite()
            && self.told_pupil_distance_mm.is_none_or(f64::is_finite)
    }

    /// Brings every number into its range.
    pub(super) fn bring_into_range(&mut self) {
        let (least, most) = PUPIL_DISTANCES_MM.into_inner();
        self.measured.pupil_distance_mm = self.measured.pupil_distance_mm.clamp(least, most);
        self.measured.error = self.measured.error.clamp(0.0, 1.0);
        self.told_pupil_distance_mm = self.told_pupil_distance_mm.map(|mm| mm.clamp(least, most));
    }
}
