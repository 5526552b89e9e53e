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
    // Point 2 lies higher, on the columella: 5–11 % of the pupils' distance off, this one 1–5 %.
    pub const SUBNASALE: usize = 164;
    pub const MENTON: usize = 152;
    pub const TRAGUS_RIGHT: usize = 234;
    pub const TRAGUS_LEFT: usize = 454;
    pub const OUTER_CANTHUS_RIGHT: usize = 33;
    pub const INNER_CANTHUS_RIGHT: usize = 133;
    pub const OUTER_CANTHUS_LEFT: usize = 263;
    pub const INNER_CANTHUS_LEFT: usize = 362;
    pub const FOREHEAD_TOP: usize = 10;
    pub const MOUTH_CORNER_RIGHT: usize = 61;
    pub const MOUTH_CORNER_LEFT: usize = 291;
}

/// The rim of the mesh, from the top of the forehead clockwise in a photo that faces the camera.
pub const FACE_OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// Upper edge of the subject's right brow, from the temple to the nose.
pub const BROW_UPPER_RIGHT: [usize; 5] = [70, 63, 105, 66, 107];
/// Lower edge of the subject's right brow, from the temple to the nose.
pub const BROW_LOWER_RIGHT: [usize; 5] = [46, 53, 52, 65, 55];
/// Upper edge of the subject's left brow, from the temple to the nose.
pub const BROW_UPPER_LEFT: [usize; 5] = [300, 293, 334, 296, 336];
/// Lower edge of the subject's left brow, from the temple to the nose.
pub const BROW_LOWER_LEFT: [usize; 5] = [276, 283, 282, 295, 285];
/// Rim of the subject's right eye, a closed line from its outer corner along the lower lid.
pub const EYE_RIGHT: [usize; 16] =
    [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
/// Rim of the subject's left eye, a closed line from its outer corner along the lower lid.
pub const EYE_LEFT: [usize; 16] =
    [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];
/// Outer rim of the lips, a closed line from the subject's right corner along the lower lip.
pub const LIPS: [usize; 20] =
    [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
/// The subject's right iris: its middle, then four points around.
pub const IRIS_RIGHT: [usize; 5] = [468, 469, 470, 471, 472];
/// The subject's left iris: its middle, then four points around.
pub const IRIS_LEFT: [usize; 5] = [473, 474, 475, 476, 477];

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

    /// Outer corner of the subject's right eye.
    pub fn outer_canthus_right(&self) -> PhotoPoint {
        self.at(index::OUTER_CANTHUS_RIGHT)
    }

    /// Inner corner of the subject's right eye.
    pub fn inner_canthus_right(&self) -> PhotoPoint {
        self.at(index::INNER_CANTHUS_RIGHT)
    }

    /// Outer corner of the subject's left eye.
    pub fn outer_canthus_left(&self) -> PhotoPoint {
        self.at(index::OUTER_CANTHUS_LEFT)
    }

    /// Inner corner of the subject's left eye.
    pub fn inner_canthus_left(&self) -> PhotoPoint {
        self.at(index::INNER_CANTHUS_LEFT)
    }

    /// The highest point of the mesh, in the middle of the forehead, somewhat below the hairline.
    pub fn forehead_top(&self) -> PhotoPoint {
        self.at(index::FOREHEAD_TOP)
    }

    /// Corner of the mouth on the subject's right.
    pub fn mouth_corner_right(&self) -> PhotoPoint {
        self.at(index::MOUTH_CORNER_RIGHT)
    }

    /// Corner of the mouth on the subject's left.
    pub fn mouth_corner_left(&self) -> PhotoPoint {
        self.at(index::MOUTH_CORNER_LEFT)
    }

    /// Diameter of the subject's right iris, photo px.
    pub fn iris_diameter_right(&self) -> f64 {
        self.diameter(IRIS_RIGHT)
    }

    /// Diameter of the subject's left iris, photo px.
    pub fn iris_diameter_left(&self) -> f64 {
        self.diameter(IRIS_LEFT)
    }

    /// Mean of the two diameters between opposite points.
    fn diameter(&self, [_, right, top, left, bottom]: [usize; 5]) -> f64 {
        f64::midpoint(self.at(right).distance(self.at(left)), self.at(top).distance(self.at(bottom)))
    }

    /// How far the line of the eyes is turned, radians clockwise in the photo, −π to π: beyond ±π/2 the
    /// face stands on its head.
    pub fn roll(&self) -> f64 {
        let (right, left) = (self.outer_canthus_right(), self.outer_canthus_left());
        libm::atan2(left.y - right.y, left.x - right.x)
    }

    /// About how far the face is turned from the camera, radians, positive towards the image's right for
    /// a face that is upright. The mesh's depths are guesses: this is for telling views apart, a head's
    /// pose is fitted elsewhere.
    pub fn yaw(&self) -> f64 {
        let [right, left] = [index::TRAGUS_RIGHT, index::TRAGUS_LEFT].map(|i| self.points[i]);
        let seen = self.tragus_right().distance(self.tragus_left());
        libm::atan2(f64::from(left[2] - right[2]), seen)
    }
}
