//! How much of a zone there is at each point of the lattice, with its soft edge.

use super::lattice::Lattice;
use crate::density::anatomy;
use crate::density::side::squared_distance;
use crate::document::{Shape, Stroke, Touch, Zone};
use crate::space::PhotoPoint;

/// Softer than the lattice can show is drawn as soft as that, mm.
const LEAST_EDGE_MM: f32 = 1.0;
/// Points of a drawn line nearer than this to the one before are left out, as a share of the
/// lattice's step: nothing of it would be seen.
const APART: f64 = 0.5;

/// Share of a zone (0–1) at each point of the lattice, row by row.
pub fn weights(zone: &Zone, lattice: &Lattice) -> Vec<f32> {
    let mut out = vec![0.0; lattice.nodes().len()];
    let edge = (zone.edge_mm as f32).max(LEAST_EDGE_MM);
    let soft = |within_mm: f32| smoothstep(0.5 + within_mm / edge);
    match &*zone.shape {
        Shape::Anatomy => {
            for (w, node) in out.iter_mut().zip(lattice.nodes()) {
                *w = soft(anatomy::within_mm(zone.kind, node.scalp));
            }
        }
        Shape::Lasso(points) => lasso(&mut out, lattice, &thinned(lattice, points.iter().copied()), edge),
        Shape::Brush(strokes) => {
            let mut pulled = vec![0.0; out.len()];
            for stroke in strokes {
                pulled.fill(0.0);
                brush(&mut pulled, lattice, stroke, edge);
                for (w, v) in out.iter_mut().zip(&pulled) {
                    *w = if stroke.erase { *w * (1.0 - v) } else { w.max(*v) };
                }
            }
        }
        Shape::Strip { points, width_mm } => {
            let line = Line { radius_px: 0.0, radius_mm: 0.5 * *width_mm as f32, edge };
            let points: Vec<Touch> = thinned(lattice, points.iter().copied()).into_iter().map(firm).collect();
            line.draw(&mut out, lattice, &points);
        }
        Shape::Spots { points, diameter_mm } => {
            let line = Line { radius_px: 0.0, radius_mm: 0.5 * *diameter_mm as f32, edge };
            for &p in points {
                line.draw(&mut out, lattice, &[firm(p)]);
            }
        }
    }
    out
}

/// The points without those that lie on the one before.
fn thinned(lattice: &Lattice, points: impl Iterator<Item = PhotoPoint>) -> Vec<PhotoPoint> {
    let apart = APART * lattice.grid.cell / super::lattice::STEPS as f64;
    let mut kept: Vec<PhotoPoint> = Vec::new();
    for p in points {
        if kept.last().is_none_or(|last| last.distance(p) >= apart) {
            kept.push(p);
        }
    }
    kept
}

fn firm(photo: PhotoPoint) -> Touch {
    Touch { photo, pressure: 1.0 }
}

