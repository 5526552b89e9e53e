//! The 478 points of a face.

use crate::space::PhotoPoint;

/// Points of the mesh: 468 of the face and 5 of each iris.
pub const MESH_POINTS: usize = 478;

/// Indices of `MediaPipe`'s canonical face mesh, verified on the rendered heads. 'Left' is the
/// subject's left.
mod index {
    pub const PUPIL_RIGHT: usize = 468;
    pub const PUPIL_LEFT: usize = 473;
    pub const GLABELLA: usize = 9;
    pub const NOSE_TIP: usize = 1;
    pub const SUBNASALE: usize = 2;
    pub const MENTON: usize = 152;
    pub const TRAGUS_RIGHT: usize = 234;
    pub const TRAGUS_LEFT: usize = 454;
}

/// A face as 478 points.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceMesh {
    points: Vec<[f32; 3]>,
}

impl FaceMesh {
    /// A mesh of [`MESH_POINTS`] finite points: x and y photo px, z about in the same unit, away
    /// from the camera positive. Anything else is no mesh.
    pub fn new(points: Vec<[f32; 3]>) -> Option<Self> {
        let whole = points.len() == MESH_POINTS && points.iter().flatten().all(|v| v.is_finite());
        whole.then_some(Self { points })
    }

    /// All points.
    pub fn points(&self) -> &[[f32; 3]] {
        &self.points
    }

    /// Where point `i` of the mesh is seen.
    pub fn at(&self, i: usize) -> PhotoPoint {
        let [x, y, _] = self.points[i];
        PhotoPoint::new(f64::from(x), f64::from(y))
    }

    /// Middle of the subject's right pupil.
    pub fn pupil_right(&self) -> PhotoPoint {
        self.at(index::PUPIL_RIGHT)
    }

    /// Middle of the subject's left pupil.
    pub fn pupil_left(&self) -> PhotoPoint {
        self.at(index::PUPIL_LEFT)
    }

    /// Between the brows.
    pub fn glabella(&self) -> PhotoPoint {
        self.at(index::GLABELLA)
    }

    /// Tip of the nose.
    pub fn nose_tip(&self) -> PhotoPoint {
        self.at(index::NOSE_TIP)
    }

    /// Where the nose meets the upper lip.
    pub fn subnasale(&self) -> PhotoPoint {
        self.at(index::SUBNASALE)
    }

    /// Lowest point of the chin.
    pub fn menton(&self) -> PhotoPoint {
        self.at(index::MENTON)
    }

    /// The edge of the mesh before the subject's right ear.
    pub fn tragus_right(&self) -> PhotoPoint {
        self.at(index::TRAGUS_RIGHT)
    }

    /// The edge of the mesh before the subject's left ear.
    pub fn tragus_left(&self) -> PhotoPoint {
        self.at(index::TRAGUS_LEFT)
    }
}
