//! Where on the skull there is scalp: not on ears, not below the natural hairline.

use glam::DVec3;

use super::{Head, SurfacePoint};
use crate::space::PhotoPoint;

/// Height (y of the unit vector of a [`crate::space::ScalpPoint`]) down to which there may be scalp,
/// around the head at equal steps of the cosine of the azimuth, from the face to the back.
///
/// At the sides and behind it runs 4–6 mm inside the natural hairlines of the rendered heads, which
/// in these units agree within 3 mm: over the ear, around it and along the nape; sideburns are left
/// out. In front it lies 30 mm above the glabella, lower than any hairline is set (50 mm, domain.md
/// row 14), and at the temples on the natural temporal peak.
const LOWEST: [f64; 17] = [
    0.18, 0.18, 0.18, 0.22, 0.14, 0.00, -0.10, -0.15, -0.16, -0.18, -0.27, -0.43, -0.57, -0.66, -0.72, -0.77,
    -0.79,
];
/// Over this height, about 6 mm, hair thins out towards the border.
const SOFT: f64 = 0.07;
/// The left ear as an ellipsoid: centre and half axes in units of the skull's half axes. From
/// tragus, ear top and lobe of the rendered heads, 3 mm larger, for hair does not grow up to the ear.
const EAR_CENTRE: DVec3 = DVec3::new(1.06, -0.50, -0.07);
const EAR_HALF_AXES: DVec3 = DVec3::new(0.21, 0.40, 0.27);

impl Head {
    /// How much of a scalp's density is to be expected at a place as the camera sees it, 0–1: 0 on
    /// face, neck and what an ear hides, rising to 1 within 6 mm behind the natural lower hairline.
    pub fn scalp_share(&self, at: &SurfacePoint) -> f64 {
        let u = DVec3::new(f64::from(at.scalp.x), f64::from(at.scalp.y), f64::from(at.scalp.z));
        let above = (u.y - lowest(u)) / SOFT;
        if above <= 0.0 || self.ear_hides(u) { 0.0 } else { above.min(1.0) }
    }

    /// Whether scalp is seen at a photo point.
    pub fn is_scalp(&self, p: PhotoPoint) -> bool {
        self.outline_contains(p, 1.0) && self.scalp_share(&self.unproject(p)) > 0.0
    }

    /// Whether the line of sight to a place goes through an ear.
    fn ear_hides(&self, u: DVec3) -> bool {
        let camera = self.camera_seen_from_skull();
        [1.0, -1.0].into_iter().any(|side| {
            let mirrored = DVec3::new(side, 1.0, 1.0);
            // In the ear's own units it is the unit sphere.
            let from = (u * mirrored - EAR_CENTRE) / EAR_HALF_AXES;
            let way = (camera - u) * mirrored / EAR_HALF_AXES;
            let nearest = (-from.dot(way) / way.length_squared()).clamp(0.0, 1.0);
            (from + way * nearest).length_squared() < 1.0
        })
    }
}

/// Height of the border under a unit vector.
fn lowest(u: DVec3) -> f64 {
    let across = (u.x * u.x + u.z * u.z).sqrt().max(1e-9);
    let at = (1.0 - u.z / across) * 0.5 * (LOWEST.len() - 1) as f64;
    let i = (at as usize).min(LOWEST.len() - 2);
    LOWEST[i] + (LOWEST[i + 1] - LOWEST[i]) * (at - i as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::HeadPlacement;
    use crate::space::ScalpPoint;

    #[test]
    fn crown_and_sides_are_scalp_and_face_ear_and_neck_are_not() {
        for yaw in [-170.0, -84.0, -30.0, 0.0, 45.0, 120.0] {
            let mut placement = HeadPlacement::starting(1000.0, 1000.0);
            placement.yaw_degrees = yaw;
            let head = Head::fit(&placement);
            let share = |x: f32, y: f32, z: f32| {
                let length = (x * x + y * y + z * z).sqrt();
                head.scalp_share(&head.project(ScalpPoint { x: x / length, y: y / length, z: z / length }))
            };
            for (x, y, z) in
                [(0.0, 1.0, 0.0), (0.5, 0.6, -0.3), (-0.9, 0.3, 0.0), (0.0, 0.0, -1.0), (0.0, 0.6, 0.8)]
            {
                assert_eq!(share(x, y, z), 1.0, "{yaw}: {x} {y} {z}");
            }
            for (x, y, z) in
                [(0.0, -0.1, 1.0), (0.5, -0.3, 0.8), (0.9, -0.45, 0.05), (0.0, -0.9, -0.4), (0.0, -1.0, 0.1)]
            {
                assert_eq!(share(x, y, z), 0.0, "{yaw}: {x} {y} {z}");
            }
        }
    }
}
