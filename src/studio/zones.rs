//! Zones in the studio: drawing, changing and finding them. Each change is a step of the history, or
//! part of the open gesture.

use std::sync::Arc;

use super::Studio;
use crate::density::{Lattice, weights};
use crate::document::{self, Shape, Stroke, Touch, Zone};
use crate::space::PhotoPoint;

/// A zone belongs to a place from this share on.
const HIT: f32 = 0.5;

/// How much of a zone there is, as a picture to be laid over the photo.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneMask {
    /// Where the first point lies, photo px.
    pub origin: PhotoPoint,
    /// From one point to the next, photo px.
    pub step_px: f64,
    /// Points on a side.
    pub side: usize,
    /// Row by row, 255 where the zone is whole.
    pub bytes: Vec<u8>,
}

impl Studio {
    /// The zones, later ones over earlier ones.
    pub fn zones(&self) -> &[Zone] {
        &self.document().zones
    }

    /// Adds a zone over all others: its index, or none when the plan holds as much as it may.
    pub fn add_zone(&mut self, zone: Zone) -> Option<usize> {
        let mut zones = self.zones().to_vec();
        zones.push(zone);
        let last = zones.len() - 1;
        self.accept(zones, last).then_some(last)
    }

    /// Changes a zone. False, and nothing is changed, where there is none or the plan would hold more
    /// than it may.
    pub fn set_zone(&mut self, index: usize, zone: Zone) -> bool {
        let mut zones = self.zones().to_vec();
        let Some(place) = zones.get_mut(index) else { return false };
        *place = zone;
        self.accept(zones, index)
    }

    /// Takes a zone away.
    pub fn remove_zone(&mut self, index: usize) -> bool {
        let there = index < self.zones().len();
        if there {
            self.history.change(|d| drop(d.zones.remove(index)));
        }
        there
    }

    /// Puts a zone over (a later place) or under others.
    pub fn reorder_zone(&mut self, from: usize, to: usize) -> bool {
        let n = self.zones().len();
        let there = from < n && to < n;
        if there {
            self.history.change(|d| {
                let zone = d.zones.remove(from);
                d.zones.insert(to, zone);
            });
        }
        there
    }

    /// Moves a point of a zone's shape to a photo point.
    pub fn move_zone_point(&mut self, index: usize, point: usize, to: PhotoPoint) -> bool {
        self.reshape(index, |shape| shape.points_mut().nth(point).map(|p| *p = to).is_some())
    }

    /// Moves a whole zone by so many photo px.
    pub fn shift_zone(&mut self, index: usize, [dx, dy]: [f64; 2]) -> bool {
        self.reshape(index, |shape| {
            shape.points_mut().for_each(|p| *p = PhotoPoint::new(p.x + dx, p.y + dy));
            !shape.is_empty()
        })
    }

    /// Begins a brush stroke in a zone, which becomes one of strokes if it was without a shape;
    /// [`Studio::stroke_to`] carries it on.
    pub fn begin_stroke(&mut self, index: usize, radius_px: f64, erase: bool) -> bool {
        self.reshape(index, |shape| {
            if shape.is_empty() {
                *shape = Shape::Brush(Vec::new());
            }
            let Shape::Brush(strokes) = shape else { return false };
            strokes.push(Stroke { touches: Vec::new(), radius_px, erase });
            true
        })
    }

    /// Carries the latest stroke of a zone on; `pressure` 0–1.
    pub fn stroke_to(&mut self, index: usize, photo: PhotoPoint, pressure: f64) -> bool {
        self.reshape(index, |shape| match shape {
            Shape::Brush(strokes) => {
                strokes.last_mut().map(|s| s.touches.push(Touch { photo, pressure })).is_some()
            }
            _ => false,
        })
    }

    /// The topmost zone at a photo point.
    pub fn zone_at(&self, p: PhotoPoint) -> Option<usize> {
        let lattice = self.lattice();
        let off = |i: &usize| lattice.at(*i).distance(p);
        let nearest = (0..lattice.nodes().len()).min_by(|a, b| off(a).total_cmp(&off(b)))?;
        self.zones().iter().rposition(|zone| weights(zone, lattice)[nearest] >= HIT)
    }

