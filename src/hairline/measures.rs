//! What can be measured of a line on its head.

use serde::Serialize;

use super::{Hairline, glabella_level, lower_thirds_mm};
use crate::face::FacePoints;
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Pieces that the line is measured in, across the head.
const PIECES: f64 = 30.0;
/// The fronto-temporal angle is that between the ways to the line so far away, mm.
const SIDES_MM: f64 = 20.0;
/// A line that is not seen so far from the midline shows no temple, mm along the skin.
const LEAST_SEEN_MM: f64 = 60.0;
/// Outer corner of the eye on the canonical skull, where no face tells: 48 of 77 mm to the side
/// (domain.md section C, ex–ex), a little below the glabella's level.
const CANTHUS: ScalpPoint = ScalpPoint { x: 0.625, y: -0.17, z: 0.762 };

/// The fronto-temporal angle of one side: where the line stands highest above the way from the
/// mid-frontal to its last point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Temple {
    /// Where it is.
    pub photo: PhotoPoint,
    /// How far along the skin it stands above the mid-frontal point, mm.
    pub recession_mm: f64,
    /// The angle of the line there, degrees; 180 is a straight line.
    pub angle_degrees: f64,
    /// How far it lies before the outer corner of the eye, seen from the side, mm; negative behind.
    pub before_canthus_mm: f64,
}

/// Measures of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineMeasures {
    /// Mid-frontal point above the glabella along the skin, mm.
    pub midpoint_above_glabella_mm: f64,
    /// How far counterparts are from being mirror images, on average, mm.
    pub symmetry_error_mm: f64,
    /// The same of the pair that differs most, mm.
    pub largest_asymmetry_mm: f64,
    /// The subject's right and left temple, where they are seen.
    pub temples: [Option<Temple>; 2],
    /// Hairline to glabella, glabella to subnasale, subnasale to menton: heights, mm. Only of a known
    /// face.
    pub facial_thirds_mm: Option<[f64; 3]>,
}

impl LineMeasures {
    /// Measures a line on its head.
    pub fn of(line: &Hairline, head: &Head, face: Option<&FacePoints>) -> Self {
        let base = glabella_level(head, face);
        let middle = line.points[line.middle()];
        let errors = (0..line.middle())
            .filter(|&i| [i, line.counterpart(i)].iter().all(|&k| head.outline_contains(line.points[k], 1.0)))
            .map(|i| apart_mm(head, line.points[line.counterpart(i)], head.mirror(line.points[i])));
        let (sum, most, n) = errors.fold((0.0, 0.0_f64, 0.0), |(s, m, n), e| (s + e, m.max(e), n + 1.0));
        let polyline = line.polyline(2.0 * head.placement().half_width / PIECES);
        let at = polyline.iter().position(|p| *p == middle).unwrap_or(polyline.len() / 2);
        let (right, left) = (polyline[..=at].iter().rev(), polyline[at..].iter());
        Self {
            midpoint_above_glabella_mm: head.above_mm(head.unproject(middle).scalp, base),
            symmetry_error_mm: if n > 0.0 { sum / n } else { 0.0 },
            largest_asymmetry_mm: most,
            temples: [
                temple(head, face.map(|f| f.canthus_right), base, right.copied()),
                temple(head, face.map(|f| f.canthus_left), base, left.copied()),
            ],
            facial_thirds_mm: face.map(|face| {
                let height = |p: PhotoPoint| head.in_head_mm(&head.unproject(p))[1];
                let [nose, chin] = lower_thirds_mm(head, face);
                [height(middle) - height(face.glabella), nose, chin]
            }),
        }
    }
}

/// Straight distance between what is seen at two photo points, mm.
fn apart_mm(head: &Head, a: PhotoPoint, b: PhotoPoint) -> f64 {
    let [a, b] = [a, b].map(|p| head.unproject(p).camera);
    let [x, y, z] = [a.x - b.x, a.y - b.y, a.z - b.z];
    (x * x + y * y + z * z).sqrt()
}

