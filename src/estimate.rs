//! How much there is to do: skin, dots, hours and sessions, as ranges.
//!
//! A photo shows a part of the head only. What lies out of sight is counted on the fitted skull where
//! anatomy says what it is; what somebody drew is counted as far as it is seen.

mod rates;
mod skull;

use serde::Serialize;

pub use rates::{Rates, Span};

use crate::density::{Behind, Lattice, Ramp, Region, SkinScale, ZoneMap, weights, within_mm};
use crate::document::{Action, Document, ZoneKind};
use crate::dots::{BARE_ENOUGH, SESSION_SHARES, treated_region};
use crate::head::Head;
use crate::space::PhotoPoint;

/// Error of an area beyond that of its lengths, as a share: where parts of the head end is a
/// convention.
const BORDERS: f64 = 0.03;
/// A part of which less than this share is seen is taken for as dense as the plan's full density says.
const SEEN_ENOUGH: f64 = 0.1;

/// A part of the head.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Which part.
    pub kind: ZoneKind,
    /// Scalp of it that this photo shows, cm².
    pub seen_cm2: Span,
    /// Scalp of it on the whole head, cm²; only of parts that anatomy gives.
    pub whole_cm2: Option<Span>,
    /// Dots of the finished treatment in it: on the whole head where that is known, else as seen.
    pub dots: Span,
}

/// How much there is to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// The parts that anatomy gives, as the plan treats them.
    pub parts: Vec<Part>,
    /// The plan's zones in their order.
    pub zones: Vec<Part>,
    /// Scalp that is treated, cm²: the top on the whole head, sides and temples as far as they are
    /// seen and treated.
    pub area_cm2: Span,
    /// Dots of the finished treatment there.
    pub dots: Span,
    /// Dots of each session of the usual three.
    pub session_dots: [Span; 3],
    /// Number of sessions.
    pub sessions: Span,
    /// All sessions together, hours.
    pub hours: Span,
}

/// What was counted of a part.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    mm2: f64,
    treated_mm2: f64,
    dots: f64,
}

impl Counted {
    fn add(&mut self, mm2: f64, treated_mm2: f64, dots: f64) {
        self.mm2 += mm2;
        self.treated_mm2 += treated_mm2;
        self.dots += dots;
    }
}

/// Estimates a plan on its fitted head, whose lattice is `lattice`. `room` tells how much room for dots the photo shows at a
/// place, 0–1; without it sides and temples count only where a zone treats them.
pub fn estimate(
    document: &Document,
    head: &Head,
    lattice: &Lattice,
    rates: Rates,
    room: Option<&dyn Fn(PhotoPoint) -> f32>,
) -> Estimate {
    let places = Places::new(document, head, lattice);
    let mut parts = [Counted::default(); ZoneKind::ANATOMICAL.len()];
    let shares: Vec<Vec<f32>> = document.zones.iter().map(|z| weights(z, lattice)).collect();
    let mut zones = vec![Counted::default(); shares.len()];
    for (i, node) in lattice.nodes().iter().enumerate().filter(|(_, n)| n.mm2 > 0.0) {
        let kind = ZoneKind::ANATOMICAL.iter().position(|kind| within_mm(*kind, node.scalp) > 0.0);
        let kind = kind.unwrap_or(0);
        let top = ZoneKind::ANATOMICAL[kind].ends_at_the_line();
        let at = places.at(i, room, top || room.is_some());
        let mm2 = f64::from(node.mm2);
        let dots = mm2 / 100.0 * at.per_cm2;
        if !top || at.behind {
            parts[kind].add(mm2, if at.per_cm2 > 0.0 { mm2 } else { 0.0 }, dots);
        }
        for (share, counted) in shares.iter().zip(&mut zones) {
            let w = f64::from(share[i]);
            counted.add(w * mm2, w * mm2, w * dots);
        }
    }
    let whole = skull::whole_cm2(document, head);
    sum_up(document, &parts, &whole, &zones, rates.usable())
}

