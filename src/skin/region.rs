//! Which pixels belong to the head, and where on it scalp hair can stand.

use super::anatomy::{EAR, EAR_AT_MOST, EAR_MIDDLE, FACE, FACE_AT_MOST, NAPE, hairline_height};
use super::hull::Hull;
use super::sight::Sight;
use super::smooth::{smooth, step};
use super::{Cues, area::Area};
use crate::face::{FaceMesh, MESH_POINTS};
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// A hand-placed outline is this much too small at most; where the person is known it may be.
const ROOM: f32 = 1.06;
/// Direction to the camera (z of the unit skull) beyond which the face is seen at all, and up to
/// which the nape is.
const FACE_SEEN: f32 = -0.25;
const NAPE_SEEN: f32 = 0.3;
/// Degrees from the face beyond which hair ends at the neck and not at the face, and how far below
/// the hairline the head is taken to reach there.
const BEHIND_EARS: f32 = 85.0;
const NECK: f32 = 0.2;
/// An ear is taken to be seen from this cosine on; from the second on it hides scalp.
const EAR_SEEN: f32 = -0.45;
const EAR_HIDES: f32 = 0.25;
/// Sideburns stand this far beyond the skull's outline, beside the ear, mm.
const SIDEBURN_MM: f64 = 1.5;
/// What speaks against sideburns there, as a logarithm of odds: an ear's root has creases.
const EAR_ROOT: f32 = 6.0;
/// How far beyond the usual hairline, mm as seen, hair is not less likely, and from where on there
/// is none: at the forehead, where hairlines differ, and at the sides, where beard begins.
const FREE_MM: [f32; 2] = [3.0, 0.5];
const NONE_MM: [f32; 2] = [22.0, 4.0];
/// So far below it, in semi-axes of the skull (some 20 mm), there is none however narrow that is seen:
/// beard at the limb.
const LOWEST: f32 = -0.2;
/// How unlikely hair is where it ends to be possible, as a logarithm of odds.
const UNLIKELY: f32 = 4.0;
/// Degrees from the face from which on, and up to which, it is the side.
const SIDE: [f32; 2] = [45.0, 70.0];

/// How far the hull of the lower face is drawn in.
const FEATURES: f64 = 0.9;

/// Skin tone is read within this share of the outline, above this height of the unit skull, and lower
/// only beyond so many degrees from the face.
const UPPER: f32 = 0.93;
const ABOVE_BROWS: f32 = 0.08;
const UPPER_BEHIND: f32 = 60.0;
/// Mm to a semi-axis of the skull, at most: where it faces the camera its height changes no slower.
const LONGEST_MM: f32 = 95.0;
/// Where hair is impossible, as a logarithm of odds.
const IMPOSSIBLE: f32 = 30.0;

/// The head's other parts, in photo px.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    face: Option<Hull>,
    /// From the eyes down, where no hair of the scalp stands.
    features: Option<Hull>,
    nape: Option<Hull>,
    /// Each with whether it hides scalp behind it.
    ears: Vec<(Hull, bool)>,
    /// As large as ears may be: used where something else says where the person ends.
    largest_ears: Vec<Hull>,
    person_known: bool,
    from_behind: bool,
}

/// Points of a mesh below the eyes, drawn in to keep clear of sideburns.
fn features(mesh: &FaceMesh) -> Vec<PhotoPoint> {
    let (right, left, chin) = (mesh.pupil_right(), mesh.pupil_left(), mesh.menton());
    let eyes = PhotoPoint::new(0.5 * (right.x + left.x), 0.5 * (right.y + left.y));
    let down = [chin.x - eyes.x, chin.y - eyes.y];
    let lower = (0..MESH_POINTS).map(|i| mesh.at(i)).filter(|p| {
        let from = [p.x - eyes.x, p.y - eyes.y];
        from[0] * down[0] + from[1] * down[1] > 0.0
    });
    let middle = [eyes.x + 0.5 * down[0], eyes.y + 0.5 * down[1]];
    let drawn = |v: f64, middle: f64| middle + (v - middle) * FEATURES;
    lower.map(|p| PhotoPoint::new(drawn(p.x, middle[0]), drawn(p.y, middle[1]))).collect()
}

