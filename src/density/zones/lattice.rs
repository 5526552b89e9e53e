//! The points that zones are drawn on, about a millimetre apart.

use super::super::{Grid, natural_share};
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Steps of the lattice on a side of a cell of the [`Grid`], which is about 2 mm.
pub(super) const STEPS: usize = 2;
/// Nearer to the limb than this hardly any dot is seen, and the skin behind a pixel grows without
/// bound.
const LEAST_COSINE: f64 = 0.1;

/// Within this of the outline the surface changes so little over a step that it may be interpolated.
const SMOOTH_WITHIN: f64 = 0.9;
/// Beyond this of the outline there is no head.
const ASKED_WITHIN: f64 = 1.06;
/// Where no head is, what is seen is no part of the scalp.
const AWAY: ScalpPoint = ScalpPoint { x: 0.0, y: -1.0, z: 0.0 };

/// A point of the lattice, as the head lies under it.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Which place of the skull is seen there.
    pub scalp: ScalpPoint,
    /// Covariance in photo px² of a round spot of variance 1 mm² there (xx, xy, yy).
    pub(super) spot: [f32; 3],
    /// Scalp that is seen around it, mm²; none on face, ears, neck and beside the head.
    pub mm2: f32,
    /// Natural density as a share of the top's.
    pub natural: f32,
}

impl Node {
    /// What lies in the middle of four points.
    fn between(nodes: &[Self; 4]) -> Self {
        let mean = |of: fn(&Self) -> f32| nodes.iter().map(of).sum::<f32>() * 0.25;
        Self {
            scalp: ScalpPoint { x: mean(|n| n.scalp.x), y: mean(|n| n.scalp.y), z: mean(|n| n.scalp.z) },
            spot: [mean(|n| n.spot[0]), mean(|n| n.spot[1]), mean(|n| n.spot[2])],
            mm2: mean(|n| n.mm2),
            natural: mean(|n| n.natural),
        }
    }

    /// Length on the skin, mm, of the way (`dx`, `dy`), photo px.
    #[inline]
    pub fn mm(&self, [dx, dy]: [f64; 2]) -> f32 {
        let [xx, xy, yy] = self.spot;
        let (dx, dy) = (dx as f32, dy as f32);
        let det = (xx * yy - xy * xy).max(1e-6);
        ((dx * dx * yy - 2.0 * dx * dy * xy + dy * dy * xx).max(0.0) / det).sqrt()
    }
}

/// The lattice of a placed head. It depends on nothing else.
#[derive(Debug, Clone)]
pub struct Lattice {
    pub(super) grid: Grid,
    /// Points on a side.
    pub(super) count: usize,
    /// Row by row.
    nodes: Vec<Node>,
    /// Photo px per mm where the skin is nearest.
    pub(super) most_px_per_mm: f64,
}

impl Lattice {
    /// The lattice of a fitted head.
    pub fn new(head: &Head) -> Self {
        let grid = Grid::new(head.placement());
        let count = grid.side * STEPS + 1;
        let step = grid.cell / STEPS as f64;
        let far = Node { scalp: AWAY, spot: [0.0; 3], mm2: 0.0, natural: 1.0 };
        let mut lattice =
            Self { grid, count, nodes: vec![far; count * count], most_px_per_mm: head.px_per_mm_at_centre() };
        // Every other point of every other row is asked, and the rest lies between; near the limb, where
        // the skin turns away fast, and on borders of the scalp every point is asked.
        let known = |lattice: &Self, i: usize| head.outline_radius(lattice.at(i)) < SMOOTH_WITHIN;
        for i in (0..count * count).filter(|i| (i % count).is_multiple_of(2) && (i / count).is_multiple_of(2))
        {
            lattice.ask(head, i, step * step);
        }
        for i in (0..count * count).filter(|i| (i % count) % 2 == 1 || (i / count) % 2 == 1) {
            let (dx, dy) = ((i % count) % 2, (i / count) % 2 * count);
            let around = [i - dx - dy, i + dx - dy, i - dx + dy, i + dx + dy];
            let nodes = around.map(|k| lattice.nodes[k]);
            let plain = nodes.iter().all(|n| n.mm2 > 0.0) || nodes.iter().all(|n| n.mm2 == 0.0);
            if known(&lattice, i) && plain {
                lattice.nodes[i] = Node::between(&nodes);
            } else {
                lattice.ask(head, i, step * step);
            }
        }
        lattice
    }

