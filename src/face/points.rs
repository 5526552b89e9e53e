//! The places of a face that a plan is made by.

use serde::{Deserialize, Serialize};

use super::FaceMesh;
use crate::space::PhotoPoint;

/// Indices of the mesh of the outer corners of the eyes and of the upper edges of the brows, from
/// the middle outwards.
const CANTHUS_RIGHT: usize = 33;
const CANTHUS_LEFT: usize = 263;
const BROW_RIGHT: [usize; 5] = [107, 66, 105, 63, 70];
const BROW_LEFT: [usize; 5] = [336, 296, 334, 293, 300];
/// Middle of the groove between nose and lip.
const PHILTRUM: usize = 164;
/// How far the subnasale lies from the mesh's end of the nose towards the philtrum, on the frontal ones
/// of the rendered heads.
const TO_PHILTRUM: f64 = 0.65;
/// Inner corners of the eyes.
const INNER_CANTHUS_RIGHT: usize = 133;
const INNER_CANTHUS_LEFT: usize = 362;

/// Named places of one face in the photo, px; 'left' is the subject's left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacePoints {
    /// Middle of the pupil.
    pub pupil_left: PhotoPoint,
    /// Middle of the pupil.
    pub pupil_right: PhotoPoint,
    /// Between the brows.
    pub glabella: PhotoPoint,
    /// Tip of the nose.
    pub nose_tip: PhotoPoint,
    /// Where the nose meets the upper lip.
    pub subnasale: PhotoPoint,
    /// Lowest point of the chin.
    pub menton: PhotoPoint,
    /// Edge of the face before the ear.
    pub tragus_left: PhotoPoint,
    /// Edge of the face before the ear.
    pub tragus_right: PhotoPoint,
    /// Outer corner of the eye.
    pub canthus_left: PhotoPoint,
    /// Outer corner of the eye.
    pub canthus_right: PhotoPoint,
    /// Upper edge of the brow, from the middle outwards.
    pub brow_left: [PhotoPoint; 5],
    /// Upper edge of the brow, from the middle outwards.
    pub brow_right: [PhotoPoint; 5],
}

impl FacePoints {
    /// The named places of a mesh.
    pub fn of(mesh: &FaceMesh) -> Self {
        Self {
            pupil_left: mesh.pupil_left(),
            pupil_right: mesh.pupil_right(),
            glabella: mesh.glabella(),
            nose_tip: mesh.nose_tip(),
            // The mesh's own point lies on the nose, above the fold that is meant: on turned heads by a
            // tenth of the pupil distance.
            subnasale: between(mesh.subnasale(), mesh.at(PHILTRUM), TO_PHILTRUM),
            menton: mesh.menton(),
            tragus_left: mesh.tragus_left(),
            tragus_right: mesh.tragus_right(),
            canthus_left: mesh.at(CANTHUS_LEFT),
            canthus_right: mesh.at(CANTHUS_RIGHT),
            brow_left: BROW_LEFT.map(|i| mesh.at(i)),
            brow_right: BROW_RIGHT.map(|i| mesh.at(i)),
        }
    }

    /// Every place.
    pub fn all(&self) -> impl Iterator<Item = PhotoPoint> {
        [
            self.pupil_left,
            self.pupil_right,
            self.glabella,
            self.nose_tip,
            self.subnasale,
            self.menton,
            self.tragus_left,
            self.tragus_right,
            self.canthus_left,
            self.canthus_right,
        ]
        .into_iter()
        .chain(self.brow_left)
        .chain(self.brow_right)
    }
}

/// Middle between the corners of each eye, right and left: where the pupil lies when it looks
/// straight ahead.
pub fn eye_middles(mesh: &FaceMesh) -> [PhotoPoint; 2] {
    [(CANTHUS_RIGHT, INNER_CANTHUS_RIGHT), (CANTHUS_LEFT, INNER_CANTHUS_LEFT)]
        .map(|(a, b)| between(mesh.at(a), mesh.at(b), 0.5))
}

fn between(a: PhotoPoint, b: PhotoPoint, share: f64) -> PhotoPoint {
    PhotoPoint::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
}

/// Diameters of the irises, right and left, photo px: the longer of the two across each other, since
/// a turned eye narrows the other one.
pub fn iris_diameters(mesh: &FaceMesh) -> [f64; 2] {
    // Four points around the middle follow it, each opposite to the next but one.
    [468, 473].map(|middle| {
        let across = |a: usize| mesh.at(middle + a).distance(mesh.at(middle + a + 2));
        across(1).max(across(2))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    #[test]
    fn they_are_stored_and_read() {
        let mesh =
            FaceMesh::new((0..478u16).map(|i| [f32::from(i), f32::from(i) * 0.5, 0.0]).collect()).unwrap();
        let points = FacePoints::of(&mesh);
        let json = serde_json::to_string(&points).unwrap();
        assert!(json.contains(r#""menton":[152.0,76.0]"#), "{json}");
        assert_eq!(serde_json::from_str::<FacePoints>(&json).unwrap(), points);
        assert_eq!(points.all().count(), 20);
    }
}
