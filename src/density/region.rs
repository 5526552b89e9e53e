//! Which part of the picture lies behind the hairline, and how far.

use super::grid::{BLOCK, BLOCKS, Grid};
use crate::document::Document;
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// The crown in the head frame: behind and a little above the middle of the skull. What lies on
/// its side of the line is behind the line.
const CROWN: ScalpPoint = ScalpPoint { x: 0.0, y: 0.94, z: -0.34 };
/// Nearer to the line than this many cells a distance is computed from the line itself; farther
/// away it is so even that what lies between the corners of a cell is as good.
const EXACT_CELLS: f64 = 2.0;
/// Length of the pieces that the line is drawn of, as a share of the head: about 2 mm, whose bow
/// over a chord is a few hundredths of a millimetre.
const PIECES_PER_EXTENT: f64 = 50.0;

/// Where a point lies with respect to the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Behind {
    /// In front of the line.
    Not,
    /// Behind it at this distance in photo px; the vector, about a unit one, points to the nearest
    /// place of the line.
    Near {
        /// Photo px to the line.
        px: f64,
        /// Picture direction to the line.
        towards: [f64; 2],
    },
    /// So far behind it that the distance does not matter.
    Far,
}

/// On which side of the line a cell lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Every point is [`Behind::Not`].
    InFront,
    /// Some are, or the distance matters.
    Near,
    /// Every point is [`Behind::Far`].
    Behind,
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    /// In front of the line.
    Outside,
    /// Behind it, beyond its reach.
    Inside,
    /// Behind it; the distance is that between the corners.
    Smooth,
    /// The line is near: these of the sorted pieces can be nearest.
    Exact { from: u32, to: u32 },
}

/// The part of the picture behind the hairline.
#[derive(Debug, Clone)]
pub struct Region {
    line: Vec<PhotoPoint>,
    polygon: Vec<PhotoPoint>,
    grid: Grid,
    cells: Vec<Cell>,
    /// Pieces of the line, cell by cell.
    pieces: Vec<u16>,
    /// Distance to the line at the corners of the cells, photo px, negative in front of it.
    corners: Vec<f32>,
}

impl Region {
    /// The region of a document's hairline on its fitted head. Distances beyond `reach_px` are not
    /// told apart.
    pub fn new(document: &Document, head: &Head, reach_px: f64) -> Self {
        let placement = head.placement();
        let extent = placement.half_width.max(placement.half_height);
        let mut line = document.hairline.polyline(extent / PIECES_PER_EXTENT);
        let polygon = close_behind(&mut line, head, extent);

        let grid = Grid::new(placement);
        let side = grid.side;
        let mut region = Self {
            line,
            polygon,
            grid,
            cells: vec![Cell::Outside; grid.len()],
            pieces: Vec::new(),
            corners: Vec::new(),
        };
        region.corners = region.insides();
        let all = region.line.len().saturating_sub(1) as u16;
        let stride = BLOCK * BLOCKS;
        for row in (0..side).step_by(stride) {
            for column in (0..side).step_by(stride) {
                let near = region.pieces_near_square(row, column, stride, 0..all);
                for y in (row..row + stride).step_by(BLOCK) {
                    for x in (column..column + stride).step_by(BLOCK) {
                        let near = near.as_ref().map(|n| n.pieces.iter().copied());
                        region.measure_block(y, x, reach_px, near.into_iter().flatten());
                    }
                }
            }
        }
        region
    }

