//! How many millimetres a pixel is, from the eyes.

use serde::{Deserialize, Serialize};

/// Pupil distance of somebody of whom nothing is known, mm, and its spread as a share: between men
/// (64.0 ± 3.4) and women (61.7 ± 3.6), ANSUR II; domain.md row 17.
pub const PUPIL_DISTANCE_MM: f64 = 63.0;
const PUPIL_DISTANCE_SPREAD: f64 = 0.057;
/// Visible iris diameter, mm, and its spread as a share: domain.md row 18.
const IRIS_MM: f64 = 11.71;
const IRIS_SPREAD: f64 = 0.036;
/// Error of the mesh on an iris as a share, and px beyond that: the mesh draws it from a copy of the
/// eye 64 px wide.
const IRIS_READ: f64 = 0.03;
const IRIS_READ_PX: f64 = 0.5;
/// Irises and pupils that disagree by this share are two thirds disbelieved.
const DISAGREE: f64 = 0.04;
/// Error of the distance between the pupils as the mesh sees it, as a share: up to 0.03 on the
/// rendered heads.
const PUPILS_READ: f64 = 0.015;
/// What the camera's distance adds when the focal length is not known, as a share: pupils and scalp
/// lie at different depths (domain.md section C, 'perspective').
const PERSPECTIVE: f64 = 0.015;
/// Pupil distance that can be given, mm: nearly every adult has 45–80 (Dodgson 2004, domain.md
/// section C).
pub const PUPIL_DISTANCES_MM: std::ops::RangeInclusive<f64> = 40.0..=85.0;

/// What the scale rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleSource {
    /// A pupil distance that somebody has measured.
    MeasuredPupilDistance,
    /// The mean pupil distance.
    AssumedPupilDistance,
    /// The mean iris.
    Iris,
    /// Mean pupil distance and mean iris, by their errors.
    Both,
}

/// A scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The pupil distance that is taken for true, mm.
    pub pupil_distance_mm: f64,
    /// What it rests on.
    pub source: ScaleSource,
    /// Standard error of every length as a share.
    pub error: f64,
}

/// Error of a length along the skin beyond that of the scale, as a share (where a landmark lies and how
/// the skull bends: 2.6 mm of 75 at most on the rendered heads) and in mm.
const SURFACE: f64 = 0.02;
const LANDMARK_MM: f64 = 1.0;

impl Scale {
    /// Standard error of a length along the skin, mm: what the text behind '±' says.
    pub fn error_mm(&self, length_mm: f64) -> f64 {
        let share = (self.error * self.error + SURFACE * SURFACE).sqrt();
        ((share * length_mm) * (share * length_mm) + LANDMARK_MM * LANDMARK_MM).sqrt()
    }

    /// The scale of eyes whose distance is `irises` times the mean diameter of an iris, which is
    /// `iris_px`, photo px; or of a measured pupil distance, mm.
    ///
    /// Without a measurement both means count by their errors, but the iris the less the more it
    /// contradicts the pupils: an iris that is told wrongly (a lens, a half-closed eye, a small face)
    /// is told wrongly by much, while no pupil distance is far off the mean. At most it moves the
    /// scale by 2 %.
    pub fn of_eyes(irises: f64, iris_px: f64, measured_mm: Option<f64>, focal_is_known: bool) -> Self {
        let read = |spread: f64| {
            let perspective = if focal_is_known { 0.0 } else { PERSPECTIVE };
            (spread * spread + perspective * perspective).sqrt()
        };
        if let Some(measured) = measured_mm.filter(|mm| mm.is_finite()) {
            let pupil_distance_mm = measured.clamp(*PUPIL_DISTANCES_MM.start(), *PUPIL_DISTANCES_MM.end());
            let source = ScaleSource::MeasuredPupilDistance;
            return Self { pupil_distance_mm, source, error: read(PUPILS_READ) };
        }
        let of_pupils = PUPIL_DISTANCE_SPREAD * PUPIL_DISTANCE_SPREAD + PUPILS_READ * PUPILS_READ;
        let pixels = IRIS_READ_PX / iris_px.max(1.0);
        let of_iris = IRIS_SPREAD * IRIS_SPREAD + IRIS_READ * IRIS_READ + pixels * pixels;
        let disagree = libm::log((irises * IRIS_MM / PUPIL_DISTANCE_MM).max(1e-3));
        let belief = libm::exp(-disagree * disagree / (DISAGREE * DISAGREE));
        let iris = belief / of_iris / (belief / of_iris + 1.0 / of_pupils);
        let source = match iris {
            i if i < 0.1 => ScaleSource::AssumedPupilDistance,
            i if i > 0.9 => ScaleSource::Iris,
            _ => ScaleSource::Both,
        };
        Self {
            pupil_distance_mm: PUPIL_DISTANCE_MM * libm::exp(iris * disagree),
            source,
            error: read((1.0 / (1.0 / of_pupils + belief / of_iris)).sqrt()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_distance_is_believed() {
        let scale = Scale::of_eyes(4.0, 60.0, Some(61.5), true);
        assert_eq!((scale.pupil_distance_mm, scale.source), (61.5, ScaleSource::MeasuredPupilDistance));
        assert!(scale.error < 0.02);
        assert!((1.0..2.5).contains(&scale.error_mm(75.0)));
        assert_eq!(Scale::of_eyes(5.0, 60.0, Some(1e9), true).pupil_distance_mm, 85.0);
    }

    #[test]
    fn an_iris_that_agrees_helps_and_one_that_does_not_is_hardly_heard() {
        let agrees = Scale::of_eyes(5.4, 60.0, None, true);
        assert_eq!(agrees.source, ScaleSource::Both);
        assert!(agrees.error < 0.04);
        assert!((3.0..4.5).contains(&agrees.error_mm(75.0)), "{}", agrees.error_mm(75.0));
        let alone = Scale::of_eyes(3.5, 60.0, None, true);
        assert_eq!(alone.source, ScaleSource::AssumedPupilDistance);
        assert!(alone.error > 0.055);
        for tenths in 20..90 {
            let scale = Scale::of_eyes(f64::from(tenths) / 10.0, 40.0, None, false);
            assert!((scale.pupil_distance_mm / PUPIL_DISTANCE_MM - 1.0).abs() < 0.03, "{tenths} {scale:?}");
        }
    }
}
