//! Convex outlines in the photo.

use super::sight::Sight;
use crate::space::PhotoPoint;

/// The convex hull of some points of the photo.
#[derive(Debug, Clone)]
pub(super) struct Hull {
    corners: Vec<PhotoPoint>,
}

impl Hull {
    pub(super) fn of(mut points: Vec<PhotoPoint>) -> Self {
        points.retain(|p| p.x.is_finite() && p.y.is_finite());
        points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let turn = |o: PhotoPoint, a: PhotoPoint, b: PhotoPoint| {
            (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x)
        };
        // Andrew's monotone chain: the lower side, then the upper one.
        let mut corners: Vec<PhotoPoint> = Vec::new();
        let backwards: Vec<PhotoPoint> = points.iter().rev().copied().collect();
        for side in [&points, &backwards] {
            let start = corners.len();
            for &p in side {
                while corners.len() >= start + 2
                    && turn(corners[corners.len() - 2], corners[corners.len() - 1], p) <= 0.0
                {
                    corners.pop();
                }
                corners.push(p);
            }
            corners.pop();
        }
        Self { corners }
    }

    pub(super) fn corners(&self) -> &[PhotoPoint] {
        &self.corners
    }

    /// Calls `at` with the index of every pixel of the sight whose middle lies inside.
    pub(super) fn each_pixel(&self, sight: &Sight, mut at: impl FnMut(usize)) {
        let n = self.corners.len();
        if n < 3 {
            return;
        }
        for row in 0..sight.height {
            let y = sight.point(0, row).y;
            let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
            for (i, a) in self.corners.iter().enumerate() {
                let b = self.corners[(i + 1) % n];
                if (a.y <= y) != (b.y <= y) {
                    let x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
                    (left, right) = (left.min(x), right.max(x));
                }
            }
            if left > right {
                continue;
            }
            let column = |x: f64| ((x - sight.origin.x) * sight.scale - 0.5).clamp(-1.0, sight.width as f64);
            let (first, last) = (column(left).ceil().max(0.0) as usize, column(right).floor());
            for x in first..((last + 1.0).max(0.0) as usize).min(sight.width) {
                at(row * sight.width + x);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hull_has_the_outermost_points() {
        let p = PhotoPoint::new;
        let hull =
            Hull::of(vec![p(0.0, 0.0), p(4.0, 0.0), p(2.0, 1.0), p(4.0, 4.0), p(0.0, 4.0), p(f64::NAN, 9.0)]);
        assert_eq!(hull.corners().len(), 4);
        assert!(Hull::of(vec![p(1.0, 1.0)]).corners().len() < 3);
    }
}
