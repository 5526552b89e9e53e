//! Points that come, go, and change sides.

use super::{Hairline, POINT_COUNT, catmull_rom};
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// A new point keeps this share of the way between its neighbours from either.
const BESIDE: f64 = 0.05;
/// Places asked on the way between two points for the nearest.
const ASKED: usize = 48;

/// A side of the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodySide {
    /// The subject's right: the first half of the points.
    Right,
    /// The subject's left.
    Left,
}

impl Hairline {
    /// Adds a point on the curve, where it is nearest to a photo point, and one at the same place of
    /// the other side, so that the number stays odd. The index of the former; none when the line has
    /// as many points as it may.
    pub fn insert_near(&mut self, near: PhotoPoint) -> Option<usize> {
        if self.points.len() + 2 > *POINT_COUNT.end() {
            return None;
        }
        let places = (0..self.points.len() - 1)
            .flat_map(|piece| (0..=ASKED).map(move |k| (piece, k as f64 / ASKED as f64)));
        let (piece, t) = places
            .map(|(piece, t)| (piece, t, self.on_curve(piece, t).distance(near)))
            .min_by(|a, b| a.2.total_cmp(&b.2))
            .map(|(piece, t, _)| (piece, t.clamp(BESIDE, 1.0 - BESIDE)))?;
        let other = self.points.len() - 2 - piece;
        let (here, there) = (self.on_curve(piece, t), self.on_curve(other, 1.0 - t));
        // The later one first, so that the earlier index still holds.
        let mut new = [(piece, here), (other, there)];
        new.sort_by_key(|(after, _)| std::cmp::Reverse(*after));
        for (after, point) in new {
            self.points.insert(after + 1, point);
        }
        Some(if piece < other { piece + 1 } else { piece + 2 })
    }

    /// Takes a point and its counterpart away. False for the mid-frontal point and where too few
    /// would be left.
    pub fn remove(&mut self, i: usize) -> bool {
        let n = self.points.len();
        if i >= n || i == self.middle() || n < *POINT_COUNT.start() + 2 {
            return false;
        }
        let other = self.counterpart(i);
        self.points.remove(i.max(other));
        self.points.remove(i.min(other));
        true
    }

    /// Makes the other side like this one, and puts the mid-frontal point onto the midline.
    pub fn mirror(&mut self, from: BodySide, head: &Head) {
        let middle = self.middle();
        for i in 0..middle {
            let other = self.counterpart(i);
            match from {
                BodySide::Right => self.points[other] = head.mirror(self.points[i]),
                BodySide::Left => self.points[i] = head.mirror(self.points[other]),
            }
        }
        self.points[middle] = on_midline(head, self.points[middle]);
        self.asymmetry_mm = 0.0;
    }

    fn on_curve(&self, piece: usize, t: f64) -> PhotoPoint {
        catmull_rom(self.around(piece), t)
    }
}

/// The place of the midline as high as that of a photo point.
pub fn on_midline(head: &Head, p: PhotoPoint) -> PhotoPoint {
    let here = head.unproject(p).scalp;
    let r = (here.y * here.y + here.z * here.z).sqrt().max(1e-6);
    head.project(ScalpPoint { x: 0.0, y: here.y / r, z: here.z / r }).photo
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::{Document, PhotoSize};

    fn plan() -> (Hairline, Head) {
        let document = Document::starting(PhotoSize { width: 900, height: 1200 });
        let head = document.fitted_head();
        (document.hairline, head)
    }

    #[test]
    fn a_point_comes_with_its_counterpart_and_the_curve_hardly_moves() {
        for piece in 0..6 {
            let (mut line, head) = plan();
            let before = line.polyline(1.0);
            let asked = line.on_curve(piece, 0.4);
            let i = line.insert_near(asked).unwrap();
            assert_eq!(line.points.len(), 9);
            assert!(line.points[i].distance(asked) < 4.0, "{piece}");
            let mirrored = head.mirror(line.points[i]);
            assert!(line.points[line.counterpart(i)].distance(mirrored) < 1.0, "{piece}");
            assert!(line.points.windows(2).all(|w| w[0].x < w[1].x));
            let off = |p: &PhotoPoint| before.iter().map(|q| p.distance(*q)).fold(f64::INFINITY, f64::min);
            assert!(line.polyline(1.0).iter().map(off).fold(0.0, f64::max) < 6.0, "{piece}");
        }
    }

    #[test]
    fn what_was_inserted_can_be_removed() {
        let (mut line, _) = plan();
        let start = line.clone();
        let i = line.insert_near(start.on_curve(4, 0.5)).unwrap();
        assert!(line.remove(i) && line == start);
        assert!(!line.remove(line.middle()) && !line.remove(99));
        while line.remove(0) {}
        assert_eq!(line.points.len(), 3);
    }

    #[test]
    fn a_line_holds_no_more_points_than_it_may() {
        let (mut line, _) = plan();
        let near = line.on_curve(2, 0.5);
        while line.insert_near(near).is_some() {}
        assert_eq!(line.points.len(), *POINT_COUNT.end());
        assert!(line.points.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
    }

    #[test]
    fn mirroring_makes_both_sides_alike() {
        let (mut line, head) = plan();
        line.points[1].y -= 12.0;
        line.points[3].x += 9.0;
        let left = line.points[5];
        let mut other = line.clone();
        line.mirror(BodySide::Left, &head);
        assert!(line.points[5] == left && line.points[1].distance(head.mirror(left)) < 1e-9);
        assert!(head.unproject(line.points[3]).scalp.x.abs() < 1e-3);
        other.mirror(BodySide::Right, &head);
        assert!((other.points[1].y - other.points[5].y).abs() < 0.5 && other.points[5].y < left.y - 8.0);
    }
}
