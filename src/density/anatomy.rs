//! The parts of the scalp that practitioners name, on the skull.
//!
//! Borders lie where clinics draw them (domain.md section A.7); where exactly is a convention, chosen
//! by eye on the rendered heads: confidence low.

use crate::document::ZoneKind;
use crate::head::level;
use crate::space::ScalpPoint;

/// Border between frontal part and mid-scalp, between mid-scalp and crown, and lower border of the
/// crown: angle from the face axis over the ears, radians. The first is 60 mm behind a mature
/// hairline, the second where the top begins to fall off to the back.
const LEVELS: [f32; 3] = [1.25, 2.0, 2.75];
/// Half width of the top, as the sine of the angle from the midline: the temporal line.
const TOP_HALF_WIDTH: f32 = 0.72;
/// How far forward (z of a [`ScalpPoint`]) the temples begin, before the ears.
const TEMPLES_FROM: f32 = 0.2;
/// Mean radii of the canonical skull over the top, across and along, mm, to say angles in mm.
const OVER_MM: f32 = 95.0;
const ACROSS_MM: f32 = 84.0;
const ALONG_MM: f32 = 100.0;

/// How far within a part a place of the skull lies, about mm; negative outside. Parts without
/// anatomy are nowhere.
pub fn within_mm(kind: ZoneKind, scalp: ScalpPoint) -> f32 {
    let angle = level(scalp);
    // Below the level of the face the way over the top comes from behind.
    let up = if angle < -std::f64::consts::FRAC_PI_2 { angle + std::f64::consts::TAU } else { angle } as f32;
    let side = (libm::asinf(scalp.x.abs().min(1.0)) - libm::asinf(TOP_HALF_WIDTH)) * ACROSS_MM;
    let [front, back, low] = LEVELS.map(|border| (border - up) * OVER_MM);
    let frontal = front.min(-side);
    let mid = back.min(-front).min(-side);
    let crown = low.min(-back).min(-side);
    let temples = side.min((scalp.z - TEMPLES_FROM) * ALONG_MM);
    match kind {
        ZoneKind::Frontal => frontal,
        ZoneKind::MidScalp => mid,
        ZoneKind::Crown => crown,
        ZoneKind::Temples => temples,
        ZoneKind::Sides => -frontal.max(mid).max(crown).max(temples),
        ZoneKind::Freehand | ZoneKind::FutScar | ZoneKind::FueScars | ZoneKind::OtherScar => {
            f32::NEG_INFINITY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(x: f32, y: f32, z: f32) -> ZoneKind {
        let length = (x * x + y * y + z * z).sqrt();
        let at = ScalpPoint { x: x / length, y: y / length, z: z / length };
        let found: Vec<ZoneKind> =
            ZoneKind::ANATOMICAL.into_iter().filter(|kind| within_mm(*kind, at) > 0.0).collect();
        assert_eq!(found.len(), 1, "{x} {y} {z}: {found:?}");
        found[0]
    }

    #[test]
    fn places_have_the_names_that_practitioners_use() {
        assert_eq!(part(0.0, 0.6, 0.8), ZoneKind::Frontal);
        assert_eq!(part(0.5, 0.66, 0.56), ZoneKind::Frontal, "fronto-temporal angle");
        assert_eq!(part(0.0, 1.0, 0.0), ZoneKind::MidScalp);
        assert_eq!(part(0.1, 0.8, -0.6), ZoneKind::Crown);
        assert_eq!(part(-0.86, 0.12, 0.496), ZoneKind::Temples, "temporal peak");
        assert_eq!(part(0.95, 0.1, -0.2), ZoneKind::Sides, "over the ear");
        assert_eq!(part(0.0, -0.3, -0.95), ZoneKind::Sides, "the back");
    }

    #[test]
    fn every_place_has_one_name() {
        for i in 0..4000 {
            let y = 1.0 - 2.0 * (f64::from(i) + 0.5) / 4000.0;
            let r = (1.0 - y * y).sqrt();
            let (s, c) = libm::sincos(2.4 * f64::from(i));
            part((r * s) as f32, y as f32, (r * c) as f32);
        }
    }
}