/// A closed line: what lies within by the even-odd rule, softened across the line.
fn lasso(out: &mut [f32], lattice: &Lattice, points: &[PhotoPoint], edge: f32) {
    if points.len() < 3 {
        return;
    }
    let closed = || points.iter().zip(points.iter().cycle().skip(1)).take(points.len());
    let mut near = vec![f32::INFINITY; out.len()];
    let reach = 0.5 * f64::from(edge) * lattice.most_px_per_mm;
    for (a, b) in closed() {
        each_near(lattice, *a, *b, reach, |i, p| {
            let (_, way, _) = squared_distance(p, *a, *b);
            near[i] = near[i].min(lattice.nodes()[i].mm(way));
        });
    }
    let mut crossings: Vec<f64> = Vec::new();
    for row in 0..lattice.count {
        let y = lattice.at(row * lattice.count).y;
        crossings.clear();
        crossings.extend(
            closed()
                .filter(|(a, b)| (a.y > y) != (b.y > y))
                .map(|(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x),
        );
        crossings.sort_by(f64::total_cmp);
        let mut passed = 0;
        for i in row * lattice.count..(row + 1) * lattice.count {
            let x = lattice.at(i).x;
            while crossings.get(passed).is_some_and(|c| *c <= x) {
                passed += 1;
            }
            let within = if passed % 2 == 1 { near[i] } else { -near[i] };
            out[i] = smoothstep(0.5 + within / edge);
        }
    }
}

/// One pull of a brush.
fn brush(out: &mut [f32], lattice: &Lattice, stroke: &Stroke, edge: f32) {
    let apart = (0.25 * stroke.radius_px).min(APART * lattice.grid.cell);
    let mut touches: Vec<Touch> = Vec::new();
    for &touch in &stroke.touches {
        match touches.last_mut() {
            // The firmer of two touches at a place is the one that is seen.
            Some(last) if last.photo.distance(touch.photo) < apart => {
                last.pressure = last.pressure.max(touch.pressure);
            }
            _ => touches.push(touch),
        }
    }
    Line { radius_px: stroke.radius_px, radius_mm: 0.0, edge }.draw(out, lattice, &touches);
}

/// Something as wide as a brush or a scar along a line: the radius is in the picture or on the skin.
struct Line {
    radius_px: f64,
    radius_mm: f32,
    edge: f32,
}

impl Line {
    /// Draws it where it is more than what is there.
    fn draw(&self, out: &mut [f32], lattice: &Lattice, touches: &[Touch]) {
        let reach = self.radius_px + f64::from(self.radius_mm + 0.5 * self.edge) * lattice.most_px_per_mm;
        let mut piece = |a: Touch, b: Touch| {
            each_near(lattice, a.photo, b.photo, reach, |i, p| {
                let (squared, way, t) = squared_distance(p, a.photo, b.photo);
                let px = squared.sqrt();
                // How far it is to the rim, of the whole way to the middle.
                let to_rim = if px > 0.0 { (px - self.radius_px) / px } else { 0.0 };
                let mm = lattice.nodes()[i].mm(way) * to_rim as f32;
                let within = if px > 0.0 { self.radius_mm - mm } else { f32::INFINITY };
                let pressure = a.pressure + (b.pressure - a.pressure) * t;
                out[i] = out[i].max(pressure as f32 * smoothstep(0.5 + within / self.edge));
            });
        };
        match touches {
            [] => {}
            [one] => piece(*one, *one),
            more => more.windows(2).for_each(|w| piece(w[0], w[1])),
        }
    }
}

/// Calls `each` for the lattice's points in the box `reach` px around the piece `a`–`b`.
fn each_near(
    lattice: &Lattice,
    a: PhotoPoint,
    b: PhotoPoint,
    reach: f64,
    mut each: impl FnMut(usize, PhotoPoint),
) {
    let origin = lattice.grid.origin;
    let columns = lattice.range(origin.x, a.x.min(b.x) - reach, a.x.max(b.x) + reach);
    for row in lattice.range(origin.y, a.y.min(b.y) - reach, a.y.max(b.y) + reach) {
        for column in columns.clone() {
            let i = row * lattice.count + column;
            each(i, lattice.at(i));
        }
    }
}

fn smoothstep(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::document::ZoneKind;
    use crate::head::{Head, HeadPlacement};

    fn lattice() -> (Head, Lattice) {
        let head = Head::fit(&HeadPlacement::starting(900.0, 1200.0));
        (head.clone(), Lattice::new(&head))
    }

    /// Around the middle of the top, in photo px.
    fn ring(head: &Head, radius: f64, n: usize) -> Vec<PhotoPoint> {
        let c = head.placement().centre;
        (0..n)
            .map(|i| {
                let (s, k) = libm::sincos(std::f64::consts::TAU * i as f64 / n as f64);
                PhotoPoint::new(c.x + radius * k, c.y - 0.5 * head.placement().half_height + radius * s)
            })
            .collect()
    }

    fn middle(head: &Head) -> PhotoPoint {
        let c = head.placement().centre;
        PhotoPoint::new(c.x, c.y - 0.5 * head.placement().half_height)
    }

    #[test]
    fn a_lasso_is_whole_within_half_on_the_line_and_nothing_beyond() {
        let (head, lattice) = lattice();
        let radius = 0.3 * head.placement().half_width;
        let zone =
            Zone { edge_mm: 6.0, ..Zone::new(ZoneKind::Freehand, Shape::Lasso(ring(&head, radius, 700))) };
        let w = weights(&zone, &lattice);
        let mm_px = lattice.most_px_per_mm;
        for (i, &w) in w.iter().enumerate() {
            let off = lattice.at(i).distance(middle(&head)) - radius;
            assert!(off > -3.5 * mm_px || w == 1.0, "{off} {w}");
            assert!(off < 3.5 * mm_px || w == 0.0, "{off} {w}");
            assert!(off.abs() > 0.2 || (w - 0.5).abs() < 0.1, "{off} {w}");
        }
    }

    #[test]
    fn a_stroke_is_as_wide_as_its_brush_and_an_eraser_takes_it_away() {
        let (head, lattice) = lattice();
        let m = middle(&head);
        let along: Vec<Touch> = (0..40)
            .map(|i| Touch { photo: PhotoPoint::new(m.x - 40.0 + 2.0 * i as f64, m.y), pressure: 0.5 })
            .collect();
        let mut strokes = vec![Stroke { touches: along.clone(), radius_px: 12.0, erase: false }];
        let zone = |strokes: &[Stroke]| Zone {
            edge_mm: 1.0,
            ..Zone::new(ZoneKind::Freehand, Shape::Brush(strokes.to_vec()))
        };
        let drawn = weights(&zone(&strokes), &lattice);
        let mut seen = 0;
        for (i, &w) in drawn.iter().enumerate() {
            let p = lattice.at(i);
            if (p.x - m.x).abs() < 30.0 {
                let off = (p.y - m.y).abs();
                assert!(off > 10.0 || w == 0.5, "{off} {w}");
                assert!(off < 14.5 || w == 0.0, "{off} {w}");
                seen += u32::from(w > 0.0);
            }
        }
        assert!(seen > 100);
        let firm = along.into_iter().map(|t| Touch { pressure: 1.0, ..t }).collect();
        strokes.push(Stroke { touches: firm, radius_px: 20.0, erase: true });
        assert!(weights(&zone(&strokes), &lattice).iter().all(|w| *w == 0.0));
    }

    #[test]
    fn a_strip_is_so_many_millimetres_wide() {
        let (head, lattice) = lattice();
        let m = middle(&head);
        let points = vec![PhotoPoint::new(m.x - 60.0, m.y), PhotoPoint::new(m.x + 60.0, m.y)];
        for width_mm in [4.0, 8.0] {
            let zone = Zone::new(ZoneKind::FutScar, Shape::Strip { points: points.clone(), width_mm });
            let area: f32 =
                weights(&zone, &lattice).iter().zip(lattice.nodes()).map(|(w, n)| w * n.mm2).sum();
            let at = head.unproject(m);
            let long = 120.0 * at.mm_per_px(1.0, 0.0);
            let expected = long * width_mm + std::f64::consts::FRAC_PI_4 * width_mm * width_mm;
            assert!((f64::from(area) / expected - 1.0).abs() < 0.08, "{area} {expected}");
        }
    }

    #[test]
    fn anything_is_drawn_without_panic() {
        let (_, lattice) = lattice();
        let far = PhotoPoint::new(1e9, -1e9);
        let near = PhotoPoint::new(450.0, 300.0);
        for points in [vec![], vec![near], vec![near, near], vec![near, far, near], vec![far, far, far]] {
            let touches: Vec<Touch> = points.iter().copied().map(firm).collect();
            for shape in [
                Shape::Lasso(points.clone()),
                Shape::Strip { points: points.clone(), width_mm: 3.0 },
                Shape::Spots { points: points.clone(), diameter_mm: 1.0 },
                Shape::Brush(vec![Stroke { touches, radius_px: 900.0, erase: false }]),
            ] {
                let w = weights(&Zone::new(ZoneKind::Freehand, shape), &lattice);
                assert!(w.iter().all(|w| (0.0..=1.0).contains(w)));
            }
        }
    }
}
