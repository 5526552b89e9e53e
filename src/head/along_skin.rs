//! Lengths on the skin and in the head's own axes.

use glam::DVec3;

use super::{Head, SurfacePoint, pose};
use crate::space::{CameraPoint, PhotoPoint, ScalpPoint};

/// Height of the glabella on the canonical skull, as angle from the face axis over the ears, radians;
/// the three people among the rendered heads have −0.14, −0.14 and −0.12.
pub const GLABELLA_ANGLE: f64 = -0.14;
/// A way along the skin is measured in pieces of this angle at most, radians: their chords are
/// shorter than the skin by 2 parts in 100,000.
const PIECE: f64 = 0.02;

impl Head {
    /// Way along the skin from the level `from` up to a place, at the place's own distance from the
    /// midline, mm; negative below the level. A level is the angle from the face axis over the ears,
    /// radians: see [`level`].
    pub fn above_mm(&self, scalp: ScalpPoint, from: f64) -> f64 {
        let up = level(scalp) - from;
        let x = f64::from(scalp.x);
        self.way_mm(|t| at_level(x, from + t * up), up.abs()) * up.signum()
    }

    /// Way along the skin from the midline to a place, mm; the subject's left is positive.
    pub fn across_mm(&self, scalp: ScalpPoint) -> f64 {
        let (side, up) = (libm::asin(f64::from(scalp.x).clamp(-1.0, 1.0)), level(scalp));
        self.way_mm(|t| at_level(libm::sin(t * side), up), side.abs()) * side.signum()
    }

    /// The place `mm` along the skin above the level `from`, at `x` (of a [`ScalpPoint`]) from the
    /// midline; at most on the back of the head.
    pub fn above(&self, x: f64, from: f64, mm: f64) -> ScalpPoint {
        let step = PIECE * if mm < 0.0 { -1.0 } else { 1.0 };
        let place = |angle: f64| vector(self.project(at_level(x, angle)).camera);
        let (mut angle, mut left) = (from, mm.abs());
        let mut here = place(angle);
        while left > 0.0 && (angle - from).abs() < std::f64::consts::PI {
            let next = place(angle + step);
            let piece = here.distance(next).max(1e-9);
            angle += step * (left / piece).min(1.0);
            left -= piece;
            here = next;
        }
        at_level(x, angle)
    }

    /// Where a place is in the head's own axes, mm from the skull's centre: x towards the subject's
    /// left, y up, z towards the face.
    pub fn in_head_mm(&self, at: &SurfacePoint) -> [f64; 3] {
        self.to_head(vector(at.camera)).into()
    }

    /// What is seen at a photo point in the head's own axes, mm, if it lies `forward_mm` before the
    /// skull's centre.
    pub fn at_depth(&self, p: PhotoPoint, forward_mm: f64) -> [f64; 3] {
        let camera = self.to_head(DVec3::ZERO);
        let way = self.to_head(self.ray(p)) - camera;
        // Seen along that plane there is no telling; a hundredth keeps the answer finite.
        let share =
            (forward_mm - camera.z) / if way.z.abs() < 0.01 { 0.01_f64.copysign(way.z) } else { way.z };
        (camera + way * share).into()
    }

    fn to_head(&self, camera_mm: DVec3) -> DVec3 {
        let p = self.placement();
        let rotation = pose::of_angles(p.yaw_degrees, p.pitch_degrees, p.roll_degrees);
        rotation.transpose() * (camera_mm - DVec3::new(0.0, 0.0, p.camera_distance_mm))
    }

    /// Length on the skin of a way, `t` from 0 to 1, that turns by so many radians.
    fn way_mm(&self, way: impl Fn(f64) -> ScalpPoint, turns: f64) -> f64 {
        let pieces = (turns / PIECE).ceil().clamp(1.0, 400.0) as usize;
        let at = |i: usize| vector(self.project(way(i as f64 / pieces as f64)).camera);
        (0..pieces).map(|i| at(i).distance(at(i + 1))).sum()
    }
}

/// Level of a place: its angle from the face axis over the ears, radians. 0 straight ahead, π/2 over
/// the ears.
pub fn level(scalp: ScalpPoint) -> f64 {
    libm::atan2(f64::from(scalp.y), f64::from(scalp.z))
}

/// The place at `x` from the midline and at a level.
fn at_level(x: f64, level: f64) -> ScalpPoint {
    let x = x.clamp(-1.0, 1.0);
    let r = (1.0 - x * x).sqrt();
    let (s, c) = libm::sincos(level);
    ScalpPoint { x: x as f32, y: (r * s) as f32, z: (r * c) as f32 }
}

fn vector(p: CameraPoint) -> DVec3 {
    DVec3::new(p.x, p.y, p.z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::HeadPlacement;

    #[test]
    fn a_way_up_is_as_long_as_it_was_asked_for() {
        let head = Head::fit(&HeadPlacement { yaw_degrees: 25.0, ..HeadPlacement::starting(900.0, 1200.0) });
        for x in [-0.6, 0.0, 0.4] {
            for mm in [-20.0, 3.0, 75.0, 150.0] {
                let place = head.above(x, GLABELLA_ANGLE, mm);
                assert!((head.above_mm(place, GLABELLA_ANGLE) - mm).abs() < 0.1);
                assert!((f64::from(place.x) - x).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_place_is_seen_again_at_its_depth() {
        let head = Head::fit(&HeadPlacement { yaw_degrees: -25.0, ..HeadPlacement::starting(900.0, 1200.0) });
        let at = head.project(ScalpPoint { x: 0.28, y: 0.0, z: 0.96 });
        let [x, y, z] = head.in_head_mm(&at);
        let again = head.at_depth(at.photo, z);
        assert!((again[0] - x).abs() < 1e-6 && (again[1] - y).abs() < 1e-6 && (again[2] - z).abs() < 1e-6);
    }
}
