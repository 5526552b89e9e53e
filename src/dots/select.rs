//! Thresholding: a follicle is pigmented when the density asked for at its place exceeds its rank.
//!
//! Nothing is generated. A denser plan, a later session or a line that moves forward only adds
//! dots; each keeps its place.

use super::moment::{Moment, SESSION_SHARES, SESSION_STRENGTHS};
use super::{DotOptics, PlacedFollicle, PlacedFollicles, own_share};
use crate::density::{Behind, Local, Ramp, Region, Side, SkinScale};
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
/// How far a touch misses its follicle in each of two directions (standard deviation), as a share
/// of the spacing that its rank fills, and at most, mm: no hand keeps the spacing of the set, and
/// with all dots exactly there the grain looks like print. It belongs to the follicle, so that a
/// dot stays where it is whatever the density. With it the grain is that of the rendered
/// reference pair (`tests/tone.rs`).
const MISS_SHARE: f32 = 0.08;
const LARGEST_MISS_MM: f32 = 0.11;
/// Where less than this share is asked for there are no dots: the fade of ranks would let the first ones
/// appear, half as strong, even where none are asked for, beside the head too.
const LEAST_HERE: f32 = 0.03;
/// Skin that is half bare, at the rim of what hair there is, is treated like bare skin: hair and
/// dots are to meet.
pub(crate) const BARE_ENOUGH: f32 = 1.7;
/// A healed or fresh dot is opaque at most; heavier touches go a little beyond.
const OPAQUE: f64 = 1.0;

/// How far the uneven edge lies from the line at most, mm for irregularity 1: see
/// [`crate::density::edge_shift_mm`].
const EDGE_SHIFT_MM: f32 = 2.25;

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
                strength: (document.dots.strength * opacity * aged_strength / (spread * spread)).min(OPAQUE)
                    as f32
                    * SESSION_STRENGTHS[session],
            }
        })
        .collect()
}

/// The part of the picture behind a document's line, as far as [`select`] asks; zones are laid over
/// it by [`Region::with_zones`].
pub fn treated_region(document: &Document, head: &Head, scale: &SkinScale) -> Region {
    let reach_mm = Ramp::new(document).reach_mm() + EDGE_SHIFT_MM * document.dots.irregularity as f32;
    Region::new(document, head, scale, reach_mm)
}

/// The dots of a document at a moment, in the order of their follicles; `region` is the document's
/// [`treated_region`].
pub fn select(
    document: &Document,
    region: &Region,
    follicles: &PlacedFollicles,
    moment: &Moment,
) -> Vec<Dot> {
    let plan = Plan::new(document, moment, follicles);
    let mut dots = Vec::with_capacity(follicles.seen.len() / 2);
    for cell in 0..region.grid().len() {
        plan.of_cell(region, cell, &mut dots);
    }
    dots
}

/// The same as [`select`], if nothing but line and zones has changed since `before` was selected in
/// region `was`: cells that both have left alone keep their dots.
pub fn reselect(
    document: &Document,
    region: &Region,
    follicles: &PlacedFollicles,
    moment: &Moment,
    was: &Region,
    before: &[Dot],
) -> Vec<Dot> {
    if was.grid() != region.grid() {
        return select(document, region, follicles, moment);
    }
    let plan = Plan::new(document, moment, follicles);
    let mut dots = Vec::with_capacity(before.len() + before.len() / 8);
    let mut rest = before;
    // Unchanged cells in a row are copied at once.
    let (mut kept, mut unchanged) = (0, 0);
    for cell in 0..region.grid().len() {
        let end = follicles.of_cell(cell).end as u32;
        if region.same(was, cell) {
            unchanged = end;
            continue;
        }
        keep(&mut dots, &mut rest, kept, unchanged);
        let (known, left) = rest.split_at(rest.partition_point(|d| d.place < end));
        rest = left;
        let zoned = region.zones().touches(cell) || was.zones().touches(cell);
        match plan.settled(region.side(cell), was.side(cell)).filter(|_| !zoned) {
            Some(between) => plan.of_settled_cell(region, cell, between, known, &mut dots),
            None => plan.of_cell(region, cell, &mut dots),
        }
        (kept, unchanged) = (end, end);
    }
    keep(&mut dots, &mut rest, kept, unchanged);
    dots
}

/// Moves the dots before follicle `end` from `rest` to `dots`.
fn keep(dots: &mut Vec<Dot>, rest: &mut &[Dot], start: u32, end: u32) {
    if end > start {
        let (kept, left) = rest.split_at(rest.partition_point(|d| d.place < end));
        dots.extend_from_slice(kept);
        *rest = left;
    }
}