    /// How much of a zone there is around the head.
    pub fn zone_mask(&self, index: usize) -> Option<ZoneMask> {
        let zone = self.zones().get(index)?;
        let lattice = self.lattice();
        let byte = |w: f32| (w * 255.0 + 0.5) as u8;
        Some(ZoneMask {
            origin: lattice.at(0),
            step_px: lattice.at(1).x - lattice.at(0).x,
            side: lattice.side(),
            bytes: weights(zone, lattice).into_iter().map(byte).collect(),
        })
    }

    /// Made when it is asked for first.
    pub(super) fn lattice(&self) -> &Lattice {
        self.lattice.get_or_init(|| Lattice::new(&self.head))
    }

    fn reshape(&mut self, index: usize, edit: impl FnOnce(&mut Shape) -> bool) -> bool {
        let mut zones = self.zones().to_vec();
        let Some(zone) = zones.get_mut(index) else { return false };
        edit(Arc::make_mut(&mut zone.shape)) && self.accept(zones, index)
    }

    /// Takes zones of which one was changed, if the plan may hold them.
    fn accept(&mut self, mut zones: Vec<Zone>, changed: usize) -> bool {
        if document::unusable_zones(&zones).is_some() {
            return false;
        }
        if let Some(zone) = zones.get_mut(changed) {
            zone.bring_into_range(self.document().photo);
        }
        self.history.change(|d| d.zones = zones);
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::{Document, MOST_POINTS, MOST_ZONES, PhotoSize, ZoneKind};

    fn studio() -> (Studio, PhotoPoint) {
        let studio = Studio::new(PhotoSize { width: 900, height: 1200 });
        let head = &studio.document().head;
        let top = PhotoPoint::new(head.centre.x, head.centre.y - 0.6 * head.half_height);
        (studio, top)
    }

    fn square(p: PhotoPoint) -> Zone {
        let corners = [(-30.0, -30.0), (30.0, -30.0), (30.0, 30.0), (-30.0, 30.0)];
        let points = corners.map(|(x, y)| PhotoPoint::new(p.x + x, p.y + y));
        Zone::new(ZoneKind::Freehand, Shape::Lasso(points.to_vec()))
    }

    #[test]
    fn every_change_is_a_step_that_can_be_undone() {
        let (mut studio, top) = studio();
        let start = studio.document().clone();
        assert_eq!(studio.add_zone(square(top)), Some(0));
        assert_eq!(studio.add_zone(Zone::new(ZoneKind::Crown, Shape::Anatomy)), Some(1));
        studio.begin();
        for k in 0..5 {
            assert!(studio.move_zone_point(0, 2, PhotoPoint::new(top.x + f64::from(k), top.y + 50.0)));
        }
        studio.commit();
        assert!(studio.shift_zone(0, [3.0, -4.0]) && studio.reorder_zone(0, 1));
        assert_eq!(studio.zones()[0].kind, ZoneKind::Crown);
        assert!(studio.remove_zone(0) && !studio.remove_zone(7) && !studio.move_zone_point(0, 99, top));
        for _ in 0..6 {
            assert!(studio.undo());
        }
        assert!(*studio.document() == start && !studio.undo());
    }

    #[test]
    fn a_stroke_is_drawn_and_found_again() {
        let (mut studio, top) = studio();
        let i = studio.add_zone(Zone::new(ZoneKind::Freehand, Shape::Anatomy)).unwrap();
        assert_eq!(studio.zone_at(top), None);
        studio.begin();
        assert!(studio.begin_stroke(i, 25.0, false));
        for k in 0..10 {
            assert!(studio.stroke_to(i, PhotoPoint::new(top.x + f64::from(k) * 4.0, top.y), 1.0));
        }
        studio.commit();
        assert_eq!(studio.zone_at(top), Some(i));
        let mask = studio.zone_mask(i).unwrap();
        assert_eq!(mask.bytes.len(), mask.side * mask.side);
        assert!(mask.bytes.contains(&255) && mask.bytes.contains(&0));
        let again = Document::from_json(&studio.document().to_json()).unwrap();
        assert_eq!(again, *studio.document());
    }

    #[test]
    fn a_plan_never_holds_more_than_can_be_read_again() {
        let (mut studio, top) = studio();
        while studio.add_zone(square(top)).is_some() {}
        assert_eq!(studio.zones().len(), MOST_ZONES);
        let long = Zone::new(ZoneKind::Freehand, Shape::Lasso(vec![top; MOST_POINTS + 1]));
        assert!(!studio.set_zone(0, long));
        assert!(!studio.shift_zone(0, [f64::NAN, 0.0]));
        assert!(Document::from_json(&studio.document().to_json()).is_ok());
    }
}
