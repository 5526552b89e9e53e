//! What a mesh must pass before it counts as a face.
//!
//! The mesh network says 'face' of profiles, of a forehead cut off at the nose and of a cup of coffee, and
//! lays its points into the air. What tells best is a second look: the detector, shown the face upright as
//! the mesh claims it, must see eyes, nose and mouth in the same places (3–9 % of the eyes' span apart on
//! faces, 24 % and more on what was none). Bounds were set on renderings and portraits (see the tests).

use super::detect::Candidate;
use super::mesh::{FACE_OVAL, FaceMesh};
use super::person::PersonMask;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Least presence that the mesh network must claim.
const PRESENCE: f32 = 0.8;
/// Most points of the oval that may lie outside the person.
const OUTSIDE_PERSON: f64 = 0.1;
/// How far they are drawn in for that, as a share of the way to the tip of the nose.
const DRAWN_IN: f64 = 0.12;
/// Most points of the mesh that may lie outside the photo.
const OUTSIDE_PHOTO: f64 = 0.15;
/// Furthest turn from the camera, radians of [`FaceMesh::yaw`].
const YAW: f64 = 48.0 / 180.0 * std::f64::consts::PI;
/// A face on its head (turned further than this, radians) must be found more surely.
const UPSIDE_DOWN: f64 = 100.0 / 180.0 * std::f64::consts::PI;
const UPSIDE_DOWN_SCORE: f32 = 0.85;
/// A detector that looks at the face upright must see it this surely …
const SEEN_AGAIN: f32 = 0.6;
/// … with its points this near those of the mesh, in distances between the outer corners of the eyes.
const AGREEMENT: f64 = 0.18;

/// Whether a mesh looks like one of a face: surely there, facing the camera, in the photo.
pub(super) fn plausible(mesh: &FaceMesh, presence: f32, score: f32, photo: &Photo) -> bool {
    let beyond = |[x, y, _]: &&[f32; 3]| {
        *x < 0.0 || *y < 0.0 || *x > photo.width() as f32 || *y > photo.height() as f32
    };
    let outside = mesh.points().iter().filter(beyond).count();
    presence >= PRESENCE
        && mesh.yaw().abs() <= YAW
        && outside as f64 <= OUTSIDE_PHOTO * mesh.points().len() as f64
        && (mesh.roll().abs() <= UPSIDE_DOWN || score >= UPSIDE_DOWN_SCORE)
}

/// Whether the mesh lies on the person. The oval is drawn in a little: on a true face it and the person's
/// outline are the same line.
pub(super) fn within(mesh: &FaceMesh, person: &PersonMask) -> bool {
    let middle = mesh.nose_tip();
    let drawn_in =
        |p: PhotoPoint| PhotoPoint::new(p.x + (middle.x - p.x) * DRAWN_IN, p.y + (middle.y - p.y) * DRAWN_IN);
    let in_air = FACE_OVAL.iter().filter(|i| person.at(drawn_in(mesh.at(**i))) < 0.5).count();
    in_air as f64 <= OUTSIDE_PERSON * FACE_OVAL.len() as f64
}

/// Whether a detector's look at the upright mesh sees the same face.
pub(super) fn seen_again(mesh: &FaceMesh, candidates: &[Candidate]) -> bool {
    let span = mesh.outer_canthus_right().distance(mesh.outer_canthus_left());
    candidates
        .iter()
        .any(|candidate| candidate.score >= SEEN_AGAIN && disagreement(mesh, candidate) <= AGREEMENT * span)
}

/// How far the detector's eyes and nose lie from the mesh's, photo px on average.
fn disagreement(mesh: &FaceMesh, candidate: &Candidate) -> f64 {
    let mouth = mesh.at(13);
    let points = [mesh.pupil_right(), mesh.pupil_left(), mesh.nose_tip(), mouth];
    let sum: f64 = points.iter().zip(&candidate.points).map(|(a, b)| a.distance(*b)).sum();
    sum / points.len() as f64
}
