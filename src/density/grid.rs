//! Cells over the head as it is seen: what treats neighbouring follicles alike asks once a cell.

use crate::head::HeadPlacement;
use crate::space::PhotoPoint;

/// Cells across the head: about 2 mm each.
const CELLS_ACROSS: f64 = 96.0;

/// A square grid around a placed head. It depends on nothing else, so it stays while a line is
/// dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Top left corner.
    pub origin: PhotoPoint,
    /// Side of a cell, photo px.
    pub cell: f64,
    /// Cells on a side of the grid.
    pub side: usize,
}

impl Grid {
    /// The grid of a placed head.
    pub fn new(placement: &HeadPlacement) -> Self {
        let extent = placement.half_width.max(placement.half_height);
        let cell = 2.0 * extent / CELLS_ACROSS;
        let side = CELLS_ACROSS as usize + 12;
        let half = cell * side as f64 * 0.5;
        let c = placement.centre;
        Self { origin: PhotoPoint::new(c.x - half, c.y - half), cell, side }
    }

    /// Place in cells from the grid's corner: whole parts are column and row.
    #[inline]
    pub fn in_cells(&self, p: PhotoPoint) -> (f64, f64) {
        ((p.x - self.origin.x) / self.cell, (p.y - self.origin.y) / self.cell)
    }

    /// The photo point at a place in cells.
    pub fn at(&self, column: f64, row: f64) -> PhotoPoint {
        PhotoPoint::new(self.origin.x + column * self.cell, self.origin.y + row * self.cell)
    }

    /// Number of the cell that holds a point, row by row; none outside the grid.
    pub fn cell_of(&self, p: PhotoPoint) -> Option<usize> {
        let (x, y) = self.in_cells(p);
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.side && (y as usize) < self.side;
        inside.then(|| y as usize * self.side + x as usize)
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.side * self.side
    }

    /// Never: a grid has cells.
    pub fn is_empty(&self) -> bool {
        self.side == 0
    }
}