impl Parts {
    /// Where the parts of that head are: the face where the mesh is, else where faces usually are.
    pub(super) fn of(head: &Head, cues: &Cues) -> Self {
        let toward = head.unproject(head.placement().centre).scalp;
        let at = |[x, y, z]: [f32; 3]| head.project(ScalpPoint { x, y, z }).photo;
        let both = |points: &[[f32; 3]]| -> Vec<PhotoPoint> {
            points.iter().flat_map(|&[x, y, z]| [at([x, y, z]), at([-x, y, z])]).collect()
        };
        let face = (toward.z > FACE_SEEN).then(|| {
            Hull::of(match cues.mesh {
                Some(mesh) => (0..MESH_POINTS).map(|i| mesh.at(i)).collect(),
                None if cues.person.is_some() => [both(&FACE), both(&FACE_AT_MOST)].concat(),
                None => both(&FACE),
            })
        });
        let features = cues.mesh.map(|mesh| Hull::of(features(mesh)));
        let nape = (toward.z < NAPE_SEEN).then(|| Hull::of(both(&NAPE)));
        let (mut ears, mut largest_ears) = (Vec::new(), Vec::new());
        for side in [1.0, -1.0] {
            // Ears stand about 0.1 nearer to the camera's plane than its direction says.
            let facing = side * toward.x - 0.1;
            if facing > EAR_SEEN {
                let hull = |grown: [f32; 3]| {
                    let point = |p: &[f32; 3]| {
                        let [x, y, z] = [0, 1, 2].map(|k| EAR_MIDDLE[k] + (p[k] - EAR_MIDDLE[k]) * grown[k]);
                        at([side * x, y, z])
                    };
                    Hull::of(EAR.iter().map(point).collect())
                };
                largest_ears.push(hull(EAR_AT_MOST));
                ears.push((hull([1.0; 3]), facing >= EAR_HIDES));
            }
        }
        Self {
            face,
            features,
            nape,
            ears,
            largest_ears,
            person_known: cues.person.is_some(),
            from_behind: toward.z < 0.0,
        }
    }

    /// Every point that the parts reach to.
    pub(super) fn reach(&self) -> Vec<PhotoPoint> {
        let hulls = self.face.iter().chain(&self.nape).chain(&self.largest_ears);
        hulls.flat_map(|h| h.corners().iter().copied()).collect()
    }
}

/// For each pixel of a [`Sight`] which part of the head it may be.
#[derive(Debug)]
pub(super) struct Region {
    /// 1 on the head (skull, face, ears), 0 beside it, soft between; the background beside the
    /// skull counts as head where only the person's silhouette tells them apart.
    pub(super) head: Vec<f32>,
    /// Logarithm of the odds against hair of the scalp: 0 where it usually stands.
    pub(super) against_hair: Vec<f32>,
    /// On ears, or in the face and beyond where hair of the scalp can stand: brows, eyes and lips are
    /// part of it.
    pub(super) face: Vec<bool>,
    /// On an ear.
    pub(super) ear: Vec<bool>,
    /// On the skull above the brows or behind the hairline: where skin tone is read.
    pub(super) upper: Vec<bool>,
    /// Whether something else than the outline says where the person ends.
    pub(super) person_known: bool,
}

