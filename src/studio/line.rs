//! The line's points in the studio, and what is said of line and plan.

use super::Studio;
use crate::document::{Known, Warning, warnings};
use crate::estimate::{Estimate, Rates, estimate};
use crate::hairline::{BodySide, LineMeasures};
use crate::space::PhotoPoint;

impl Studio {
    /// Adds a point to the line where it is nearest to a photo point, and its counterpart: the name of
    /// its handle, or none when the line has as many as it may.
    pub fn insert_hairline_point(&mut self, near: PhotoPoint) -> Option<String> {
        if !(near.x.is_finite() && near.y.is_finite()) {
            return None;
        }
        let mut line = self.document().hairline.clone();
        let i = line.insert_near(near)?;
        line.suggested = false;
        self.history.change(|d| d.hairline = line);
        Some(format!("hairline-{i}"))
    }

    /// Takes a point of the line away, by the name of its handle, and its counterpart. False for the
    /// mid-frontal point and where too few would be left.
    pub fn remove_hairline_point(&mut self, id: &str) -> bool {
        let Some(i) = self.hairline_index(id) else { return false };
        let mut line = self.document().hairline.clone();
        let removed = line.remove(i);
        if removed {
            line.suggested = false;
            self.history.change(|d| d.hairline = line);
        }
        removed
    }

    /// Makes the other side of the line like this one.
    pub fn mirror_hairline(&mut self, from: BodySide) {
        let head = &self.head;
        self.history.change(|d| {
            d.hairline.mirror(from, head);
            d.hairline.suggested = false;
        });
    }

    /// What can be measured of the line.
    pub fn line_measures(&self) -> LineMeasures {
        let document = self.document();
        LineMeasures::of(&document.hairline, &self.head, document.face.as_ref().map(|face| &face.points))
    }

    /// What speaks against the plan.
    pub fn warnings(&self, known: Known) -> Vec<Warning> {
        warnings(self.document(), &self.head, known)
    }

    /// How much there is to do, as far as that can be told without pixels.
    pub fn estimate(&self, rates: Rates) -> Estimate {
        estimate(self.document(), &self.head, self.lattice(), rates, None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::{PhotoSize, Setting};

    fn studio() -> Studio {
        Studio::new(PhotoSize { width: 900, height: 1200 })
    }

    #[test]
    fn points_come_and_go_with_the_history() {
        let mut studio = studio();
        let start = studio.document().clone();
        let [a, b] = [4, 5].map(|i| start.hairline.points[i]);
        let id = studio.insert_hairline_point(PhotoPoint::new(0.5 * (a.x + b.x), 0.5 * (a.y + b.y))).unwrap();
        assert_eq!(id, "hairline-6");
        assert_eq!(studio.document().hairline.points.len(), 9);
        assert!(studio.remove_hairline_point(&id) && !studio.remove_hairline_point("hairline-3"));
        assert_eq!(studio.document().hairline.points, start.hairline.points);
        assert!(studio.undo() && studio.undo() && *studio.document() == start);
        assert_eq!(studio.insert_hairline_point(PhotoPoint::new(f64::NAN, 0.0)), None);
    }

    #[test]
    fn asymmetry_stays_while_a_side_is_dragged_and_goes_when_mirrored() {
        let mut studio = studio();
        studio.set(Setting::Asymmetry, 4.0);
        let natural = studio.line_measures().largest_asymmetry_mm;
        assert!((0.4..5.0).contains(&natural), "{natural}");
        let p = studio.document().hairline.points[1];
        studio.move_handle("hairline-1", PhotoPoint::new(p.x + 8.0, p.y + 12.0));
        let dragged = studio.line_measures().largest_asymmetry_mm;
        assert!((natural - dragged).abs() < 1.0, "{natural} {dragged}");
        studio.mirror_hairline(BodySide::Left);
        assert!(studio.line_measures().largest_asymmetry_mm < 0.2);
        assert!(studio.undo() && studio.line_measures().largest_asymmetry_mm > 0.3);
        // A line that nobody has touched keeps it, too, when the head moves.
        let mut fresh = self::studio();
        fresh.set(Setting::Asymmetry, 4.0);
        fresh.set(Setting::HeadBreadth, 160.0);
        assert!(fresh.document().hairline.suggested && fresh.line_measures().largest_asymmetry_mm > 0.4);
        fresh.set(Setting::Asymmetry, 0.0);
        assert!(fresh.line_measures().largest_asymmetry_mm < 0.01);
    }

    #[test]
    fn the_studio_says_what_the_plan_says() {
        let studio = studio();
        assert!(studio.warnings(Known::default()).is_empty());
        assert!(studio.estimate(Rates::default()).dots.low > 10_000.0);
    }
}
