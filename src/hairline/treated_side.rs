//! The part of the picture behind a hairline.

use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// The crown in the head frame: behind and a little above the middle of the skull. What lies on
/// its side of the line is behind the line.
const CROWN: ScalpPoint = ScalpPoint { x: 0.0, y: 0.94, z: -0.34 };

/// A hairline carried on sideways beyond the head, and closed around the crown's side.
#[derive(Debug, Clone, PartialEq)]
pub struct TreatedSide {
    /// The line with its ends far outside the head.
    pub line: Vec<PhotoPoint>,
    /// The polygon behind it.
    pub polygon: Vec<PhotoPoint>,
}

impl TreatedSide {
    /// The side of a hairline, given as a polyline, that is treated.
    pub fn of(line: &[PhotoPoint], head: &Head) -> Self {
        let (Some(&first), Some(&last)) = (line.first(), line.last()) else {
            return Self { line: Vec::new(), polygon: Vec::new() };
        };
        let middle = line[line.len() / 2];
        let crown = head.project(CROWN).photo;
        let front = PhotoPoint::new((first.x + last.x + middle.x) / 3.0, (first.y + last.y + middle.y) / 3.0);
        let length = crown.distance(front).max(1e-6);
        let behind = [(crown.x - front.x) / length, (crown.y - front.y) / length];
        // Sideways, turned so that each end leaves away from the other one.
        let mut side = [behind[1], -behind[0]];
        if (first.x - last.x) * side[0] + (first.y - last.y) * side[1] < 0.0 {
            side = [-side[0], -side[1]];
        }
        let far = 4.0 * head.placement().half_width.max(head.placement().half_height);
        let out = |p: PhotoPoint, s: f64, b: f64| {
            let along = |k: usize| far * (s * side[k] + b * behind[k]);
            PhotoPoint::new(p.x + along(0), p.y + along(1))
        };
        let mut carried = vec![out(first, 1.0, 0.0)];
        carried.extend_from_slice(line);
        carried.push(out(last, -1.0, 0.0));
        let closed = |sign: f64| {
            let mut polygon = carried.clone();
            polygon.push(out(last, -1.0, 2.0 * sign));
            polygon.push(out(first, 1.0, 2.0 * sign));
            polygon
        };
        // From behind the line is an arch beyond the head, and what is behind it lies under the
        // arch.
        let mut polygon = closed(1.0);
        if !contains(&polygon, crown) {
            polygon = closed(-1.0);
        }
        Self { line: carried, polygon }
    }

    /// Whether a point lies behind the line.
    pub fn contains(&self, p: PhotoPoint) -> bool {
        contains(&self.polygon, p)
    }

    /// Where the row `y` enters and leaves the treated side, in no order: a point of it is behind the
    /// line if an odd number lies to its right.
    pub fn row_crossings(&self, y: f64, crossings: &mut Vec<f64>) {
        crossings.clear();
        crossings.extend(crossings_of(&self.polygon, y));
    }
}

/// Even-odd rule.
fn contains(polygon: &[PhotoPoint], p: PhotoPoint) -> bool {
    crossings_of(polygon, p.y).filter(|x| p.x < *x).count() % 2 == 1
}

fn crossings_of(polygon: &[PhotoPoint], y: f64) -> impl Iterator<Item = f64> {
    polygon
        .iter()
        .zip(polygon.iter().cycle().skip(1))
        .filter(move |(a, b)| (a.y > y) != (b.y > y))
        .map(move |(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hairline::suggest;
    use crate::head::HeadPlacement;

    #[test]
    fn the_crown_is_treated_from_every_side() {
        for yaw in [-180.0, -120.0, -84.0, -30.0, 0.0, 30.0, 84.0, 150.0] {
            for pitch in [0.0, 20.0, 56.0] {
                let mut placement = HeadPlacement::starting(900.0, 1200.0);
                (placement.yaw_degrees, placement.pitch_degrees) = (yaw, pitch);
                let head = Head::fit(&placement);
                let side = TreatedSide::of(&suggest(&head), &head);
                assert!(side.contains(head.project(CROWN).photo), "yaw {yaw} pitch {pitch}");
            }
        }
    }
}