    /// Asks the head what lies under a point.
    fn ask(&mut self, head: &Head, i: usize, px2: f64) {
        let p = self.at(i);
        let radius = head.outline_radius(p);
        if radius > ASKED_WITHIN {
            // Nothing is treated there, but shapes are drawn on.
            let s2 = (self.most_px_per_mm * self.most_px_per_mm) as f32;
            self.nodes[i].spot = [s2, 0.0, s2];
            return;
        }
        let at = head.unproject(p);
        self.most_px_per_mm = self.most_px_per_mm.max(at.px_per_mm);
        let spot = at.spot_covariance();
        let px2_per_mm2 = (spot[0] * spot[2] - spot[1] * spot[1]).max(1e-9).sqrt();
        let seen = at.cosine > LEAST_COSINE && radius <= 1.0;
        let mm2 = if seen { px2 / px2_per_mm2 * head.scalp_share(&at) } else { 0.0 };
        self.nodes[i] = Node {
            scalp: at.scalp,
            spot: spot.map(|v| v as f32),
            mm2: mm2 as f32,
            natural: natural_share(at.scalp),
        };
    }

    /// All points, row by row.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Points on a side.
    pub fn side(&self) -> usize {
        self.count
    }

    /// Where a point lies in the photo.
    pub fn at(&self, i: usize) -> PhotoPoint {
        point(&self.grid, i % self.count, i / self.count)
    }

    /// The columns or rows from `from` to `to`, places in photo px along one axis, that lie on the
    /// lattice.
    pub(super) fn range(&self, origin: f64, from: f64, to: f64) -> std::ops::Range<usize> {
        let step = self.grid.cell / STEPS as f64;
        let line = |v: f64| ((v - origin) / step).clamp(-1.0, self.count as f64);
        let (first, last) = (line(from).ceil().max(0.0) as usize, line(to).floor());
        first..if last < 0.0 { 0 } else { (last as usize + 1).min(self.count) }
    }
}

fn point(grid: &Grid, column: usize, row: usize) -> PhotoPoint {
    grid.at(column as f64 / STEPS as f64, row as f64 / STEPS as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::HeadPlacement;

    #[test]
    fn points_between_are_as_if_they_had_been_asked() {
        for yaw_degrees in [0.0, 50.0, 180.0] {
            let head = Head::fit(&HeadPlacement { yaw_degrees, ..HeadPlacement::starting(900.0, 1200.0) });
            let lattice = Lattice::new(&head);
            let step = lattice.grid.cell / STEPS as f64;
            let mut all = 0;
            for (i, node) in lattice.nodes().iter().enumerate() {
                let p = lattice.at(i);
                if head.outline_radius(p) > 1.0 {
                    assert_eq!(node.mm2, 0.0);
                    continue;
                }
                let at = head.unproject(p);
                let off = (node.scalp.x - at.scalp.x).abs().max((node.scalp.y - at.scalp.y).abs());
                assert!(off < 1e-3, "{off}");
                let mm = f64::from(node.mm([step, 0.0]));
                let limb = head.outline_radius(p) > 0.95;
                assert!(limb || (mm / (step * at.mm_per_px(1.0, 0.0)) - 1.0).abs() < 0.02);
                all += usize::from(node.mm2 > 0.0);
            }
            assert!(all > 4000, "{all}");
        }
    }
}
