//! What is wrong with a photo, and what to do about it.
//!
//! [`Measures`] are taken from photo, head and skin; [`advise`] is a function of these numbers alone.

use serde::Serialize;

use crate::face::FaceMesh;
use crate::head::Head;
use crate::photo::Photo;
use crate::skin::Skin;
use crate::space::{PhotoPoint, ScalpPoint};

/// Codes (0–255) of the brightest place of a photo (99 of 100 pixels are darker) below which it is
/// too dark: somebody's skin may be dark, but some place of a well-lit photo is bright.
const TOO_DARK: f64 = 110.0;
/// A pixel of this code in its brightest and darkest channel is blown out, and this share of the
/// head is too much of it.
const BLOWN_CODE: u8 = 250;
const TOO_BRIGHT: f64 = 0.03;
/// σ of the photo's blur, px and mm on the skin, beyond which dots of half a millimetre melt.
const BLURRED_PX: f64 = 2.4;
const BLURRED_MM: f64 = 0.5;
/// Px per mm below which a dot is no pixel.
const LEAST_PX_PER_MM: f64 = 1.8;
/// Head breadth below this share of the photo's shorter side is too small, if there are fewer than
/// so many px per mm too.
const SMALL_HEAD: f64 = 0.25;
const SMALL_PX_PER_MM: f64 = 3.0;
/// Share of the head's outline beyond the photo's edge.
const CUT_OFF: f64 = 0.03;
/// Share of the top of the head that is under hair or a hat.
const COVERED: f64 = 0.5;
/// Turn, degrees, beyond which the mesh of a face is guessed.
const TURNED: f64 = 45.0;
/// Height on the unit skull above which it is its top, and how little room for dots is covered.
const TOP: f32 = 0.55;
const NO_ROOM: f32 = 0.3;

/// What is asked of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measures {
    /// Code (0–255) that 99 of 100 pixels of the photo are darker than, green.
    pub brightest_code: f64,
    /// Share of the head that is blown out.
    pub blown_share: f64,
    /// σ of the photo's own blur, px.
    pub blur_px: f64,
    /// Photo px per mm at the skull's centre.
    pub px_per_mm: f64,
    /// Breadth of the head as a share of the photo's shorter side.
    pub head_share: f64,
    /// Share of the head's outline beyond the photo's edge.
    pub cut_off_share: f64,
    /// Share of the top of the head, as far as it is seen, under thick hair or a hat.
    pub covered_share: f64,
    /// Turn of the head, degrees.
    pub yaw_degrees: f64,
    /// Whether a face was looked for and found; none if it was not looked for.
    pub face_found: Option<bool>,
}

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Good to know.
    Information,
    /// The preview will suffer.
    Warning,
}

/// A remark on a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Stable name, under which a page looks up its own wording.
    pub code: &'static str,
    /// What is wrong and what to do, in English.
    pub text: &'static str,
    /// How much it matters.
    pub weight: Weight,
}

impl Measures {
    /// Measures a photo. `mesh` is none where no face was looked for, and `Some(None)` where none was
    /// found.
    pub fn of(photo: &Photo, head: &Head, skin: &Skin, mesh: Option<Option<&FaceMesh>>) -> Self {
        let placement = head.placement();
        let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
        let outline = placement.outline(180);
        let beyond = |p: &&PhotoPoint| !((0.0..width).contains(&p.x) && (0.0..height).contains(&p.y));
        let share = |some: usize, all: usize| some as f64 / all.max(1) as f64;
        Self {
            brightest_code: brightest_code(photo),
            blown_share: blown_share(photo, head),
            blur_px: f64::from(skin.blur_px),
            px_per_mm: head.px_per_mm_at_centre(),
            head_share: 2.0 * placement.half_width / width.min(height).max(1.0),
            cut_off_share: share(outline.iter().filter(beyond).count(), outline.len()),
            covered_share: covered_share(head, skin),
            yaw_degrees: placement.yaw_degrees,
            face_found: mesh.map(|m| m.is_some()),
        }
    }
}

/// About so many pixels along each side are asked.
const ASKED: u32 = 300;

/// Calls `ask` with pixels spread over the photo.
fn each_asked(photo: &Photo, mut ask: impl FnMut(PhotoPoint, &[u8])) {
    let (width, height) = (photo.width(), photo.height());
    for y in (0..height).step_by((height / ASKED).max(1) as usize) {
        for x in (0..width).step_by((width / ASKED).max(1) as usize) {
            let at = (y as usize * width as usize + x as usize) * 4;
            ask(PhotoPoint::new(f64::from(x) + 0.5, f64::from(y) + 0.5), &photo.rgba()[at..at + 4]);
        }
    }
}

fn brightest_code(photo: &Photo) -> f64 {
    let mut counts = [0usize; 256];
    each_asked(photo, |_, p| counts[usize::from(p[1])] += 1);
    let left = counts.iter().sum::<usize>() / 100;
    let mut above = 0;
    let code = (0..256).rev().find(|&code| {
        above += counts[code];
        above > left
    });
    code.unwrap_or(0) as f64
}

fn blown_share(photo: &Photo, head: &Head) -> f64 {
    let (mut blown, mut all) = (0usize, 0usize);
    each_asked(photo, |at, p| {
        if head.outline_contains(at, 0.97) {
            all += 1;
            blown += usize::from(p[..3].iter().all(|c| *c >= BLOWN_CODE));
        }
    });
    blown as f64 / all.max(1) as f64
}

