//! The head behind a face.

use glam::DVec3;

use super::camera::Camera;
use super::scale::Scale;
use super::{HeadPlacement, outline_fit, pose};
use crate::face::{FaceMesh, FacePoints, PersonMask, eye_middles, iris_diameters};
use crate::space::PhotoPoint;

/// Weight of the irises' middles against the middles of the eyes' corners: both are pupils, one errs
/// with the gaze, the other with the lids.
const IRIS_WEIGHT: f64 = 0.5;
/// From the middle between the pupils to the middle of the forehead and to the skull's centre, in
/// pupil distances, head frame (y up, z forward): means of the rendered heads.
const FOREHEAD: [f64; 2] = [0.65, 0.19];
const SKULL_CENTRE: [f64; 2] = [0.39, -1.42];
/// Half breadth of the skull in pupil distances: 154.3 / 2 to 64.0 mm for men, 147.8 / 2 to 61.7 for
/// women (ANSUR II, domain.md section C), and a little more, as the rendered heads have.
const HALF_BREADTH: f64 = 1.245;

/// Spread of what is looked for before the person's edge is seen, as shares of the half axes: breadth
/// and height of heads of one pupil distance, and where the skull lies behind the eyes.
const SPREAD: [f64; 4] = [0.05, 0.05, 0.06, 0.06];

/// A head larger than expected by these shares, and the more between them, is hair rather: breadths of
/// heads of one pupil distance spread by 0.05.
const HAIR: [f64; 2] = [0.14, 0.20];

/// A head as a face tells of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredHead {
    /// Where the skull is.
    pub placement: HeadPlacement,
    /// Named places of the face.
    pub points: FacePoints,
    /// Turn, nod and tilt against the camera's own axes, degrees, as in [`HeadPlacement`]. The
    /// placement's angles are against the line of sight to the head; they differ by where in the
    /// photo the head is.
    pub yaw_degrees: f64,
    /// See there.
    pub pitch_degrees: f64,
    /// See there.
    pub roll_degrees: f64,
    /// Photo px per mm in the middle of the forehead.
    pub px_per_mm_forehead: f64,
    /// What lengths rest on.
    pub scale: Scale,
}

/// Measures the head of a face in a photo of `photo` px.
///
/// `focal_px` is the camera's focal length in photo px, where the file tells it;
/// `pupil_distance_mm` one that somebody has measured.
pub fn from_face(
    mesh: &FaceMesh,
    person: Option<&PersonMask>,
    photo: [f64; 2],
    focal_px: Option<f64>,
    pupil_distance_mm: Option<f64>,
) -> MeasuredHead {
    let known = focal_px.filter(|f| f.is_finite());
    let camera = Camera::new(photo, known);
    let rotation = pose::of_face(mesh, camera.focal, camera.principal);
    let [right, left] = pupils(mesh);
    let apart = right.distance(left);
    let [a, b] = iris_diameters(mesh);
    let iris_px = (0.5 * (a + b)).max(1e-3);
    // An eye that is seen from the side is nearer to the other one than it is.
    let middle = camera.ray(PhotoPoint::new(0.5 * (right.x + left.x), 0.5 * (right.y + left.y)));
    let across = rotation.x_axis;
    let foreshortened = (across - middle * across.z).truncate().length().max(0.2);
    let scale = Scale::of_eyes(apart / foreshortened / iris_px, iris_px, pupil_distance_mm, known.is_some());
    let pd = scale.pupil_distance_mm;
    let depth = camera.focal * pd * foreshortened / apart.max(1e-3);
    let pupils_mm = middle * depth;
    let forehead = pupils_mm + rotation * (DVec3::new(0.0, FOREHEAD[0], FOREHEAD[1]) * pd);
    let centre = pupils_mm + rotation * (DVec3::new(0.0, SKULL_CENTRE[0], SKULL_CENTRE[1]) * pd);

    let expected = camera.placement(rotation, centre, 2.0 * HALF_BREADTH * pd);
    let fitted = match person {
        Some(person) => without_hair(&expected, &outline_fit::to_person(&expected, person, photo, SPREAD)),
        None => expected,
    };
    let [yaw_degrees, pitch_degrees, roll_degrees] = pose::angles(rotation);
    MeasuredHead {
        placement: camera.with_its_breadth(fitted).clamped(photo[0], photo[1]),
        points: FacePoints::of(mesh),
        yaw_degrees,
        pitch_degrees,
        roll_degrees,
        px_per_mm_forehead: camera.focal / forehead.z.max(1.0),
        scale,
    }
}

/// The fitted placement, unless it is so large that it goes around hair: then the expected one.
fn without_hair(expected: &HeadPlacement, fitted: &HeadPlacement) -> HeadPlacement {
    let larger =
        (fitted.half_width / expected.half_width).max(fitted.half_height / expected.half_height) - 1.0;
    let share = ((HAIR[1] - larger) / (HAIR[1] - HAIR[0])).clamp(0.0, 1.0);
    let mix = |a: f64, b: f64| a + (b - a) * share;
    HeadPlacement {
        centre: PhotoPoint::new(
            mix(expected.centre.x, fitted.centre.x),
            mix(expected.centre.y, fitted.centre.y),
        ),
        half_width: mix(expected.half_width, fitted.half_width),
        half_height: mix(expected.half_height, fitted.half_height),
        ..fitted.clone()
    }
}

/// Middles of the pupils, right and left.
fn pupils(mesh: &FaceMesh) -> [PhotoPoint; 2] {
    let [right, left] = eye_middles(mesh);
    let mix = |iris: PhotoPoint, eye: PhotoPoint| {
        PhotoPoint::new(eye.x + (iris.x - eye.x) * IRIS_WEIGHT, eye.y + (iris.y - eye.y) * IRIS_WEIGHT)
    };
    [mix(mesh.pupil_right(), right), mix(mesh.pupil_left(), left)]
}
