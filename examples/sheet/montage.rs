//! Pictures of one size in a grid.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use hairline::composite::View;
use hairline::export::{Format, encode};

/// Cells of one size, added in reading order.
pub struct Montage {
    cell: [u32; 2],
    columns: usize,
    cells: Vec<Vec<u8>>,
}

impl Montage {
    /// Cells of the views that are `cell` px wide and high.
    pub fn new(cell: [u32; 2], columns: usize) -> Self {
        Self { cell, columns, cells: Vec::new() }
    }

    /// Adds the RGBA pixels of a view.
    pub fn add(&mut self, view: &View, pixels: Vec<u8>) -> Result<()> {
        ensure!([view.width, view.height] == self.cell, "a cell of another size");
        self.cells.push(pixels);
        Ok(())
    }

    /// Writes the grid as PNG.
    pub fn write(&self, file: &Path) -> Result<()> {
        let [width, height] = self.cell.map(|side| side as usize);
        let row_bytes = width * 4;
        let empty = vec![255; row_bytes];
        let mut pixels = Vec::new();
        for cells in self.cells.chunks(self.columns) {
            for y in 0..height {
                for column in 0..self.columns {
                    let row = cells.get(column).map_or(&empty[..], |c| &c[y * row_bytes..][..row_bytes]);
                    pixels.extend_from_slice(row);
                }
            }
        }
        let rows = self.cells.len().div_ceil(self.columns);
        let (width, height) = (width * self.columns, height * rows);
        Ok(fs::write(file, encode(width as u32, height as u32, &pixels, Format::Png)?)?)
    }
}
