//! Where a practitioner would start.

use super::{HairlineStyle, out_of_sight};
use crate::face::FacePoints;
use crate::head::{GLABELLA_ANGLE, Head, level};
use crate::space::{PhotoPoint, ScalpPoint};

/// The temporal point, before and above the ear, on the canonical skull; that of the natural
/// hairlines of the rendered heads.
const TEMPORAL_POINT: ScalpPoint = ScalpPoint { x: 0.86, y: 0.12, z: 0.496 };
/// Pupil and outer corner of the eye from the midline in half breadths of the skull, where no face
/// tells: 32 of 77 mm (ANSUR II) and 48 of 77 mm (domain.md section C, ex–ex).
const PUPIL: f64 = 0.415;
const CANTHUS: f64 = 0.625;
/// Share of the recession that the line has reached over the pupil, where it turns from convex to
/// concave.
const AT_PUPIL: f64 = 0.35;
/// Half width of a widow's peak, mm: 21 mm wide in domain.md section B.
const PEAK_HALF_WIDTH_MM: f64 = 10.5;
/// Subnasale and menton before and behind the glabella, mm: means of the rendered heads.
const SUBNASALE_FORWARD_MM: f64 = 7.0;
const MENTON_FORWARD_MM: f64 = -16.0;

/// Hairline points lie within this share of the head's outline, where a skull can be told from a wall.
pub const WITHIN_OUTLINE: f64 = 0.995;

/// A mature natural hairline on a head without a face, seven points from the subject's right to the
/// left.
pub fn suggest(head: &Head) -> Vec<PhotoPoint> {
    suggest_style(head, None, HairlineStyle::default())
}

/// A hairline of that style, an odd number of points from the subject's right to the left.
///
/// From the middle outwards: the mid-frontal point along the skin above the glabella, the turn from
/// convex to concave over the pupil, the fronto-temporal angle on the line up from the outer corner
/// of the eye, the temporal point (domain.md section B). Glabella, pupils and corners are those of
/// the face where there is one, else those of the canonical skull.
///
/// Places that the camera does not see are put beyond the limb, so that the line leaves the head
/// where it goes out of sight: from behind all that is seen lies behind it.
pub fn suggest_style(head: &Head, face: Option<&FacePoints>, style: HairlineStyle) -> Vec<PhotoPoint> {
    let shape = style.shape();
    let base = glabella_level(head, face);
    let half_breadth = 0.5 * head.placement().breadth_mm;
    let apart = |a: PhotoPoint, b: PhotoPoint| 0.5 * (lateral_mm(head, a) - lateral_mm(head, b)).abs();
    let (pupil, canthus) = face.map_or((PUPIL * half_breadth, CANTHUS * half_breadth), |f| {
        (apart(f.pupil_left, f.pupil_right), apart(f.canthus_left, f.canthus_right))
    });
    let angle_mm = canthus * shape.lateral;
    let mut left = vec![TEMPORAL_POINT];
    let mut add = |from_midline_mm: f64, recession_mm: f64| {
        let mm = shape.midpoint_mm + recession_mm;
        left.push(at_lateral(head, from_midline_mm, base, mm));
    };
    add(angle_mm, shape.recession_mm);
    // A pupil at the angle or beyond would fold the line.
    add(pupil.min(0.75 * angle_mm), AT_PUPIL * (shape.recession_mm - shape.peak_mm).max(0.0) + shape.peak_mm);
    if shape.peak_mm > 0.0 {
        add(PEAK_HALF_WIDTH_MM, shape.peak_mm);
    }
    add(0.0, 0.0);
    let right = left.iter().map(|&p| ScalpPoint { x: -p.x, ..p });
    let left = left.iter().rev().skip(1).copied();
    out_of_sight::within_reach(head, &right.chain(left).collect::<Vec<_>>())
}

/// The level of the glabella: that of the face, or of the canonical skull.
pub fn glabella_level(head: &Head, face: Option<&FacePoints>) -> f64 {
    // A brow cannot be on the crown or the chin.
    face.map_or(GLABELLA_ANGLE, |f| level(head.unproject(f.glabella).scalp).clamp(-0.5, 0.3))
}

/// Where the hair of a young person of this face would begin: as far above the glabella as subnasale
/// below it and menton below that, on average ('facial thirds', domain.md section B).
pub fn natural_trichion(head: &Head, face: &FacePoints) -> PhotoPoint {
    let glabella = head.unproject(face.glabella);
    let [_, brow, _] = head.in_head_mm(&glabella);
    // Half the way from glabella to menton, whatever the nose does.
    let third = (0.5 * lower_thirds_mm(head, face).iter().sum::<f64>()).clamp(30.0, 100.0);
    let height = |place: ScalpPoint| head.in_head_mm(&head.project(place))[1];
    let base = level(glabella.scalp);
    // Height grows with the way up as long as the forehead rises.
    let (mut low, mut high) = (0.0, 2.0 * third);
    for _ in 0..24 {
        let middle = 0.5 * (low + high);
        if height(head.above(0.0, base, middle)) < brow + third {
            low = middle;
        } else {
            high = middle;
        }
    }
    head.project(head.above(0.0, base, low)).photo
}

/// Heights from glabella to subnasale and from there to menton, mm.
pub(super) fn lower_thirds_mm(head: &Head, face: &FacePoints) -> [f64; 2] {
    let [_, brow, forward] = head.in_head_mm(&head.unproject(face.glabella));
    let [_, nose, _] = head.at_depth(face.subnasale, forward + SUBNASALE_FORWARD_MM);
    let [_, chin, _] = head.at_depth(face.menton, forward + MENTON_FORWARD_MM);
    [brow - nose, nose - chin]
}

/// How far to the subject's left of the midline plane a place of the face lies, mm.
fn lateral_mm(head: &Head, p: PhotoPoint) -> f64 {
    head.in_head_mm(&head.unproject(p))[0]
}

/// The place so far above the level `base` along the skin and so far from the midline plane, mm.
fn at_lateral(head: &Head, from_midline_mm: f64, base: f64, above_mm: f64) -> ScalpPoint {
    let mut x = from_midline_mm / (0.5 * head.placement().breadth_mm);
    for _ in 0..4 {
        let found = head.in_head_mm(&head.project(head.above(x, base, above_mm)))[0];
        if found <= 1e-6 {
            break;
        }
        x = (x * from_midline_mm / found).clamp(0.0, 0.95);
    }
    head.above(x, base, above_mm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::HeadPlacement;

    #[test]
    fn every_style_is_a_line_from_right_to_left() {
        let head = Head::fit(&HeadPlacement::starting(900.0, 1200.0));
        for style in HairlineStyle::ALL {
            let points = suggest_style(&head, None, style);
            assert!(points.len() % 2 == 1 && points.len() >= 7, "{style:?}");
            assert!(points.windows(2).all(|w| w[0].x < w[1].x), "{style:?} {points:?}");
            let middle = head.unproject(points[points.len() / 2]).scalp;
            let mm = head.above_mm(middle, GLABELLA_ANGLE);
            assert!((mm - style.shape().midpoint_mm).abs() < 0.5, "{style:?} {mm}");
        }
    }
}