fn covered_share(head: &Head, skin: &Skin) -> f64 {
    let (mut covered, mut all) = (0usize, 0usize);
    for i in -20..=20i16 {
        for k in -20..=20i16 {
            let (x, z) = (f32::from(i) / 20.0, f32::from(k) / 20.0);
            let y2 = 1.0 - x * x - z * z;
            if y2 < TOP * TOP {
                continue;
            }
            let place = head.project(ScalpPoint { x, y: y2.sqrt(), z });
            if place.cosine > 0.2 {
                all += 1;
                covered += usize::from(skin.room.at(place.photo) < NO_ROOM);
            }
        }
    }
    covered as f64 / all.max(1) as f64
}

/// What to tell about a photo of those measures, what matters most first.
pub fn advise(m: &Measures) -> Vec<Remark> {
    use Weight::{Information, Warning};
    let small = m.head_share < SMALL_HEAD && m.px_per_mm < SMALL_PX_PER_MM;
    let remarks = [
        (
            m.cut_off_share > CUT_OFF,
            "head_cut_off",
            "Part of the head is outside of the photo. Ask someone to take it again with some room around the whole head.",
            Warning,
        ),
        (
            small,
            "face_too_small",
            "The head is small in this photo. Ask someone to come closer, until the head fills about half of the picture's width.",
            Warning,
        ),
        (
            !small && m.px_per_mm < LEAST_PX_PER_MM,
            "low_resolution",
            "This photo has too few pixels for dots of half a millimetre. Use the camera's own file instead of one sent by a messenger, or ask someone to come closer.",
            Warning,
        ),
        (
            m.blur_px > BLURRED_PX || m.blur_px > BLURRED_MM * m.px_per_mm && m.px_per_mm >= LEAST_PX_PER_MM,
            "blurred",
            "This photo is blurred. Ask someone to hold the camera still, tap on the head to focus, and use more light.",
            Warning,
        ),
        (
            m.brightest_code < TOO_DARK,
            "too_dark",
            "This photo is too dark. Ask someone to take it facing a window, or with the lights on.",
            Warning,
        ),
        (
            m.blown_share > TOO_BRIGHT,
            "too_bright",
            "Part of the head is so bright that no skin is seen. Move out of the sun or away from the lamp, switch the flash off, and take it again.",
            Warning,
        ),
        (
            m.covered_share > COVERED,
            "hair_covers_scalp",
            "Hair or a hat covers the scalp. Take the hat off, part or wet the hair so that skin is seen, or take the photo after shaving.",
            Warning,
        ),
        (
            m.face_found == Some(true) && m.yaw_degrees.abs() > TURNED,
            "strong_turn",
            "The head is turned far to the side. Ask someone to take it from the front, or from half a turn at most; other views can be added.",
            Warning,
        ),
        (
            m.face_found == Some(false),
            "no_face",
            "No face was found, which is as it should be from behind or from above. If a face is seen, place the head by hand.",
            Information,
        ),
    ];
    remarks.into_iter().filter(|r| r.0).map(|(_, code, text, weight)| Remark { code, text, weight }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Measures = Measures {
        brightest_code: 210.0,
        blown_share: 0.0,
        blur_px: 0.8,
        px_per_mm: 5.0,
        head_share: 0.5,
        cut_off_share: 0.0,
        covered_share: 0.1,
        yaw_degrees: 10.0,
        face_found: Some(true),
    };

    #[test]
    fn a_good_photo_gets_no_remark() {
        assert_eq!(advise(&GOOD), []);
        assert_eq!(advise(&Measures { face_found: None, yaw_degrees: 180.0, ..GOOD }), []);
    }

    #[test]
    fn each_fault_gets_its_own_remark() {
        for (code, measures) in [
            ("head_cut_off", Measures { cut_off_share: 0.1, ..GOOD }),
            ("face_too_small", Measures { head_share: 0.1, px_per_mm: 1.0, ..GOOD }),
            ("low_resolution", Measures { px_per_mm: 1.2, blur_px: 0.5, ..GOOD }),
            ("blurred", Measures { blur_px: 2.8, px_per_mm: 9.0, ..GOOD }),
            ("blurred", Measures { blur_px: 1.4, px_per_mm: 2.2, ..GOOD }),
            ("too_dark", Measures { brightest_code: 70.0, ..GOOD }),
            ("too_bright", Measures { blown_share: 0.1, ..GOOD }),
            ("hair_covers_scalp", Measures { covered_share: 0.9, ..GOOD }),
            ("strong_turn", Measures { yaw_degrees: -60.0, ..GOOD }),
            ("no_face", Measures { face_found: Some(false), yaw_degrees: 180.0, ..GOOD }),
        ] {
            let codes: Vec<&str> = advise(&measures).iter().map(|r| r.code).collect();
            assert_eq!(codes, [code]);
        }
    }

    #[test]
    fn every_remark_says_what_to_do_and_only_no_face_is_mere_information() {
        let worst = Measures {
            brightest_code: 0.0,
            blown_share: 1.0,
            blur_px: 3.0,
            px_per_mm: 1.0,
            head_share: 0.5,
            cut_off_share: 1.0,
            covered_share: 1.0,
            yaw_degrees: 80.0,
            face_found: Some(true),
        };
        let remarks = advise(&worst);
        assert_eq!(remarks.len(), 7);
        assert!(remarks.iter().all(|r| r.weight == Weight::Warning && r.text.matches(". ").count() >= 1));
    }
}
