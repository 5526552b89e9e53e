//! What a plan may hold of zones, so that no plan is too much work.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::{Shape, Zone, ZoneDensity};
use crate::document::{PhotoSize, Setting};
use crate::space::PhotoPoint;

/// Zones of a plan at most.
pub const MOST_ZONES: usize = 64;
/// Points of a zone at most.
pub const MOST_POINTS: usize = 4096;
/// Points of all zones together at most: a history of such plans is still small.
pub const MOST_POINTS_IN_ALL: usize = 16_384;
/// Width of a zone's soft edge, mm: up to that of the softest hairline (domain.md row 10).
pub const EDGE_MM: RangeInclusive<f64> = 0.0..=20.0;

/// Width of a strip's scar, mm: 2–10 usual (domain.md section A.2), and what a lasso is better for.
const STRIP_MM: RangeInclusive<f64> = 0.5..=30.0;
/// Diameter of a spot, mm: up to 1 usual (domain.md section A.2).
const SPOT_MM: RangeInclusive<f64> = 0.3..=10.0;
/// Radius of a brush, photo px; a larger one than the photo is none.
const LEAST_RADIUS_PX: f64 = 0.5;
/// Share of full density at most.
const MOST_SHARE: f64 = 2.0;
/// What no scar does: take nothing at all.
const TAKE: RangeInclusive<f64> = 0.2..=1.0;
/// Points are kept to this part of a px, which nobody can draw and which keeps plans short.
const PER_PX: f64 = 8.0;

/// Why zones cannot be used, as part of a sentence.
pub fn unusable(zones: &[Zone]) -> Option<&'static str> {
    if zones.len() > MOST_ZONES {
        return Some("it has more zones than can be shown");
    }
    let points = zones.iter().map(|z| z.shape.len());
    if points.clone().any(|n| n > MOST_POINTS) || points.sum::<usize>() > MOST_POINTS_IN_ALL {
        return Some("its zones have more points than can be drawn");
    }
    (!zones.iter().all(is_finite)).then_some("its zones have a number that is none")
}

fn is_finite(zone: &Zone) -> bool {
    let density = match zone.density {
        ZoneDensity::Share(v) | ZoneDensity::PerCm2(v) => v,
    };
    let finite = |p: &PhotoPoint| p.x.is_finite() && p.y.is_finite();
    let shape = match &*zone.shape {
        Shape::Anatomy => true,
        Shape::Lasso(points) => points.iter().all(finite),
        Shape::Strip { points, width_mm: mm } | Shape::Spots { points, diameter_mm: mm } => {
            mm.is_finite() && points.iter().all(finite)
        }
        Shape::Brush(strokes) => strokes.iter().all(|s| {
            s.radius_px.is_finite() && s.touches.iter().all(|t| finite(&t.photo) && t.pressure.is_finite())
        }),
    };
    shape
        && [density, zone.edge_mm, zone.shade.unwrap_or(1.0), zone.take.unwrap_or(1.0)]
            .into_iter()
            .all(f64::is_finite)
}