    /// For each corner +∞ behind the line and −∞ in front of it, row by row.
    fn insides(&self) -> Vec<f32> {
        let count = self.grid.side + 1;
        let mut corners = Vec::with_capacity(count * count);
        let mut crossings: Vec<f64> = Vec::new();
        for row in 0..count {
            let y = self.grid.origin.y + row as f64 * self.grid.cell;
            crossings.clear();
            for (a, b) in self.polygon.iter().zip(self.polygon.iter().cycle().skip(1)) {
                if (a.y > y) != (b.y > y) {
                    crossings.push((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
                }
            }
            for column in 0..count {
                let x = self.grid.origin.x + column as f64 * self.grid.cell;
                let odd = crossings.iter().filter(|c| x < **c).count() % 2 == 1;
                corners.push(if odd { f32::INFINITY } else { f32::NEG_INFINITY });
            }
        }
        corners
    }

    /// Distances at the corners of a block, as far as the line reaches, and its cells.
    fn measure_block(&mut self, row: usize, column: usize, reach_px: f64, among: impl Iterator<Item = u16>) {
        let diagonal = BLOCK as f64 * self.grid.cell * std::f64::consts::SQRT_2;
        let near = self.pieces_near_square(row, column, BLOCK, among);
        let count = self.grid.side + 1;
        // In front of the line only where it may pass does a distance matter.
        let first = row * count + column;
        let corners = (0..=BLOCK).flat_map(|y| &self.corners[first + y * count..=first + y * count + BLOCK]);
        let behind = corners.into_iter().any(|c| *c > 0.0);
        let reach_px = if behind { reach_px } else { EXACT_CELLS * self.grid.cell };
        let near = near.filter(|n| n.nearest <= reach_px + diagonal);
        if let Some(near) = &near {
            for y in row..=row + BLOCK {
                for x in column..=column + BLOCK {
                    let p = self.grid.at(x as f64, y as f64);
                    let squared =
                        near.pieces.iter().map(|&i| self.distance(p, i).0).fold(f64::INFINITY, f64::min);
                    let corner = &mut self.corners[y * count + x];
                    *corner = (squared.sqrt() as f32).copysign(*corner);
                }
            }
        }
        for y in row..row + BLOCK {
            for x in column..column + BLOCK {
                self.cells[y * self.grid.side + x] = self.classify(y, x, reach_px, near.as_ref());
            }
        }
    }

    fn classify(&mut self, row: usize, column: usize, reach_px: f64, near: Option<&Near>) -> Cell {
        let corners = self.corners_of(row * self.grid.side + column);
        let nearest = corners.iter().fold(f32::INFINITY, |m, c| m.min(c.abs()));
        if let Some(near) = near
            && f64::from(nearest) < EXACT_CELLS * self.grid.cell
        {
            let nearer = self.pieces_near_square(row, column, 1, near.pieces.iter().copied());
            let from = self.pieces.len() as u32;
            self.pieces.extend(nearer.map(|n| n.pieces).unwrap_or_default());
            return Cell::Exact { from, to: self.pieces.len() as u32 };
        }
        if corners[0] < 0.0 {
            Cell::Outside
        } else if corners.iter().all(|c| c.is_finite()) && f64::from(nearest) <= reach_px {
            Cell::Smooth
        } else {
            Cell::Inside
        }
    }

    /// The pieces of the line that can be nearest to any point of a square of `side` cells.
    fn pieces_near_square(
        &self,
        row: usize,
        column: usize,
        side: usize,
        among: impl Iterator<Item = u16>,
    ) -> Option<Near> {
        let half = side as f64 * 0.5;
        let middle = self.grid.at(column as f64 + half, row as f64 + half);
        let half_diagonal = half * self.grid.cell * std::f64::consts::SQRT_2;
        let squared: Vec<(u16, f64)> = among.map(|i| (i, self.distance(middle, i).0)).collect();
        let nearest = squared.iter().fold(f64::INFINITY, |m, (_, d)| m.min(*d)).sqrt();
        let limit = (nearest + 2.0 * half_diagonal) * (nearest + 2.0 * half_diagonal);
        let pieces = squared.iter().filter(|(_, d)| *d <= limit).map(|(i, _)| *i).collect();
        nearest.is_finite().then_some(Near { nearest, pieces })
    }

    fn distance(&self, p: PhotoPoint, piece: u16) -> (f64, [f64; 2]) {
        let i = usize::from(piece);
        squared_distance(p, self.line[i], self.line[i + 1])
    }

    #[inline]
    fn corners_of(&self, cell: usize) -> [f32; 4] {
        // A row has one corner more than cells.
        let first = cell + cell / self.grid.side;
        let below = first + self.grid.side + 1;
        [self.corners[first], self.corners[first + 1], self.corners[below], self.corners[below + 1]]
    }

    /// The cells that this region is measured by.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// On which side of the line a whole cell lies.
    #[inline]
    pub fn side(&self, cell: usize) -> Side {
        match self.cells[cell] {
            Cell::Outside => Side::InFront,
            Cell::Inside => Side::Behind,
            Cell::Smooth | Cell::Exact { .. } => Side::Near,
        }
    }

    /// Whether every point of a cell lies as it does in `other`, a region of the same grid.
    pub fn same(&self, other: &Self, cell: usize) -> bool {
        match (self.cells[cell], other.cells[cell]) {
            (Cell::Outside, Cell::Outside) | (Cell::Inside, Cell::Inside) => true,
            (Cell::Smooth, Cell::Smooth) => self.corners_of(cell) == other.corners_of(cell),
            (Cell::Exact { from, to }, Cell::Exact { from: from2, to: to2 }) => {
                let mine = &self.pieces[from as usize..to as usize];
                let theirs = &other.pieces[from2 as usize..to2 as usize];
                let ends = |region: &Self, piece: u16| {
                    let i = usize::from(piece);
                    (region.line[i], region.line[i + 1])
                };
                mine.len() == theirs.len()
                    && mine.iter().zip(theirs).all(|(&a, &b)| ends(self, a) == ends(other, b))
                    && (self.corners_of(cell)[0] > 0.0) == (other.corners_of(cell)[0] > 0.0)
            }
            _ => false,
        }
    }

    /// Where a photo point lies.
    pub fn locate(&self, p: PhotoPoint) -> Behind {
        self.grid.cell_of(p).map_or(Behind::Not, |cell| self.locate_in(cell, p))
    }

    /// Where a photo point of this cell lies.
    #[inline]
    pub fn locate_in(&self, cell: usize, p: PhotoPoint) -> Behind {
        let (column, row) = (cell % self.grid.side, cell / self.grid.side);
        match self.cells[cell] {
            Cell::Outside => Behind::Not,
            Cell::Inside => Behind::Far,
            Cell::Smooth => {
                let [a, b, c, d] = self.corners_of(cell).map(f64::from);
                let (x, y) = self.grid.in_cells(p);
                let (u, v) = (x - column as f64, y - row as f64);
                let (top, bottom) = (a + (b - a) * u, c + (d - c) * u);
                let slope_x = (b - a) + ((d - c) - (b - a)) * v;
                // The distance grows by a pixel a pixel, away from the line.
                let towards = [-slope_x / self.grid.cell, -(bottom - top) / self.grid.cell];
                Behind::Near { px: top + (bottom - top) * v, towards }
            }
            Cell::Exact { from, to } => {
                let corner = self.grid.at(column as f64, row as f64);
                let behind = self.corners_of(cell)[0] > 0.0;
                if self.crossings(p, corner, from, to) == behind {
                    return Behind::Not;
                }
                let mut best = (f64::INFINITY, [0.0, 0.0]);
                for &piece in &self.pieces[from as usize..to as usize] {
                    let found = self.distance(p, piece);
                    if found.0 < best.0 {
                        best = found;
                    }
                }
                let px = best.0.sqrt();
                let k = if px > 0.0 { 1.0 / px } else { 0.0 };
                Behind::Near { px, towards: [best.1[0] * k, best.1[1] * k] }
            }
        }
    }
}

impl Region {
    /// Whether the way from `p` to `corner`, first along x, then along y, crosses these pieces an
    /// odd number of times.
    fn crossings(&self, p: PhotoPoint, corner: PhotoPoint, from: u32, to: u32) -> bool {
        let mut odd = false;
        for &piece in &self.pieces[from as usize..to as usize] {
            let (a, b) = (self.line[usize::from(piece)], self.line[usize::from(piece) + 1]);
            if (a.y > p.y) != (b.y > p.y) {
                let x = (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x;
                odd ^= (x > p.x) != (x > corner.x);
            }
            if (a.x > corner.x) != (b.x > corner.x) {
                let y = (b.y - a.y) * (corner.x - a.x) / (b.x - a.x) + a.y;
                odd ^= (y > p.y) != (y > corner.y);
            }
        }
        odd
    }
}

/// Pieces of the line near a place, and how near the nearest is, photo px.
struct Near {
    nearest: f64,
    pieces: Vec<u16>,
}

/// Carries the ends of the line on beyond the head and closes it around the crown's side.
fn close_behind(line: &mut Vec<PhotoPoint>, head: &Head, extent: f64) -> Vec<PhotoPoint> {
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else {
        return Vec::new();
    };
    let middle = line[line.len() / 2];
    let crown = head.project(CROWN).photo;
    let front = PhotoPoint::new((first.x + last.x + middle.x) / 3.0, (first.y + last.y + middle.y) / 3.0);
    let length = crown.distance(front).max(1e-6);
    let behind = [(crown.x - front.x) / length, (crown.y - front.y) / length];
    // Sideways, turned so that each end leaves away from the other one.
    let mut side = [behind[1], -behind[0]];
    if (first.x - last.x) * side[0] + (first.y - last.y) * side[1] < 0.0 {
        side = [-side[0], -side[1]];
    }
    let far = 4.0 * extent;
    let out = |p: PhotoPoint, s: f64, b: f64| {
        PhotoPoint::new(p.x + far * (s * side[0] + b * behind[0]), p.y + far * (s * side[1] + b * behind[1]))
    };
    line.insert(0, out(first, 1.0, 0.0));
    line.push(out(last, -1.0, 0.0));
    let mut polygon = line.clone();
    polygon.push(out(last, -1.0, 2.0));
    polygon.push(out(first, 1.0, 2.0));
    polygon
}

/// Squared distance from `p` to the piece `a`–`b`, and the vector to its nearest place.
fn squared_distance(p: PhotoPoint, a: PhotoPoint, b: PhotoPoint) -> (f64, [f64; 2]) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length2 = dx * dx + dy * dy;
    let t =
        if length2 > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let v = [a.x + t * dx - p.x, a.y + t * dy - p.y];
    (v[0] * v[0] + v[1] * v[1], v)
}

/// Even-odd rule.
#[cfg(test)]
fn inside(polygon: &[PhotoPoint], p: PhotoPoint) -> bool {
    let Some(mut a) = polygon.last() else { return false };
    let mut odd = false;
    for b in polygon {
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
        a = b;
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PhotoSize;

    #[test]
    fn agrees_with_the_plain_computation_everywhere() {
        let document = Document::starting(PhotoSize { width: 600, height: 800 });
        let head = document.fitted_head();
        let reach = 60.0;
        let region = Region::new(&document, &head, reach);
        let c = document.head.centre;
        let (mut near, mut far, mut not) = (0, 0, 0);
        for i in -40..40 {
            for j in -48..48 {
                let p = PhotoPoint::new(c.x + f64::from(i) * 3.7, c.y + f64::from(j) * 3.9);
                let truth = region
                    .line
                    .windows(2)
                    .map(|w| squared_distance(p, w[0], w[1]).0)
                    .fold(f64::INFINITY, f64::min)
                    .sqrt();
                match region.locate(p) {
                    Behind::Not => {
                        not += 1;
                        assert!(!inside(&region.polygon, p));
                    }
                    Behind::Near { px, towards } => {
                        near += 1;
                        let off = if truth < 2.0 * region.grid.cell { 1e-9 } else { 0.2 * region.grid.cell };
                        assert!(inside(&region.polygon, p) && (px - truth).abs() < off, "{px} {truth}");
                        let length = (towards[0] * towards[0] + towards[1] * towards[1]).sqrt();
                        assert!(length == 0.0 || length < 1.05, "{length}");
                    }
                    Behind::Far => {
                        far += 1;
                        assert!(inside(&region.polygon, p) && truth > reach);
                    }
                }
            }
        }
        assert!(near > 500 && far > 50 && not > 500, "{near} {far} {not}");
    }

    #[test]
    fn crown_is_behind_and_brow_is_not() {
        let document = Document::starting(PhotoSize { width: 600, height: 800 });
        let head = document.fitted_head();
        let region = Region::new(&document, &head, 40.0);
        let c = document.head.centre;
        assert_eq!(region.locate(PhotoPoint::new(c.x, c.y - 0.97 * document.head.half_height)), Behind::Far);
        assert_eq!(region.locate(c), Behind::Not);
    }
}