fn sum_up(
    document: &Document,
    parts: &[Counted; 5],
    whole_cm2: &[f64; 5],
    zones: &[Counted],
    rates: Rates,
) -> Estimate {
    let error = 2.0 * document.length_error() + BORDERS;
    let (mut area, mut dots) = (0.0, 0.0);
    let mut named = Vec::new();
    for ((kind, part), &whole) in ZoneKind::ANATOMICAL.into_iter().zip(parts).zip(whole_cm2) {
        let seen = part.mm2 / 100.0;
        let all = if !kind.ends_at_the_line() {
            area += part.treated_mm2 / 100.0;
            part.dots
        } else if seen > SEEN_ENOUGH * whole {
            area += whole * part.treated_mm2 / part.mm2;
            part.dots * whole / seen
        } else {
            area += whole;
            whole * document.dots.per_cm2
        };
        dots += all;
        named.push(Part {
            kind,
            seen_cm2: Span::around(seen.min(whole), error),
            whole_cm2: Some(Span::around(whole, error)),
            dots: Span::around(all, error),
        });
    }
    let zones = document.zones.iter().zip(zones).map(|(zone, counted)| {
        let anatomy = ZoneKind::ANATOMICAL.iter().position(|k| *k == zone.kind);
        let anatomy = anatomy.filter(|_| zone.shape.is_empty()).map(|i| named[i]);
        let own = Part {
            kind: zone.kind,
            seen_cm2: Span::around(counted.mm2 / 100.0, error),
            whole_cm2: None,
            dots: Span::around(counted.dots, error),
        };
        let treated = matches!(zone.action, Action::Treat | Action::ThisIsSkin);
        let part = anatomy.unwrap_or(own);
        if treated { part } else { Part { dots: Span::default(), ..part } }
    });
    let zones = zones.collect();
    let exact = Span { low: dots * (1.0 - error), high: dots * (1.0 + error) };
    let sessions =
        |v: f64| (v / rates.dots_per_session).ceil().clamp(rates.sessions.low, rates.sessions.high);
    let mut before = 0.0;
    let session_dots = SESSION_SHARES.map(|share| {
        let new = f64::from(share) - std::mem::replace(&mut before, f64::from(share));
        Span::around(dots * new, error)
    });
    let hours = |v: f64, of_session: f64| v / rates.dots_per_session * of_session;
    Estimate {
        parts: named,
        zones,
        area_cm2: Span::around(area, error),
        dots: exact.rounded(),
        session_dots,
        sessions: Span { low: sessions(exact.low), high: sessions(exact.high) },
        hours: Span {
            low: hours(exact.low, rates.session_hours.low),
            high: hours(exact.high, rates.session_hours.high),
        }
        .rounded(),
    }
}

/// Less room than this, 0–1, is under hair that hides the skin.
const HIDDEN: f32 = 0.3;

/// Share of what the plan treats on the top of the head, as far as it is seen, that longer hair covers:
/// where `bare` (0–1) says that skin is hardly seen.
pub fn long_hair_share(
    document: &Document,
    head: &Head,
    lattice: &Lattice,
    bare: impl Fn(PhotoPoint) -> f32,
) -> f64 {
    let places = Places::new(document, head, lattice);
    let (mut hidden, mut all) = (0.0, 0.0);
    for (i, node) in lattice.nodes().iter().enumerate().filter(|(_, n)| n.mm2 > 0.0) {
        let top =
            ZoneKind::ANATOMICAL.iter().any(|k| k.ends_at_the_line() && within_mm(*k, node.scalp) > 0.0);
        if top && places.at(i, None, true).per_cm2 > 0.0 {
            let mm2 = f64::from(node.mm2);
            all += mm2;
            hidden += if bare(lattice.at(i)) < HIDDEN { mm2 } else { 0.0 };
        }
    }
    if all > 0.0 { hidden / all } else { 0.0 }
}

/// What a plan asks for at the points of a lattice.
struct Places<'a> {
    document: &'a Document,
    lattice: &'a Lattice,
    region: Region,
    ramp: Ramp,
    zones: ZoneMap,
}