impl Region {
    pub(super) fn new(sight: &Sight, head: &Head, area: &Area, parts: &Parts) -> Self {
        let count = sight.width * sight.height;
        let mut inside = vec![0.0f32; count];
        let mut above = vec![0.0f32; count];
        let mut side = vec![0.0f32; count];
        let mut upper = vec![false; count];
        let mut limb = vec![0.0f32; count];
        for y in 0..sight.height {
            for x in 0..sight.width {
                let (i, p) = (y * sight.width + x, sight.point(x, y));
                let place = head.unproject(p).scalp;
                let degrees = libm::atan2f(place.x.abs(), place.z).to_degrees();
                above[i] = place.y - hairline_height(degrees);
                side[i] = step(SIDE[0], SIDE[1], degrees);
                let radius = if parts.person_known { head.outline_radius(p) as f32 } else { area.radius[i] };
                limb[i] = radius;
                let neck = degrees > BEHIND_EARS && above[i] < -NECK;
                let grown = if parts.person_known && place.y > -0.35 { ROOM } else { 1.0 };
                let scalp = degrees > UPPER_BEHIND && above[i] > 0.05;
                upper[i] = area.radius[i] < UPPER && (place.y > ABOVE_BROWS || scalp);
                inside[i] = if radius <= grown && !neck { 1.0 } else { 0.0 };
            }
        }
        let skull = inside.clone();
        let mut ears = vec![false; count];
        for (hull, hides) in &parts.ears {
            hull.each_pixel(sight, |i| {
                ears[i] |= *hides || limb[i] > 1.0;
                inside[i] = 1.0;
            });
        }
        if parts.person_known {
            for hull in &parts.largest_ears {
                hull.each_pixel(sight, |i| inside[i] = 1.0);
            }
        }
        let mut face = vec![false; count];
        if let Some(hull) = &parts.face {
            hull.each_pixel(sight, |i| (inside[i], face[i]) = (1.0, true));
        }
        if let Some(hull) = &parts.nape {
            hull.each_pixel(sight, |i| inside[i] = 1.0);
        }
        let mut against_hair = against(sight, &above, &side);
        if let Some(nape) = &parts.nape {
            nape.each_pixel(sight, |i| against_hair[i] = 0.0);
        }
        if let Some(features) = &parts.features {
            features.each_pixel(sight, |i| against_hair[i] = IMPOSSIBLE);
        }
        // Beside the face sideburns reach a little beyond the skull.
        let mut beside = skull;
        smooth(&mut beside, sight.width, SIDEBURN_MM * sight.px_per_mm);
        let hides = parts.from_behind || parts.ears.iter().any(|e| e.1);
        for (i, ear) in ears.iter().enumerate() {
            if *ear {
                let sideburn = !hides && beside[i] > 0.25;
                against_hair[i] = if sideburn { against_hair[i] + EAR_ROOT } else { IMPOSSIBLE };
            }
        }
        for (face, against) in face.iter_mut().zip(&against_hair) {
            *face &= *against >= IMPOSSIBLE;
        }
        face.iter_mut().zip(&ears).for_each(|(face, ear)| *face |= *ear);
        smooth(&mut inside, sight.width, 1.0);
        Self { head: inside, against_hair, face, ear: ears, upper, person_known: parts.person_known }
    }
}

/// Odds against hair from the height above the usual hairline: what counts is how far below it a
/// place is seen to be, for at the limb a millimetre of the picture is many of the head.
fn against(sight: &Sight, above: &[f32], side: &[f32]) -> Vec<f32> {
    let (w, h) = (sight.width, sight.height);
    let per_mm = 0.5 * sight.px_per_mm as f32;
    (0..w * h)
        .map(|i| {
            if above[i] >= 0.0 {
                return 0.0;
            }
            if above[i] < LOWEST {
                return IMPOSSIBLE;
            }
            let (x, y) = (i % w, i / w);
            let dx = above[y * w + (x + 1).min(w - 1)] - above[y * w + x.saturating_sub(1)];
            let dy = above[(y + 1).min(h - 1) * w + x] - above[y.saturating_sub(1) * w + x];
            let slope = ((dx * dx + dy * dy).sqrt() * per_mm).max(1.0 / LONGEST_MM);
            let below = -above[i] / slope;
            let of = |mm: [f32; 2]| mm[0] + (mm[1] - mm[0]) * side[i];
            let (free, none) = (of(FREE_MM), of(NONE_MM));
            if below > none { IMPOSSIBLE } else { UNLIKELY * ((below - free) / (none - free)).max(0.0) }
        })
        .collect()
}
