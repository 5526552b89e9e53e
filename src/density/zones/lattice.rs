//! The points that zones are drawn on, about a millimetre apart.

use super::super::{Grid, natural_share};
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Steps of the lattice on a side of a cell of the [`Grid`], which is about 2 mm.
pub(super) const STEPS: usize = 2;
/// Nearer to the limb than this hardly any dot is seen, and the skin behind a pixel grows without
/// bound.
const LEAST_COSINE: f64 = 0.1;

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
        let mut most_px_per_mm = head.px_per_mm_at_centre();
        let mut nodes = Vec::with_capacity(count * count);
        for i in 0..count * count {
            let p = point(&grid, i % count, i / count);
            let at = head.unproject(p);
            most_px_per_mm = most_px_per_mm.max(at.px_per_mm);
            let spot = at.spot_covariance();
            let seen = at.cosine > LEAST_COSINE && head.outline_contains(p, 1.0);
            let px2_per_mm2 = (spot[0] * spot[2] - spot[1] * spot[1]).max(1e-9).sqrt();
            let mm2 = if seen { step * step / px2_per_mm2 * head.scalp_share(&at) } else { 0.0 };
            nodes.push(Node {
                scalp: at.scalp,
                spot: spot.map(|v| v as f32),
                mm2: mm2 as f32,
                natural: natural_share(at.scalp),
            });
        }
        Self { grid, count, nodes, most_px_per_mm }
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
