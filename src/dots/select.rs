//! Thresholding: a follicle is pigmented when the density asked for at its place exceeds its rank.
//!
//! Nothing is generated. A denser plan, a later session or a line that moves forward only adds
//! dots; each keeps its place.

use super::moment::{Moment, SESSION_SHARES, SESSION_STRENGTHS};
use super::{DotOptics, PlacedFollicles, own_share};
use crate::density::{Behind, Ramp, Region};
use crate::document::Document;
use crate::head::Head;
use crate::pigment;
use crate::space::PhotoPoint;

/// Width of the fade around the threshold as a share of all ranks, so that nothing pops; a linear
/// ramp centred on the threshold keeps the expected mass (stipple.md section 2).
const FADE: f32 = 0.02;
/// Spread of dot diameters (coefficient of variation); domain.md row 9.
const DIAMETER_CV: f32 = 0.15;
/// Spread of dot strengths (coefficient of variation); domain.md row 9.
const STRENGTH_CV: f32 = 0.20;
/// How far a touch misses its follicle, mm in each of two directions (standard deviation): no hand
/// keeps the spacing of the set, and with all dots exactly there the grain looks like print. The
/// place and the rank of the follicle stay.
const MISS_MM: f32 = 0.065;

/// One dot as it lies in the photo: a Gaussian spot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub photo: PhotoPoint,
    /// Covariance xx, xy, yy in photo px²: pigment and scatter, foreshortened.
    pub covariance: [f32; 3],
    /// Integral of its coverage over the photo, px².
    pub mass: f32,
    /// Effective diameter on the skin, mm.
    pub diameter_mm: f32,
    /// Opacity at the middle, the fade included. About 0–1; a heavy touch leaves more pigment than
    /// a covered place needs.
    pub strength: f32,
    /// Rank of its follicle.
    pub rank: u32,
    /// Where its follicle stands among the placed ones.
    pub place: u32,
}

/// How the dots of one session look at a moment.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// Share of the asked density up to and with this session.
    share: f32,
    diameter_mm: f32,
    strength: f32,
}

/// The looks of all sessions up to the moment's: only the last one can still be healing.
fn looks(document: &Document, moment: &Moment) -> Vec<Look> {
    let optics = DotOptics::of_diameter(document.dots.diameter_mm);
    let aged_strength = pigment::retention(moment.years());
    let spread = pigment::spread(moment.years());
    (0..=moment.index())
        .map(|session| {
            let (opacity, core) =
                if session == moment.index() { moment.healing(optics.core_mm) } else { (1.0, 1.0) };
            Look {
                share: SESSION_SHARES[session],
                diameter_mm: (optics.effective_mm(core) * spread) as f32,
                // Pigment that spreads covers a larger place more thinly.
                strength: (document.dots.strength * opacity * aged_strength / (spread * spread)) as f32
                    * SESSION_STRENGTHS[session],
            }
        })
        .collect()
}

/// The part of the picture that a document treats, as far as [`select`] asks.
pub fn treated_region(document: &Document, head: &Head) -> Region {
    // Skin is longer than it looks, so px at the centre's scale reach at least that many mm.
    let nearest_scale = head.px_per_mm_at_centre() * 1.3;
    let irregularity = document.dots.irregularity as f32;
    let reach_mm = Ramp::new(document).reach_mm() + 4.0 * irregularity;
    Region::new(document, head, f64::from(reach_mm) * nearest_scale)
}

/// The dots of a document at a moment, in the order of their follicles; `region` is the document's
/// [`treated_region`].
pub fn select(
    document: &Document,
    region: &Region,
    follicles: &PlacedFollicles,
    moment: &Moment,
) -> Vec<Dot> {
    let ramp = Ramp::new(document);
    let irregularity = document.dots.irregularity as f32;
    let natural = document.dots.natural as f32;
    let hand = document.dots.handwork as f32;
    let looks = looks(document, moment);
    let shown = looks.last().map_or(0.0, |l| l.share);
    let ranks = follicles.set_len as f32;
    let densest = ramp.densest_per_cm2() * shown / follicles.set_per_cm2;

    let mut dots = Vec::with_capacity(follicles.seen.len() / 2);
    for (place, f) in (0..).zip(&follicles.seen) {
        let at = (f.rank as f32 + 0.5) / ranks;
        // Most follicles of a sparse plan are out whatever lies where they are.
        let most = densest * f.area_ratio * f.bare;
        if at > most + 0.5 * FADE {
            continue;
        }
        let mm = match region.locate(f.photo) {
            Behind::Not => continue,
            Behind::Far => f32::INFINITY,
            Behind::Near { px, towards } => {
                // Shrinking the shift towards the line keeps dots on their own side of it.
                px as f32 * f.mm_per_px(towards) - irregularity * (f.edge_shift_mm * 0.5 + 0.5)
            }
        };
        let Some(local) = ramp.at(mm) else { continue };
        let per_cm2 = local.per_cm2 * (1.0 + natural * (f.natural - 1.0)) * f.bare;
        let asked = per_cm2 * f.area_ratio / follicles.set_per_cm2;
        let weight_of = |share: f32| ((asked * share - at) / FADE + 0.5).clamp(0.0, 1.0);
        let weight = weight_of(shown);
        if weight <= 0.0 {
            continue;
        }
        // A dot looks like the session that brought it.
        let Some(look) = looks.iter().find(|l| weight_of(l.share) > 0.5).or(looks.last()) else { continue };
        let touch = f.touch;
        let diameter = look.diameter_mm * local.diameter * (1.0 + hand * DIAMETER_CV * touch.diameter);
        let strength = look.strength * local.strength * (1.0 + hand * STRENGTH_CV * touch.strength) * weight;
        // A Gaussian with the peak and the integral of a disc of that diameter: 2πσ² = π d²/4.
        let variance = diameter * diameter / 8.0;
        let area = std::f32::consts::FRAC_PI_4 * diameter * diameter;
        let own = own_share(per_cm2 * shown, diameter, strength);
        dots.push(Dot {
            photo: f.beside(hand * MISS_MM * touch.place[0], hand * MISS_MM * touch.place[1]),
            covariance: f.spot.map(|v| v * variance),
            mass: strength * area * own * f.px2_per_mm2,
            diameter_mm: diameter,
            strength,
            rank: f.rank,
            place,
        });
    }
    dots
}