/// What is asked of every follicle alike.
struct Plan<'a> {
    follicles: &'a PlacedFollicles,
    ramp: Ramp,
    irregularity: f32,
    natural: f32,
    hand: f32,
    looks: Vec<Look>,
    /// Share of the final density that is shown.
    shown: f32,
    /// The most dots per cm² that are shown anywhere.
    per_cm2: f32,
    /// The same as a share of the set on the canonical skull.
    densest: f32,
}

impl<'a> Plan<'a> {
    fn new(document: &Document, moment: &Moment, follicles: &'a PlacedFollicles) -> Self {
        let ramp = Ramp::new(document);
        let looks = looks(document, moment);
        let shown = looks.last().map_or(0.0, |l| l.share);
        Self {
            follicles,
            ramp,
            irregularity: document.dots.irregularity as f32,
            natural: document.dots.natural as f32,
            hand: document.dots.handwork as f32,
            looks,
            shown,
            per_cm2: ramp.densest_per_cm2() * shown,
            densest: ramp.densest_per_cm2() * shown / follicles.set_per_cm2,
        }
    }

    /// If a cell lies behind the transition both as it is and as it was: the least and the most
    /// density that is and was asked for in it.
    fn settled(&self, is: Side, was: Side) -> Option<[f32; 2]> {
        let shift = EDGE_SHIFT_MM * self.irregularity;
        let range = |side| match side {
            Side::Within(least, most) => Some((least - shift, most + shift)),
            Side::Behind => Some((f32::INFINITY, f32::INFINITY)),
            Side::InFront | Side::Crossed => None,
        };
        let ((a, b), (c, d)) = range(is).zip(range(was))?;
        let (least, most) = (a.min(c), b.max(d));
        let behind = least >= self.ramp.transition_mm();
        let density = |mm| self.ramp.at(mm).map(|l| l.per_cm2);
        behind.then_some(())?;
        Some([density(least)?, density(most)?])
    }

    /// Adds the dots of a cell in which nothing but the density has changed, within these bounds:
    /// the known dots that none of it touches stay as they are.
    fn of_settled_cell(
        &self,
        region: &Region,
        cell: usize,
        [least, most]: [f32; 2],
        known: &[Dot],
        dots: &mut Vec<Dot>,
    ) {
        let range = self.follicles.of_cell(cell);
        let mut known = known.iter().peekable();
        for (place, f) in (range.start as u32..).zip(&self.follicles.seen[range]) {
            let was = known.next_if(|d| d.place == place);
            let at = (f.rank as f32 + 0.5) / self.follicles.set_len as f32;
            let here = self.here(f);
            let scale = here * f.area_ratio / self.follicles.set_per_cm2;
            if at > most * scale * self.shown + 0.5 * FADE {
                continue;
            }
            // Wholly there and of the same session at both ends: the very same dot.
            if at + 0.5 * FADE < least * scale * self.shown
                && self.session(at, least * scale) == self.session(at, most * scale)
                && let Some(was) = was
            {
                dots.push(*was);
                continue;
            }
            if let Some(mm) = self.behind_mm(region, cell, f) {
                dots.extend(
                    self.ramp.at(mm).and_then(|local| self.dot(place, f, at, here, local, self.per_cm2)),
                );
            }
        }
    }

    /// Density at a follicle as a share of what is asked for on the top of a bare head.
    #[inline]
    fn here(&self, f: &PlacedFollicle) -> f32 {
        self.natural(f) * (BARE_ENOUGH * f.bare).min(1.0)
    }

    /// Natural density at a follicle, as far as the plan follows it.
    #[inline]
    fn natural(&self, f: &PlacedFollicle) -> f32 {
        1.0 + self.natural * (f.natural - 1.0)
    }

    /// Index of the session that brings a dot whose rank is the share `at` of all, where the
    /// finished treatment asks for the share `asked`.
    #[inline]
    fn session(&self, at: f32, asked: f32) -> usize {
        let last = self.looks.len() - 1;
        self.looks.iter().position(|l| asked * l.share > at).unwrap_or(last)
    }

    /// How far behind the uneven edge a follicle lies, mm; none in front of the line.
    #[inline]
    fn behind_mm(&self, region: &Region, cell: usize, f: &PlacedFollicle) -> Option<f32> {
        match region.locate(cell, f.photo, |way| f.mm(way)) {
            Behind::Not => None,
            Behind::Far => Some(f32::INFINITY),
            // Shrinking the shift towards the line keeps dots on their own side of it.
            Behind::Near(mm) => Some(mm - self.irregularity * (f.edge_shift_mm * 0.5 + 0.5)),
        }
    }

