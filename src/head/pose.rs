//! Which way a face looks.

use glam::{DMat3, DVec2, DVec3};

use super::canonical_face;
use super::least_squares::NormalEquations;
use crate::face::FaceMesh;

/// How far the canonical face nods against the head frame of the rendered heads (its horizontal is
/// that of tragus and brow; a face's frame is its own), degrees. The mean of `m_dark_front` (7.3°)
/// and `f_medium_front_thinning` (0°), rounded; the others were only checked: 3.8–7.8°.
const FACE_NODS_DEGREES: f64 = 4.0;
/// Gauss–Newton steps: from a frontal start the last ones change nothing to speak of.
const STEPS: usize = 12;

/// Rotation from the head frame to camera axes (x right, y down, z forward) of a face seen by a
/// camera of this focal length and principal point, photo px.
pub(super) fn of_face(mesh: &FaceMesh, focal_px: f64, principal: DVec2) -> DMat3 {
    let seen: Vec<(DVec3, DVec2)> = canonical_face::points()
        .map(|(i, place)| {
            let p = mesh.at(i);
            (place, (DVec2::new(p.x, p.y) - principal) / focal_px)
        })
        .collect();
    let face = rotation_of(&seen, start(mesh));
    face * DMat3::from_rotation_x(-FACE_NODS_DEGREES.to_radians())
}

/// A face that looks at the camera, as tilted as its eyes are.
fn start(mesh: &FaceMesh) -> DMat3 {
    let (a, b) = (mesh.pupil_right(), mesh.pupil_left());
    let roll = libm::atan2(b.y - a.y, b.x - a.x);
    of_angles(0.0, 0.0, roll.to_degrees())
}

/// The rotation under which the places, anywhere before a camera of focal length 1, are seen nearest
/// to where they were; by damped Gauss–Newton over rotation and translation.
fn rotation_of(seen: &[(DVec3, DVec2)], start: DMat3) -> DMat3 {
    let n = seen.len() as f64;
    let middle = seen.iter().map(|s| s.1).sum::<DVec2>() / n;
    let centre = seen.iter().map(|s| s.0).sum::<DVec3>() / n;
    let size = |spread: f64| (spread / n).sqrt();
    let wide = size(seen.iter().map(|s| (s.1 - middle).length_squared()).sum());
    let broad = size(seen.iter().map(|s| (s.0 - centre).truncate().length_squared()).sum());
    let depth = broad / wide.max(1e-9);
    let mut rotation = start;
    let mut translation = (middle * depth).extend(depth) - rotation * centre;
    for _ in 0..STEPS {
        let mut equations = NormalEquations::<6>::new();
        for &(place, at) in seen {
            let turned = rotation * place;
            let c = turned + translation;
            let z = c.z.max(0.1 * depth);
            let off = at - c.truncate() / z;
            // Turning by ω moves the place by ω × turned.
            for (k, off) in [off.x, off.y].into_iter().enumerate() {
                let by_place =
                    if k == 0 { DVec3::new(1.0, 0.0, -c.x / z) } else { DVec3::new(0.0, 1.0, -c.y / z) } / z;
                let by_turn = turned.cross(by_place);
                let slopes = [
                    by_turn.x,
                    by_turn.y,
                    by_turn.z,
                    by_place.x * depth,
                    by_place.y * depth,
                    by_place.z * depth,
                ];
                equations.add(slopes, off, 1.0);
            }
        }
        // A thousandth of what is asked for alone keeps a bad start from running away.
        let Some([a, b, c, x, y, z]) = equations.solve(1e-3) else { break };
        let turn = DVec3::new(a, b, c).clamp_length_max(0.5);
        rotation = about(turn) * rotation;
        translation += DVec3::new(x, y, z) * depth;
    }
    rotation
}

/// Rotation by the angle `turn.length()`, radians, about `turn`.
fn about(turn: DVec3) -> DMat3 {
    let angle = turn.length();
    if angle < 1e-12 { DMat3::IDENTITY } else { DMat3::from_axis_angle(turn / angle, angle) }
}

/// Head frame to camera axes: `Rz(roll) · diag(1, −1, −1) · Rx(pitch) · Ry(yaw)`, degrees.
pub(super) fn of_angles(yaw: f64, pitch: f64, roll: f64) -> DMat3 {
    DMat3::from_rotation_z(roll.to_radians())
        * DMat3::from_diagonal(DVec3::new(1.0, -1.0, -1.0))
        * DMat3::from_rotation_x(pitch.to_radians())
        * DMat3::from_rotation_y(yaw.to_radians())
}

/// Yaw, pitch and roll of a rotation, degrees.
pub(super) fn angles(rotation: DMat3) -> [f64; 3] {
    let r = |row: usize, column: usize| rotation.col(column)[row];
    let yaw = libm::atan2(r(2, 0), -r(2, 2));
    let pitch = libm::asin((-r(2, 1)).clamp(-1.0, 1.0));
    let roll = libm::atan2(r(0, 1), -r(1, 1));
    [yaw, pitch, roll].map(f64::to_degrees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_come_back() {
        for (yaw, pitch, roll) in [(0.0, 0.0, 0.0), (30.0, 6.0, 1.0), (-84.0, 2.0, 10.0), (180.0, 56.0, -7.0)]
        {
            let [a, b, c] = angles(of_angles(yaw, pitch, roll));
            assert!(
                ((a - yaw) / 360.0).fract().abs() < 1e-9
                    && (b - pitch).abs() < 1e-9
                    && (c - roll).abs() < 1e-9
            );
        }
    }

    #[test]
    fn a_turned_face_is_found_from_a_frontal_start() {
        for (yaw, pitch, roll) in [(0.0, 0.0, 0.0), (38.0, 12.0, 8.0), (-45.0, -15.0, -20.0)] {
            let truth = of_angles(yaw, pitch, roll);
            let seen: Vec<(DVec3, DVec2)> = canonical_face::points()
                .map(|(_, place)| {
                    let c = truth * place + DVec3::new(30.0, -50.0, 600.0);
                    (place, c.truncate() / c.z)
                })
                .collect();
            let found = rotation_of(&seen, of_angles(0.0, 0.0, 0.0));
            let [a, b, c] = angles(found);
            assert!(
                (a - yaw).abs() < 0.1 && (b - pitch).abs() < 0.1 && (c - roll).abs() < 0.1,
                "{a} {b} {c}"
            );
        }
    }
}
