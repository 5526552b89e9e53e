//! Areas on the whole skull, seen or not.

use crate::density::within_mm;
use crate::document::{Document, ZoneKind};
use crate::hairline::{Hairline, suggest_style};
use crate::head::{Head, HeadPlacement, SKULL_SEMI_AXES_MM, level};
use crate::space::ScalpPoint;

/// Places asked, evenly over the sphere of directions: areas of 50 cm² within 2 %.
const PLACES: usize = 6000;
/// Turn from one to the next of them, radians: the golden angle.
const TURN: f64 = 2.399_963_229_728_653;
/// Scalp of the parts that anatomy gives, cm², in the order of [`ZoneKind::ANATOMICAL`]; those that end
/// at the line as far as they lie behind it.
pub(super) fn whole_cm2(document: &Document, head: &Head) -> [f64; 5] {
    // An ear hides what is before or behind it, so two views tell where scalp is.
    let views =
        [0.0, 180.0].map(|yaw_degrees| Head::fit(&HeadPlacement { yaw_degrees, ..document.head.clone() }));
    // Of a line that is not seen, where its style would have it.
    let line = Line::of(&document.hairline, head)
        .or_else(|| {
            let points = suggest_style(&views[0], None, document.hairline.style);
            Line::of(&Hairline { points, ..document.hairline.clone() }, &views[0])
        })
        .unwrap_or_default();
    let [a, b, c] = SKULL_SEMI_AXES_MM.map(f64::from);
    let mut cm2 = [0.0; 5];
    for i in 0..PLACES {
        let y = 1.0 - 2.0 * (i as f64 + 0.5) / PLACES as f64;
        let r = (1.0 - y * y).sqrt();
        let (s, k) = libm::sincos(TURN * i as f64);
        let u = [r * s, y, r * k];
        let place = ScalpPoint { x: u[0] as f32, y: u[1] as f32, z: u[2] as f32 };
        let scalp = views.iter().map(|view| view.scalp_share(&view.project(place))).fold(0.0, f64::max);
        if scalp <= 0.0 {
            continue;
        }
        let Some(part) = ZoneKind::ANATOMICAL.iter().position(|kind| within_mm(*kind, place) > 0.0) else {
            continue;
        };
        if ZoneKind::ANATOMICAL[part].ends_at_the_line() && !line.has_behind_it(place) {
            continue;
        }
        // A piece of the unit sphere on the canonical ellipsoid, and from there on this skull.
        let slope = [u[0] / a, u[1] / b, u[2] / c];
        let slope = (slope[0] * slope[0] + slope[1] * slope[1] + slope[2] * slope[2]).sqrt();
        let mm2 = 4.0 * std::f64::consts::PI / PLACES as f64 * a * b * c * slope * head.area_ratio(place);
        cm2[part] += mm2 * scalp / 100.0;
    }
    cm2
}

/// A hairline on the skull: distance from the midline and level of its seen points.
#[derive(Default)]
struct Line(Vec<(f64, f64)>);

impl Line {
    /// The line as far as it is seen; none if it is not.
    fn of(line: &Hairline, head: &Head) -> Option<Self> {
        let polyline = line.polyline(head.placement().half_width / 15.0);
        let seen = polyline.into_iter().filter(|p| head.outline_contains(*p, 1.0));
        let places: Vec<(f64, f64)> =
            seen.map(|p| head.unproject(p).scalp).map(|scalp| (f64::from(scalp.x), level(scalp))).collect();
        (!places.is_empty()).then_some(Self(places))
    }

    /// Whether a place lies behind the line: above its point that is as far to the side.
    fn has_behind_it(&self, place: ScalpPoint) -> bool {
        let off = |x: f64| (x - f64::from(place.x)).abs();
        let nearest = self.0.iter().min_by(|a, b| off(a.0).total_cmp(&off(b.0)));
        let from = nearest.map_or(0.0, |p| p.1);
        let at = level(place);
        // Below the level of the face the way over the top comes from behind.
        at > from || at < -std::f64::consts::FRAC_PI_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PhotoSize;

    #[test]
    fn a_whole_scalp_has_the_area_of_one() {
        let document = Document::starting(PhotoSize { width: 900, height: 1200 });
        let cm2 = whole_cm2(&document, &document.fitted_head());
        let all: f64 = cm2.iter().sum();
        assert!((500.0..800.0).contains(&all), "{cm2:?}");
        assert!(cm2[..3].iter().all(|v| (40.0..160.0).contains(v)), "{cm2:?}");
    }
}