    /// Adds the dots of a cell.
    fn of_cell(&self, region: &Region, cell: usize, dots: &mut Vec<Dot>) {
        if region.zones().touches(cell) {
            self.of_zoned_cell(region, cell, dots);
            return;
        }
        if region.side(cell) == Side::InFront {
            return;
        }
        let range = self.follicles.of_cell(cell);
        for (place, f) in (range.start as u32..).zip(&self.follicles.seen[range]) {
            let at = (f.rank as f32 + 0.5) / self.follicles.set_len as f32;
            let here = self.here(f);
            // Many follicles are out however far behind the line they lie.
            if at > self.densest * here * f.area_ratio + 0.5 * FADE {
                continue;
            }
            if let Some(mm) = self.behind_mm(region, cell, f) {
                dots.extend(
                    self.ramp.at(mm).and_then(|local| self.dot(place, f, at, here, local, self.per_cm2)),
                );
            }
        }
    }

    /// Adds the dots of a cell that zones reach into.
    fn of_zoned_cell(&self, region: &Region, cell: usize, dots: &mut Vec<Dot>) {
        let range = self.follicles.of_cell(cell);
        for (place, f) in (range.start as u32..).zip(&self.follicles.seen[range]) {
            let at = (f.rank as f32 + 0.5) / self.follicles.set_len as f32;
            let zones = region.zones().at(region.grid(), f.photo);
            // What the line alone asks for; nothing in front of it.
            let line = self.behind_mm(region, cell, f).and_then(|mm| self.ramp.at(mm));
            let line = line.unwrap_or(Local { per_cm2: 0.0, diameter: 1.0, strength: 1.0 });
            let asked = line.per_cm2 * self.natural(f);
            let per_cm2 = (asked * zones.keep + zones.add).min(self.follicles.set_per_cm2);
            let room = (BARE_ENOUGH * (zones.room * f.bare + zones.skin * f.scalp)).min(1.0);
            if per_cm2 <= 0.0 || room <= 0.0 {
                continue;
            }
            // Dots of the line and of zones pass into each other where both ask for some.
            let of_both = asked * zones.keep + zones.add;
            let local = Local {
                per_cm2,
                diameter: (asked * zones.keep * line.diameter + zones.add) / of_both,
                strength: (asked * zones.keep_mass * line.strength + zones.add_mass) / of_both,
            };
            let full = self.per_cm2.max(per_cm2 * self.shown);
            dots.extend(self.dot(place, f, at, room, local, full));
        }
    }

    /// The dot at a follicle whose rank is the share `at` of all, where density is the share
    /// `here` of what is asked at the top and at most `full` dots per cm² are shown; none if it is
    /// not pigmented.
    #[inline]
    fn dot(
        &self,
        place: u32,
        f: &PlacedFollicle,
        at: f32,
        here: f32,
        local: Local,
        full: f32,
    ) -> Option<Dot> {
        if here < LEAST_HERE {
            return None;
        }
        let per_cm2 = local.per_cm2 * here;
        let asked = per_cm2 * f.area_ratio / self.follicles.set_per_cm2;
        let weight = ((asked * self.shown - at) / FADE + 0.5).clamp(0.0, 1.0);
        if weight <= 0.0 {
            return None;
        }
        // A dot looks like the session that brought it.
        let look = self.looks[self.session(at, asked)];
        let (hand, touch) = (self.hand, f.touch);
        // Ranks up to this one have a square of this side each, mm.
        let spacing = 10.0 / (at * self.follicles.set_per_cm2).max(1e-3).sqrt();
        let miss = hand * (MISS_SHARE * spacing).min(LARGEST_MISS_MM);
        let diameter = look.diameter_mm * local.diameter * (1.0 + hand * DIAMETER_CV * touch.diameter);
        let strength = look.strength * local.strength * (1.0 + hand * STRENGTH_CV * touch.strength) * weight;
        // A Gaussian with the peak and the integral of a disc of that diameter: 2πσ² = π d²/4.
        let variance = diameter * diameter / 8.0;
        let area = std::f32::consts::FRAC_PI_4 * diameter * diameter;
        // Overlap is that of the full density: a dot must not change when only its neighbours do.
        let own = own_share(full, diameter, strength);
        Some(Dot {
            photo: f.beside(miss * touch.place[0], miss * touch.place[1]),
            covariance: f.spot.map(|v| v * variance),
            mass: strength * area * own * f.px2_per_mm2,
            diameter_mm: diameter,
            strength,
            rank: f.rank,
            place,
        })
    }
}
