//! Which parts of a view have to be computed again.

use super::View;

/// Side of a tile, px: a little more than most dots, so that a line that is moved repaints little.
pub const TILE: usize = 16;

/// A rectangle of view pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// First column.
    pub left: usize,
    /// First row.
    pub top: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// A view in tiles, each marked or not.
#[derive(Debug, Clone, Default)]
pub struct Tiles {
    width: usize,
    height: usize,
    columns: usize,
    marked: Vec<bool>,
}

impl Tiles {
    /// The tiles of a view, none of them marked.
    pub fn of(view: &View) -> Self {
        let (width, height) = (view.width as usize, view.height as usize);
        let (columns, rows) = (width.div_ceil(TILE), height.div_ceil(TILE));
        Self { width, height, columns, marked: vec![false; columns * rows] }
    }

    /// Marks every tile that touches the columns `left`–`right` and rows `top`–`bottom`, all
    /// inclusive.
    #[inline]
    pub fn mark(&mut self, left: i32, top: i32, right: i32, bottom: i32) {
        if right < 0 || bottom < 0 || left >= self.width as i32 || top >= self.height as i32 {
            return;
        }
        let tile = |v: i32, size: usize| v.clamp(0, size as i32 - 1) as usize / TILE;
        let (x0, x1) = (tile(left, self.width), tile(right, self.width));
        for y in tile(top, self.height)..=tile(bottom, self.height) {
            for x in x0..=x1 {
                self.marked[y * self.columns + x] = true;
            }
        }
    }

    /// The same for no more than [`TILE`] columns and rows, some of them in the view: the tiles of
    /// the four corners are all.
    #[inline]
    pub fn mark_small(&mut self, left: i32, top: i32, right: i32, bottom: i32) {
        let (last_x, last_y) = (self.width as i32 - 1, self.height as i32 - 1);
        let tile = |v: i32, last: i32| v.max(0).min(last) as usize / TILE;
        let (x0, x1) = (tile(left, last_x), tile(right, last_x));
        for y in [tile(top, last_y), tile(bottom, last_y)] {
            let row = y * self.columns;
            for x in [x0, x1] {
                if let Some(tile) = self.marked.get_mut(row + x) {
                    *tile = true;
                }
            }
        }
    }

    /// Marks every tile that a rectangle of whole tiles holds.
    pub fn mark_rect(&mut self, rect: Rect) {
        let (left, top) = (rect.left as i32, rect.top as i32);
        self.mark(left, top, left + rect.width as i32 - 1, top + rect.height as i32 - 1);
    }

    /// Marks what is marked in `other`, tiles of the same view.
    pub fn mark_also(&mut self, other: &Self) {
        for (mine, theirs) in self.marked.iter_mut().zip(&other.marked) {
            *mine |= theirs;
        }
    }

    /// Whether a pixel's tile is marked.
    pub fn holds(&self, x: usize, y: usize) -> bool {
        self.marked[y / TILE * self.columns + x / TILE]
    }

    /// Takes all marks away and calls `part` for each run of marked tiles, from the top; the
    /// smallest rectangle around all of them.
    pub fn take(&mut self, mut part: impl FnMut(Rect)) -> Option<Rect> {
        let mut around: Option<(usize, usize, usize, usize)> = None;
        for (row, tiles) in self.marked.chunks_mut(self.columns.max(1)).enumerate() {
            let top = row * TILE;
            let height = TILE.min(self.height - top);
            let mut column = 0;
            while column < tiles.len() {
                if !tiles[column] {
                    column += 1;
                    continue;
                }
                let start = column;
                while column < tiles.len() && tiles[column] {
                    tiles[column] = false;
                    column += 1;
                }
                let left = start * TILE;
                let right = (column * TILE).min(self.width);
                part(Rect { left, top, width: right - left, height });
                around = Some(match around {
                    None => (left, top, right, top + height),
                    Some((l, t, r, _)) => (l.min(left), t, r.max(right), top + height),
                });
            }
        }
        around.map(|(left, top, right, bottom)| Rect { left, top, width: right - left, height: bottom - top })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    #[test]
    fn parts_are_the_marked_tiles_and_come_once() {
        let view = View::new(0.0, 0.0, 1.0, 100, 70).unwrap();
        let mut tiles = Tiles::of(&view);
        tiles.mark(30, 40, 33, 41);
        tiles.mark(-9, -9, -1, -1);
        tiles.mark(99, 69, 140, 140);
        let mut parts = Vec::new();
        let around = tiles.take(|r| parts.push(r));
        assert_eq!(
            parts,
            [
                Rect { left: 16, top: 32, width: 32, height: 16 },
                Rect { left: 96, top: 64, width: 4, height: 6 },
            ]
        );
        assert_eq!(around, Some(Rect { left: 16, top: 32, width: 84, height: 38 }));
        assert_eq!(tiles.take(|_| ()), None);
    }
}