impl Zone {
    /// Brings every number of a zone into its range.
    pub fn bring_into_range(&mut self, photo: PhotoSize) {
        let within = |v: f64, r: &RangeInclusive<f64>| v.clamp(*r.start(), *r.end());
        self.density = match self.density {
            ZoneDensity::Share(v) => ZoneDensity::Share(v.clamp(0.0, MOST_SHARE)),
            ZoneDensity::PerCm2(v) => ZoneDensity::PerCm2(v.clamp(0.0, Setting::Density.range().max)),
        };
        let shades = Setting::Shade.range();
        self.edge_mm = within(self.edge_mm, &EDGE_MM);
        self.shade = self.shade.map(|v| v.clamp(shades.min, shades.max));
        self.take = self.take.map(|v| within(v, &TAKE));
        let (w, h) = (f64::from(photo.width), f64::from(photo.height));
        let shape = Arc::make_mut(&mut self.shape);
        for p in shape.points_mut() {
            let part = |v: f64, size: f64| (v.clamp(-size, 2.0 * size) * PER_PX).round() / PER_PX;
            *p = PhotoPoint::new(part(p.x, w), part(p.y, h));
        }
        match shape {
            Shape::Anatomy | Shape::Lasso(_) => {}
            Shape::Strip { width_mm, .. } => *width_mm = within(*width_mm, &STRIP_MM),
            Shape::Spots { diameter_mm, .. } => *diameter_mm = within(*diameter_mm, &SPOT_MM),
            Shape::Brush(strokes) => {
                for stroke in strokes {
                    stroke.radius_px = stroke.radius_px.clamp(LEAST_RADIUS_PX, w.max(h).max(1.0));
                    for touch in &mut stroke.touches {
                        touch.pressure = (touch.pressure.clamp(0.0, 1.0) * 256.0).round() / 256.0;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::{Document, Stroke, Touch, ZoneKind};

    const SIZE: PhotoSize = PhotoSize { width: 768, height: 1024 };

    fn with(zones: Vec<Zone>) -> Document {
        Document { zones, ..Document::starting(SIZE) }
    }

    fn points(n: usize) -> Vec<PhotoPoint> {
        (0..n).map(|i| PhotoPoint::new(i as f64, 5.0)).collect()
    }

    #[test]
    fn every_kind_and_shape_comes_back_as_it_was() {
        let stroke = Stroke {
            touches: vec![[3.0, 4.0, 0.5].into(), [9.0, 4.5, 1.0].into()],
            radius_px: 12.0,
            erase: true,
        };
        let shapes = [
            Shape::Anatomy,
            Shape::Lasso(points(5)),
            Shape::Brush(vec![stroke]),
            Shape::Strip { points: points(3), width_mm: 4.0 },
            Shape::Spots { points: points(2), diameter_mm: 1.0 },
        ];
        let zones: Vec<Zone> = ZoneKind::ALL
            .into_iter()
            .flat_map(|kind| shapes.iter().map(move |shape| Zone::new(kind, shape.clone())))
            .collect();
        let document = with(zones);
        assert_eq!(Document::from_json(&document.to_json()).unwrap(), document);
        for kind in ZoneKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn a_short_zone_is_enough_and_unknown_fields_stay() {
        let mut value: serde_json::Value = serde_json::from_str(&with(vec![]).to_json()).unwrap();
        assert!(value.get("zones").is_none());
        value["zones"] = serde_json::json!([{"kind": "crown", "edge_mm": 3.0, "mood": [1]}]);
        let document = Document::from_json(&value.to_string()).unwrap();
        assert_eq!(*document.zones[0].shape, Shape::Anatomy);
        assert!(document.to_json().contains(r#""mood":[1]"#));
    }

    #[test]
    fn too_much_is_said_in_one_sentence() {
        let lasso = |n| Zone::new(ZoneKind::Freehand, Shape::Lasso(points(n)));
        let empty = Stroke { touches: vec![], radius_px: 1.0, erase: false };
        let strokes = Zone::new(ZoneKind::Freehand, Shape::Brush(vec![empty; MOST_POINTS + 1]));
        for zones in [
            vec![lasso(0); MOST_ZONES + 1],
            vec![lasso(MOST_POINTS + 1)],
            vec![lasso(MOST_POINTS); MOST_POINTS_IN_ALL / MOST_POINTS + 1],
            vec![strokes],
        ] {
            let message = Document::from_json(&with(zones).to_json()).unwrap_err().to_string();
            assert!(
                message.starts_with("This plan cannot be opened: ") && message.ends_with('.'),
                "{message}"
            );
        }
        assert!(
            Document::from_json(&with(vec![lasso(MOST_POINTS); MOST_POINTS_IN_ALL / MOST_POINTS]).to_json())
                .is_ok()
        );
        let nan = Zone { edge_mm: f64::NAN, ..lasso(3) };
        assert!(unusable(&[nan]).is_some());
        assert!(
            unusable(&[Zone::new(
                ZoneKind::Freehand,
                Shape::Lasso(vec![PhotoPoint::new(0.0, f64::INFINITY)])
            )])
            .is_some()
        );
    }

    #[test]
    fn numbers_out_of_range_are_brought_into_it() {
        let touches = vec![Touch { photo: PhotoPoint::new(1e300, -1e300), pressure: 7.0 }];
        let mut wild = Zone::new(
            ZoneKind::FueScars,
            Shape::Brush(vec![Stroke { touches, radius_px: -3.0, erase: false }]),
        );
        (wild.edge_mm, wild.shade, wild.take) = (1e9, Some(-4.0), Some(0.0));
        wild.density = ZoneDensity::PerCm2(1e12);
        let tame = Document::from_json(&with(vec![wild]).to_json()).unwrap().zones.remove(0);
        assert_eq!((tame.edge_mm, tame.shade, tame.take), (20.0, Some(1.0), Some(0.2)));
        assert_eq!(tame.density, ZoneDensity::PerCm2(Setting::Density.range().max));
        let Shape::Brush(strokes) = &*tame.shape else { unreachable!() };
        assert_eq!(strokes[0].touches[0], Touch { photo: PhotoPoint::new(1536.0, -1024.0), pressure: 1.0 });
        assert_eq!(strokes[0].radius_px, LEAST_RADIUS_PX);
    }

    #[test]
    fn the_fullest_plan_is_short_enough_to_be_read() {
        let long = PhotoPoint::new(12_345.678_9, -9_876.543_2);
        let touches = vec![Touch { photo: long, pressure: 0.123_456_789 }; MOST_POINTS - 1];
        let brush = Shape::Brush(vec![Stroke { touches, radius_px: 1.0, erase: false }]);
        let mut zone = Zone::new(ZoneKind::Freehand, brush);
        zone.bring_into_range(PhotoSize { width: 10_000, height: 12_000 });
        let mut full = with(vec![zone; 4]);
        full.photo = PhotoSize { width: 10_000, height: 12_000 };
        assert!(Document::from_json(&full.to_json()).is_ok());
    }
}
