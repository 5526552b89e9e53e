//! How densely hair grows on different parts of a natural head, relative to the top.

use crate::space::ScalpPoint;

/// How much the density falls from the midline to the side of the head. With it the
/// fronto-temporal angle has 0.83 of the midline's density and the temporal peak 0.53, as counted
/// (0.84 and 0.52: domain.md section A.4, 'zone weights').
const FALL: f32 = 0.58;
/// Least density, that of temporal peak and sideburn (0.52 and 0.55 there).
const LEAST: f32 = 0.52;

/// Natural density at a place as a share of that on the top of the head.
pub fn natural_share(scalp: ScalpPoint) -> f32 {
    // 0 on the midline and the top, towards 1 above the ear.
    let side = scalp.x.abs() * (1.0 - scalp.y).max(0.0).sqrt();
    (1.0 - FALL * side).max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_counted_zones() {
        let at = |x, y, z| natural_share(ScalpPoint { x, y, z });
        assert_eq!(at(0.0, 0.595, 0.804), 1.0, "midline");
        assert_eq!(at(0.0, 0.8, -0.6), 1.0, "crown");
        assert!((at(0.5, 0.66, 0.56) - 0.84).abs() < 0.03, "fronto-temporal angle");
        assert!((at(0.86, 0.12, 0.496) - 0.52).abs() < 0.03, "temporal peak");
    }
}
