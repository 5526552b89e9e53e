//! The limb: where the skull turns away from the camera. In the picture it is the head's outline.

use glam::DVec3;

use super::{Head, HeadPlacement};
use crate::space::{PhotoPoint, ScalpPoint};

/// Directions in which the limb is looked for and in which it is kept.
const DIRECTIONS: usize = 192;
/// Halvings of the angle between a place that is seen and one that is not: to a thousandth of a
/// degree.
const HALVINGS: usize = 16;

/// Distance of the limb from the middle of the placed outline in units of it, direction by
/// direction.
#[derive(Debug, Clone)]
pub(super) struct Limb {
    radii: Vec<f64>,
}

impl Limb {
    /// The placed outline itself, until the limb is known.
    pub(super) fn none() -> Self {
        Self { radii: vec![1.0; DIRECTIONS] }
    }

    /// The limb of a fitted head.
    pub(super) fn of(head: &Head) -> Self {
        let mut places: Vec<(f64, f64)> = (0..DIRECTIONS)
            .map(|i| {
                let (s, c) = libm::sincos(std::f64::consts::TAU * i as f64 / DIRECTIONS as f64);
                in_outline(head.placement(), limb_point(head, [c, s]))
            })
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        let radii = (0..DIRECTIONS)
            .map(|i| at_angle(&places, std::f64::consts::TAU * i as f64 / DIRECTIONS as f64))
            .collect();
        Self { radii }
    }

    /// Distance of the limb at an angle from the across axis of the outline, radians, in units of
    /// the outline.
    pub(super) fn radius(&self, angle: f64) -> f64 {
        let turns = angle / std::f64::consts::TAU;
        let at = (turns - turns.floor()) * DIRECTIONS as f64;
        let (i, w) = (at as usize % DIRECTIONS, at - at.floor());
        self.radii[i] + (self.radii[(i + 1) % DIRECTIONS] - self.radii[i]) * w
    }
}

/// Angle from the across axis, 0 to 2π, and distance in units of the outline.
pub(super) fn in_outline(placement: &HeadPlacement, p: PhotoPoint) -> (f64, f64) {
    let [across, along] = placement.axes();
    let (dx, dy) = (p.x - placement.centre.x, p.y - placement.centre.y);
    let u = (dx * across.x + dy * across.y) / placement.half_width;
    let v = (dx * along.x + dy * along.y) / placement.half_height;
    let angle = libm::atan2(v, u);
    (if angle < 0.0 { angle + std::f64::consts::TAU } else { angle }, (u * u + v * v).sqrt())
}

/// Where the limb is seen in one direction around the line of sight.
fn limb_point(head: &Head, [c, s]: [f64; 2]) -> PhotoPoint {
    let [toward, right, down] = head.seen_axes();
    let side = right * c + down * s;
    let place = |angle: f64| {
        let (s, c) = libm::sincos(angle);
        head.project(scalp(toward * c + side * s))
    };
    let (mut seen, mut hidden) = (0.2 * std::f64::consts::PI, 0.8 * std::f64::consts::PI);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (seen + hidden);
        if place(middle).cosine > 0.0 {
            seen = middle;
        } else {
            hidden = middle;
        }
    }
    place(seen).photo
}

pub(super) fn scalp(u: DVec3) -> ScalpPoint {
    ScalpPoint { x: u.x as f32, y: u.y as f32, z: u.z as f32 }
}

/// Between the neighbours of `angle` among places in order of their angle.
fn at_angle(places: &[(f64, f64)], angle: f64) -> f64 {
    let n = places.len();
    let next = places.partition_point(|p| p.0 <= angle);
    let (a, b) = (places[(next + n - 1) % n], places[next % n]);
    let round = |from: f64, to: f64| if to < from { to - from + std::f64::consts::TAU } else { to - from };
    let w = round(a.0, angle) / round(a.0, b.0).max(1e-12);
    a.1 + (b.1 - a.1) * w.clamp(0.0, 1.0)
}
