//! How long a pixel is on the skin, at the corners of the grid.

use super::Grid;
use crate::head::Head;

/// What turns px in the picture into mm on the skin, corner by corner. It depends on the head
/// alone.
#[derive(Debug, Clone)]
pub struct SkinScale {
    grid: Grid,
    /// Covariance in photo px² of a round spot of variance 1 mm² (xx, xy, yy), row by row.
    spots: Vec<[f32; 3]>,
}

impl SkinScale {
    /// The scale on a fitted head.
    pub fn new(head: &Head) -> Self {
        let grid = Grid::new(head.placement());
        let corners = 0..=grid.side;
        let spots = corners
            .clone()
            .flat_map(|row| corners.clone().map(move |column| (column as f64, row as f64)))
            .map(|(column, row)| head.unproject(grid.at(column, row)).spot_covariance().map(|v| v as f32))
            .collect();
        Self { grid, spots }
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Length on the skin, mm, of the way (`dx`, `dy`), photo px, from a corner.
    #[inline]
    pub fn mm(&self, corner: usize, [dx, dy]: [f64; 2]) -> f32 {
        let [xx, xy, yy] = self.spots[corner];
        let (dx, dy) = (dx as f32, dy as f32);
        let det = (xx * yy - xy * xy).max(1e-6);
        ((dx * dx * yy - 2.0 * dx * dy * xy + dy * dy * xx).max(0.0) / det).sqrt()
    }
}
