//! The shape of a skull: an ellipsoid, and how far a real skull stands off it.
//!
//! No ellipsoid fits a head: its top is flat, the parietal bosses are full, the sides are flat, and
//! behind it goes over into the nape. So a place is a direction on the ellipsoid, and the skin lies
//! [`stand_off`] times as far out as the ellipsoid does.

use glam::DVec3;

/// Semi-axes of the canonical skull ellipsoid in mm: half breadth (x), vault height above the
/// ellipsoid's centre (y), half length (z).
///
/// Half of ANSUR II mean male head breadth (154.3) and length (199.5), domain.md section C; the
/// vault is that of ellipsoids fitted to the rendered heads (82–92 mm).
pub const SKULL_SEMI_AXES_MM: [f32; 3] = [77.0, 92.0, 100.0];

/// Coefficients of yᵃ zᵇ (row a, column b) in the stand-off less 1; (x, y, z) is the unit vector of
/// a [`crate::space::ScalpPoint`]. Both sides alike: x² = 1 − y² − z² needs no terms of its own.
///
/// Least squares of place and of surface cosine over scalp and forehead of the three people among the
/// rendered heads (two men, one woman), each on its own ellipsoid and weighted alike; kept smooth
/// below the brow, where there is no scalp, so that the whole is convex. Fitted to two of them, the
/// third has median / 95th percentile errors of the cosine of 0.032 / 0.071 (`m_dark_front`),
/// 0.016 / 0.063 (`m_dark_profile`), 0.015 / 0.041 (`f_medium_front_thinning`), 0.035 / 0.082
/// (`m_light_front`), 0.019 / 0.083 (`m_light_crown`) and 0.028 / 0.163 (`m_light_back_scar`); the
/// ellipsoid alone has 0.064 / 0.198 on the first.
const STAND_OFF: [[f64; 6]; 6] = [
    [-0.0088, -0.1371, 0.0540, 0.4604, -0.0110, -0.2844],
    [-0.1013, -0.0309, 0.3329, -0.0550, -0.3069, 0.0],
    [0.2265, 0.2250, -0.2249, -0.3462, 0.0, 0.0],
    [0.1140, 0.1084, -0.2590, 0.0, 0.0, 0.0],
    [-0.1036, -0.1740, 0.0, 0.0, 0.0, 0.0],
    [-0.1825, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// How far out the skin lies in the direction of a unit vector, in units of the ellipsoid, and the
/// outward normal of that surface in the ellipsoid's own space, where it is near the unit sphere;
/// not of unit length.
pub(super) fn stand_off(u: DVec3) -> (f64, DVec3) {
    let (mut value, mut by_y, mut by_z) = (0.0, 0.0, 0.0);
    // Horner in y over rows that are Horner in z; both derivatives on the way.
    for (power, row) in STAND_OFF.iter().enumerate().rev() {
        let (mut of_row, mut slope) = (0.0, 0.0);
        for &c in row.iter().take(STAND_OFF.len() - power).rev() {
            slope = slope * u.z + of_row;
            of_row = of_row * u.z + c;
        }
        by_y = by_y * u.y + value;
        value = value * u.y + of_row;
        by_z = by_z * u.y + slope;
    }
    let radius = 1.0 + value;
    let gradient = DVec3::new(0.0, by_y, by_z);
    let along = gradient - u * gradient.dot(u);
    (radius, u - along / radius)
}

#[cfg(test)]
mod tests {
    use glam::DVec2;

    use super::*;

    #[test]
    fn the_normal_is_across_the_surface() {
        for i in 0..500 {
            let y = 1.0 - 0.004 * f64::from(i);
            let (s, c) = libm::sincos(2.4 * f64::from(i));
            let r = (1.0 - y * y).max(0.0).sqrt();
            let u = DVec3::new(r * s, y, r * c).normalize();
            let (_, normal) = stand_off(u);
            for side in [DVec3::X, DVec3::Y, DVec3::Z] {
                let place = |t: f64| {
                    let v = (u + side * t).normalize();
                    v * stand_off(v).0
                };
                let along = (place(1e-5) - place(-1e-5)) / 2e-5;
                assert!(along.dot(normal).abs() < 1e-6, "{u} {}", along.dot(normal));
            }
        }
    }

    /// A ray then meets it once, and it has one limb.
    #[test]
    fn the_skull_is_convex() {
        for half in 0..36 {
            let (s, c) = libm::sincos(std::f64::consts::PI * f64::from(half) / 36.0);
            let place = |degrees: i32| {
                let (up, out) = libm::sincos(f64::from(degrees).to_radians());
                let u = DVec3::new(out * s, up, out * c);
                let p = u * stand_off(u).0;
                DVec2::new(p.dot(DVec3::new(s, 0.0, c)), p.y)
            };
            for degrees in (0..360).step_by(2) {
                let (a, b, c) = (place(degrees - 2), place(degrees), place(degrees + 2));
                assert!((b - a).perp_dot(c - b) > 0.0, "meridian {half}, {degrees}");
            }
        }
    }

    #[test]
    fn a_skull_is_flat_on_top_and_full_at_the_back() {
        let out = |x: f64, y: f64, z: f64| stand_off(DVec3::new(x, y, z).normalize()).0;
        assert!(out(0.0, 1.0, 0.0) < 0.97);
        assert!(out(0.6, 0.7, -0.4) > out(0.0, 1.0, 0.0) + 0.03);
        for i in 0..2000 {
            let y = 1.0 - 0.001 * f64::from(i);
            let (s, c) = libm::sincos(2.4 * f64::from(i));
            let r = (1.0 - y * y).max(0.0).sqrt();
            assert!((0.9..1.3).contains(&out(r * s, y, r * c)));
        }
    }
}