/// What is asked for at one of them.
struct Place {
    behind: bool,
    per_cm2: f64,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document, head: &Head, lattice: &'a Lattice) -> Self {
        Self {
            document,
            lattice,
            region: treated_region(document, head, &SkinScale::new(head)),
            ramp: Ramp::new(document),
            zones: ZoneMap::new(document, lattice),
        }
    }

    /// `by_line`: what the line alone treats counts.
    fn at(&self, i: usize, room: Option<&dyn Fn(PhotoPoint) -> f32>, by_line: bool) -> Place {
        let (p, node) = (self.lattice.at(i), &self.lattice.nodes()[i]);
        let grid = self.region.grid();
        let mm = grid.cell_of(p).and_then(|cell| match self.region.locate(cell, p, |way| node.mm(way)) {
            Behind::Not => None,
            Behind::Near(mm) => Some(mm),
            Behind::Far => Some(f32::INFINITY),
        });
        let line = mm.filter(|_| by_line).and_then(|mm| self.ramp.at(mm)).map_or(0.0, |local| local.per_cm2);
        let natural = 1.0 + self.document.dots.natural as f32 * (node.natural - 1.0);
        let zones = self.zones.at(grid, p);
        let room = zones.room * room.map_or(1.0, |room| room(p)) + zones.skin;
        let per_cm2 = (line * natural * zones.keep + zones.add) * (BARE_ENOUGH * room).min(1.0);
        Place { behind: mm.is_some() || zones.add > 0.0, per_cm2: f64::from(per_cm2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PhotoSize, Shape, Zone, ZoneDensity};

    fn plan() -> Document {
        Document::starting(PhotoSize { width: 900, height: 1200 })
    }

    fn of(document: &Document) -> Estimate {
        with(document, Rates::default(), None)
    }

    fn with(document: &Document, rates: Rates, room: Option<&dyn Fn(PhotoPoint) -> f32>) -> Estimate {
        let head = document.fitted_head();
        estimate(document, &head, &Lattice::new(&head), rates, room)
    }

    fn middle(span: Span) -> f64 {
        0.5 * (span.low + span.high)
    }

    fn lasso(document: &Document, up: f64, half_px: f64) -> Shape {
        let c = document.head.centre;
        let y = c.y - up * document.head.half_height;
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        Shape::Lasso(corners.map(|(a, b)| PhotoPoint::new(c.x + half_px * a, y + half_px * b)).to_vec())
    }

    #[test]
    fn a_usual_plan_is_what_practitioners_tell() {
        let found = of(&plan());
        // 'Norwood VI' has some 200 cm² (domain.md section A.2), the whole top more.
        assert!((180.0..340.0).contains(&middle(found.area_cm2)), "{found:?}");
        assert!((28_000.0..62_000.0).contains(&middle(found.dots)), "{found:?}");
        assert!(found.sessions.low >= 2.0 && found.sessions.high <= 4.0, "{found:?}");
        assert!(found.hours.low >= 4.0 && found.hours.high <= 30.0, "{found:?}");
        assert!(found.dots.low < found.dots.high && found.hours.low < found.hours.high);
        let sum: f64 = found.session_dots.iter().map(|s| middle(*s)).sum();
        assert!((sum / middle(found.dots) - 1.0).abs() < 0.1);
    }

    #[test]
    fn parts_are_as_large_on_every_photo_of_a_head() {
        let front = of(&plan());
        let mut behind = plan();
        (behind.head.yaw_degrees, behind.head.pitch_degrees) = (180.0, 20.0);
        behind.hairline.points = behind.suggested_points(&behind.fitted_head());
        let back = of(&behind);
        for (a, b) in front.parts.iter().zip(&back.parts) {
            let [a, b] = [a, b].map(|p| middle(p.whole_cm2.unwrap_or_default()));
            assert!(a > 25.0 && (a / b - 1.0).abs() < 0.15, "{front:?} {back:?}");
        }
        let seen = |e: &Estimate, i: usize| middle(e.parts[i].seen_cm2);
        assert!(seen(&front, 0) > seen(&back, 0) && seen(&front, 2) < seen(&back, 2));
    }

    #[test]
    fn a_zone_counts_its_own_skin_and_dots() {
        let mut document = plan();
        let zone = Zone {
            density: ZoneDensity::PerCm2(100.0),
            ..Zone::new(ZoneKind::Freehand, lasso(&document, 0.62, 40.0))
        };
        document.zones = vec![zone];
        let found = of(&document).zones[0];
        let px = document.fitted_head().px_per_mm_at_centre();
        assert!(middle(found.seen_cm2) > (80.0 / px / 10.0) * (80.0 / px / 10.0) * 0.9, "{found:?}");
        assert!((middle(found.dots) / middle(found.seen_cm2) / 100.0 - 1.0).abs() < 0.15, "{found:?}");
        document.zones[0].action = Action::KeepClear;
        assert_eq!(of(&document).zones[0].dots, Span::default());
    }

    #[test]
    fn zones_change_the_sum() {
        let mut document = plan();
        let plain = middle(of(&document).dots);
        document.zones = vec![Zone::new(ZoneKind::Temples, Shape::Anatomy)];
        assert!(middle(of(&document).dots) > plain * 1.02);
        document.zones =
            vec![Zone { action: Action::KeepClear, ..Zone::new(ZoneKind::MidScalp, Shape::Anatomy) }];
        let without = of(&document);
        assert!(middle(without.dots) < plain * 0.85, "{without:?}");
    }

    #[test]
    fn the_clinic_has_its_own_rates() {
        let document = plan();
        let quick = Rates { dots_per_session: 28_000.0, ..Rates::default() };
        let found = with(&document, quick, None);
        assert!(found.hours.high < 0.6 * of(&document).hours.high);
        let silly = Rates {
            dots_per_session: f64::NAN,
            session_hours: Span { low: 3.0, high: 1.0 },
            sessions: Span { low: 0.0, high: 0.0 },
        };
        assert_eq!(with(&document, silly, None), of(&document));
        // Where the photo shows hair everywhere there is nothing to do on what is seen.
        let hair = with(&document, Rates::default(), Some(&|_| 0.0));
        assert!(hair.dots.high < of(&document).dots.low);
    }

    #[test]
    fn hair_is_counted_where_the_plan_treats() {
        let document = plan();
        let head = document.fitted_head();
        let lattice = Lattice::new(&head);
        let middle = document.head.centre.x;
        let half = long_hair_share(&document, &head, &lattice, |p| if p.x < middle { 0.0 } else { 1.0 });
        assert!((half - 0.5).abs() < 0.02, "{half}");
        assert_eq!(long_hair_share(&document, &head, &lattice, |_| 1.0), 0.0);
    }

    #[test]
    fn ranges_are_coarse() {
        let span = Span::around(43_217.0, 0.1);
        assert_eq!((span.low, span.high), (35_000.0, 50_000.0));
        assert_eq!(Span::around(0.0, 0.1), Span::default());
    }
}