fn temple(
    head: &Head,
    canthus: Option<PhotoPoint>,
    base: f64,
    half: impl Iterator<Item = PhotoPoint>,
) -> Option<Temple> {
    // From the middle outwards, as far as it is seen: across and above, mm on the skin.
    let seen: Vec<(PhotoPoint, [f64; 2])> = half
        .filter(|p| head.outline_contains(*p, 1.0))
        .map(|p| {
            let scalp = head.unproject(p).scalp;
            (p, [head.across_mm(scalp).abs(), head.above_mm(scalp, base)])
        })
        .collect();
    let (first, last) = (seen.first()?.1, seen.last()?.1);
    // A line that goes out of sight before has no temple to be seen.
    if last[0] < LEAST_SEEN_MM {
        return None;
    }
    let chord = [last[0] - first[0], last[1] - first[1]];
    // The line runs outwards, so what is left of the way along the chord is above it.
    let over = |p: [f64; 2]| chord[0] * (p[1] - first[1]) - chord[1] * (p[0] - first[0]);
    let corner =
        (1..seen.len().saturating_sub(1)).max_by(|&a, &b| over(seen[a].1).total_cmp(&over(seen[b].1)))?;
    let (photo, at) = seen[corner];
    let away = |p: &&(PhotoPoint, [f64; 2])| length([p.1[0] - at[0], p.1[1] - at[1]]) >= SIDES_MM;
    let before = seen[..corner].iter().rev().find(away).map_or(first, |p| p.1);
    let after = seen[corner..].iter().find(away).map_or(last, |p| p.1);
    let [a, b] = [before, after].map(|p| [p[0] - at[0], p[1] - at[1]]);
    let cosine = (a[0] * b[0] + a[1] * b[1]) / (length(a) * length(b)).max(1e-9);
    let forward = |p: PhotoPoint| head.in_head_mm(&head.unproject(p))[2];
    let eye = canthus.map_or_else(|| head.in_head_mm(&head.project(CANTHUS))[2], forward);
    Some(Temple {
        photo,
        recession_mm: at[1] - first[1],
        angle_degrees: libm::acos(cosine.clamp(-1.0, 1.0)).to_degrees(),
        before_canthus_mm: forward(photo) - eye,
    })
}

fn length([x, y]: [f64; 2]) -> f64 {
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::{Document, PhotoSize};
    use crate::hairline::HairlineStyle;

    fn measured(style: HairlineStyle) -> LineMeasures {
        let mut document = Document::starting(PhotoSize { width: 900, height: 1200 });
        document.choose_style(style);
        LineMeasures::of(&document.hairline, &document.fitted_head(), None)
    }

    #[test]
    fn styles_measure_as_they_were_made() {
        for style in HairlineStyle::ALL {
            let m = measured(style);
            let shape = style.shape();
            assert!((m.midpoint_above_glabella_mm - shape.midpoint_mm).abs() < 0.5, "{style:?} {m:?}");
            assert!(m.largest_asymmetry_mm < 0.1 && m.facial_thirds_mm.is_none());
            for temple in m.temples {
                let temple = temple.unwrap();
                assert!((temple.recession_mm - shape.recession_mm).abs() < 3.0, "{style:?} {temple:?}");
                assert!((60.0..170.0).contains(&temple.angle_degrees), "{style:?} {temple:?}");
                assert!(temple.before_canthus_mm < 0.0, "{style:?} {temple:?}");
            }
        }
    }

    #[test]
    fn a_side_that_is_higher_is_seen() {
        let mut document = Document::starting(PhotoSize { width: 900, height: 1200 });
        let head = document.fitted_head();
        document.hairline.points[1].y += 5.0 * head.px_per_mm_at_centre();
        let m = LineMeasures::of(&document.hairline, &head, None);
        assert!(m.largest_asymmetry_mm > 4.0 && m.symmetry_error_mm > 1.5, "{m:?}");
        let [right, left] = m.temples.map(Option::unwrap);
        assert!(right.recession_mm < left.recession_mm - 4.0, "{right:?} {left:?}");
    }

    #[test]
    fn from_behind_there_is_no_temple() {
        let mut document = Document::starting(PhotoSize { width: 900, height: 1200 });
        document.head.yaw_degrees = 180.0;
        let head = document.fitted_head();
        document.hairline.points = document.suggested_points(&head);
        assert_eq!(LineMeasures::of(&document.hairline, &head, None).temples, [None, None]);
    }
}
