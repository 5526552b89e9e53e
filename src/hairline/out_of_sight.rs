//! Hairline points that the camera does not see.

use super::WITHIN_OUTLINE;
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Where hidden points are put, in units of the outline: near enough to be grasped.
const BEYOND: f64 = 1.15;
/// Where a line that goes out of sight leaves to, and how far apart its points then lie, likewise.
const LEAVES: f64 = 1.04;
const APART: f64 = 0.05;
/// A line between two hidden points stays clear of the head by this.
const CLEAR: f64 = 1.05;
/// The widest gap, as cosine of its half, that is bridged so: 100 degrees.
const WIDEST: f64 = 0.64;
/// Halvings of the way between a seen and a hidden place.
const HALVINGS: usize = 12;

/// Where the places of a line are seen or can be grasped. The line leaves the head where it goes out
/// of sight, straight outwards; one that is wholly hidden is an arch around the head on its side, so
/// that all that is seen lies behind it.
pub(super) fn within_reach(head: &Head, line: &[ScalpPoint]) -> Vec<PhotoPoint> {
    let seen = |i: usize| head.project(line[i]).cosine > 0.0;
    let Some(first) = (0..line.len()).find(|&i| seen(i)) else { return arch(head, line) };
    let last = (0..line.len()).rev().find(|&i| seen(i)).unwrap_or(first);
    (0..line.len())
        .map(|i| {
            let place = head.project(line[i]);
            if place.cosine > 0.0 {
                return head.clamp_to_outline(place.photo, WITHIN_OUTLINE);
            }
            let (end, out) = match i {
                i if i < first => (first, first - i),
                i if i > last => (last, i - last),
                _ => return head.at_radius(place.photo, LEAVES),
            };
            let next = if i < first { first - 1 } else { last + 1 };
            head.at_radius(crossing(head, line[end], line[next]), LEAVES + APART * (out - 1) as f64)
        })
        .collect()
}

/// Where the way from a seen to a hidden place crosses the limb.
fn crossing(head: &Head, seen: ScalpPoint, hidden: ScalpPoint) -> PhotoPoint {
    let between = |t: f32| {
        let [x, y, z] =
            [(seen.x, hidden.x), (seen.y, hidden.y), (seen.z, hidden.z)].map(|(a, b)| a + (b - a) * t);
        let length = (x * x + y * y + z * z).sqrt().max(1e-6);
        head.project(ScalpPoint { x: x / length, y: y / length, z: z / length })
    };
    let (mut near, mut far) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (near + far);
        if between(middle).cosine > 0.0 {
            near = middle;
        } else {
            far = middle;
        }
    }
    between(near).photo
}

/// A line behind the head, spread around it far enough that it does not cut the outline.
fn arch(head: &Head, line: &[ScalpPoint]) -> Vec<PhotoPoint> {
    let places: Vec<PhotoPoint> =
        line.iter().map(|&p| head.at_radius(head.project(p).photo, BEYOND)).collect();
    let c = head.placement().centre;
    let narrowest = places
        .windows(2)
        .map(|w| {
            let [a, b] = [w[0], w[1]].map(|p| [p.x - c.x, p.y - c.y]);
            let lengths = (a[0] * a[0] + a[1] * a[1]).sqrt() * (b[0] * b[0] + b[1] * b[1]).sqrt();
            let cosine = (a[0] * b[0] + a[1] * b[1]) / lengths.max(1e-9);
            ((1.0 + cosine) * 0.5).max(0.0).sqrt()
        })
        .fold(1.0, f64::min);
    let radius = BEYOND.max(CLEAR / narrowest.max(WIDEST));
    places.into_iter().map(|p| head.at_radius(p, radius)).collect()
}

#[cfg(test)]
mod tests {
    use crate::hairline::suggest;
    use crate::head::{Head, HeadPlacement};

    #[test]
    fn from_behind_and_above_the_line_stays_clear_of_the_head() {
        for (yaw, pitch) in [(180.0, 0.0), (180.0, 30.0), (160.0, 56.0), (180.0, 56.0), (-170.0, 10.0)] {
            let mut placement = HeadPlacement::starting(1000.0, 1000.0);
            (placement.yaw_degrees, placement.pitch_degrees) = (yaw, pitch);
            let head = Head::fit(&placement);
            let points = suggest(&head);
            if points.iter().all(|&p| head.outline_radius(p) > 1.0) {
                for w in points.windows(2) {
                    let middle =
                        crate::space::PhotoPoint::new(0.5 * (w[0].x + w[1].x), 0.5 * (w[0].y + w[1].y));
                    assert!(head.outline_radius(middle) > 1.0, "{yaw} {pitch} {middle:?}");
                }
            }
        }
    }

    #[test]
    fn in_profile_the_line_leaves_the_head_once() {
        for yaw in [-84.0, -60.0, 60.0, 84.0] {
            let placement = HeadPlacement { yaw_degrees: yaw, ..HeadPlacement::starting(1000.0, 1000.0) };
            let head = Head::fit(&placement);
            let inside: Vec<bool> = suggest(&head).iter().map(|&p| head.outline_radius(p) < 1.0).collect();
            assert!(inside.windows(2).filter(|w| w[0] != w[1]).count() <= 1, "{yaw} {inside:?}");
        }
    }
}
