//! The hairline: a curve through a few points that a person can drag.

mod asymmetry;
mod edit;
mod measures;
mod out_of_sight;
mod style;
mod suggestion;
mod treated_side;

use serde::{Deserialize, Serialize};

pub use asymmetry::{ASYMMETRY_MM, shifted};
pub use edit::{BodySide, on_midline};
pub use measures::{LineMeasures, Temple};
pub use style::{HairlineStyle, Shape};
pub use suggestion::{WITHIN_OUTLINE, glabella_level, natural_trichion, suggest, suggest_style};
pub use treated_side::TreatedSide;

use suggestion::lower_thirds_mm;

use crate::space::PhotoPoint;

/// How many points a hairline has at least and at most.
pub const POINT_COUNT: std::ops::RangeInclusive<usize> = 3..=63;

/// A hairline as it is drawn on the photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hairline {
    /// Points from the subject's right to the left; the middle one is the mid-frontal point.
    /// An odd number.
    pub points: Vec<PhotoPoint>,
    /// The style that the suggestion is made by.
    #[serde(default)]
    pub style: HairlineStyle,
    /// Still the suggestion: it follows the head until somebody moves a point.
    #[serde(default)]
    pub suggested: bool,
    /// Moving a point moves its counterpart on the other side of the head.
    #[serde(default = "yes")]
    pub symmetric: bool,
    /// Width of the soft transition behind the line, mm on the skin.
    pub transition_mm: f64,
    /// How much the two sides differ at most, mm along the skin; the points have it already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub asymmetry_mm: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(v: &f64) -> bool {
    *v == 0.0
}

fn yes() -> bool {
    true
}

impl Hairline {
    /// Index of the mid-frontal point.
    pub fn middle(&self) -> usize {
        self.points.len() / 2
    }

    /// Index of the counterpart of point `i` on the other side of the head.
    pub fn counterpart(&self, i: usize) -> usize {
        self.points.len() - 1 - i
    }

    /// The curve through the points as a polyline whose pieces are about `step_px` long.
    ///
    /// Centripetal Catmull–Rom (Yuksel, Schaefer & Keyser 2011): passes through every point and
    /// makes neither loops nor cusps between them, however unevenly they are dragged.
    pub fn polyline(&self, step_px: f64) -> Vec<PhotoPoint> {
        let p = &self.points;
        let Some((&first, &last)) = p.first().zip(p.last()) else {
            return Vec::new();
        };
        let mut line = vec![first];
        for i in 0..p.len() - 1 {
            let around = self.around(i);
            let [_, b, c, _] = around;
            let pieces = (b.distance(c) / step_px).ceil().clamp(1.0, 256.0) as usize;
            for k in 1..pieces {
                line.push(catmull_rom(around, k as f64 / pieces as f64));
            }
            line.push(c);
        }
        if line.len() == 1 {
            line.push(last);
        }
        line
    }

    /// The points that the curve between `i` and `i + 1` is made by.
    fn around(&self, i: usize) -> [PhotoPoint; 4] {
        let p = &self.points;
        let (b, c) = (p[i], p[i + 1]);
        // Beyond the ends the neighbour's reflection, so that the curve leaves straight.
        let a = if i == 0 { reflect(c, b) } else { p[i - 1] };
        let d = if i + 2 < p.len() { p[i + 2] } else { reflect(b, c) };
        [a, b, c, d]
    }
}

fn reflect(p: PhotoPoint, about: PhotoPoint) -> PhotoPoint {
    PhotoPoint::new(2.0 * about.x - p.x, 2.0 * about.y - p.y)
}

/// The point at `t` (0–1) between the middle two of four points, by the Barry–Goldman pyramid.
fn catmull_rom([a, b, c, d]: [PhotoPoint; 4], t: f64) -> PhotoPoint {
    // Coincident points would divide by zero; a thousandth of a pixel apart they are one anyway.
    let gap = |p: PhotoPoint, q: PhotoPoint| p.distance(q).max(1e-3).sqrt();
    let t0 = 0.0;
    let t1 = t0 + gap(a, b);
    let t2 = t1 + gap(b, c);
    let t3 = t2 + gap(c, d);
    let t = t1 + t * (t2 - t1);
    let mix = |p: PhotoPoint, q: PhotoPoint, tp: f64, tq: f64| {
        let w = (t - tp) / (tq - tp);
        PhotoPoint::new(p.x + (q.x - p.x) * w, p.y + (q.y - p.y) * w)
    };
    let (ab, bc, cd) = (mix(a, b, t0, t1), mix(b, c, t1, t2), mix(c, d, t2, t3));
    mix(mix(ab, bc, t0, t2), mix(bc, cd, t1, t3), t1, t2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[[f64; 2]]) -> Hairline {
        Hairline {
            points: points.iter().map(|&p| p.into()).collect(),
            style: HairlineStyle::default(),
            suggested: false,
            symmetric: true,
            transition_mm: 8.0,
            asymmetry_mm: 0.0,
        }
    }

    #[test]
    fn passes_through_every_point() {
        let h = line(&[[0.0, 50.0], [40.0, 10.0], [100.0, 0.0], [160.0, 12.0], [200.0, 50.0]]);
        let drawn = h.polyline(2.0);
        for p in &h.points {
            assert!(drawn.iter().any(|q| q.distance(*p) < 1e-9));
        }
        for w in drawn.windows(2) {
            assert!(w[0].distance(w[1]) < 4.5, "pieces stay near the step");
        }
    }

    #[test]
    fn mirrored_points_give_a_mirrored_curve() {
        let h = line(&[[0.0, 50.0], [40.0, 10.0], [100.0, 0.0], [160.0, 10.0], [200.0, 50.0]]);
        let drawn = h.polyline(2.0);
        for (p, q) in drawn.iter().zip(drawn.iter().rev()) {
            assert!((p.x + q.x - 200.0).abs() < 1e-9 && (p.y - q.y).abs() < 1e-9);
        }
    }

    #[test]
    fn coincident_points_stay_finite() {
        let h = line(&[[5.0, 5.0], [5.0, 5.0], [5.0, 5.0]]);
        assert!(h.polyline(2.0).iter().all(|p| p.x.is_finite() && p.y.is_finite()));
    }
}
