//! Which part of the picture lies behind the hairline, and how far.

use std::sync::Arc;

use super::side::squared_distance;
use super::{Behind, Grid, Side, SkinScale, ZoneMap};
use crate::document::Document;
use crate::hairline::TreatedSide;
use crate::head::Head;
use crate::space::PhotoPoint;

/// Nearer to the line than this many cells a distance is computed from the line itself; farther
/// away it is so even that what lies between the corners of a cell is as good.
const EXACT_CELLS: f64 = 2.0;
/// Length of the pieces that the line is drawn of, as a share of the head: about 2 mm, whose bow
/// over a chord is a few hundredths of a millimetre.
const PIECES_PER_EXTENT: f64 = 50.0;
/// Pieces on each side of a neighbour's nearest that are asked too.
const BESIDE: usize = 1;
/// Pieces beyond those nearest to the corners of a cell that may be nearest within it.
const SPARE: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cell {
    /// In front of the line.
    Outside,
    /// Behind it, beyond its reach.
    Inside,
    /// Behind it; the distance is that between the corners.
    Smooth,
    /// The line is near: its pieces `from` to `to` can be nearest.
    Exact { from: u16, to: u16 },
}

/// The part of the picture behind the hairline.
#[derive(Debug, Clone)]
pub struct Region {
    line: Vec<PhotoPoint>,
    grid: Grid,
    cells: Vec<Cell>,
    corners: Vec<Corner>,
    zones: Arc<ZoneMap>,
}

/// A corner of the grid.
#[derive(Debug, Clone, Copy)]
struct Corner {
    behind: bool,
    /// The nearest piece of the line; [`UNKNOWN`] where nobody needs to know.
    piece: u16,
    /// Squared distance to it, photo px².
    squared: f64,
    /// Distance along the skin, mm.
    mm: f32,
}

const UNKNOWN: u16 = u16::MAX;

impl Region {
    /// The region of a document's hairline on its fitted head. Distances beyond `reach_mm` are not
    /// told apart.
    pub fn new(document: &Document, head: &Head, scale: &SkinScale, reach_mm: f32) -> Self {
        let placement = head.placement();
        let extent = placement.half_width.max(placement.half_height);
        let side = TreatedSide::of(&document.hairline.polyline(extent / PIECES_PER_EXTENT), head);
        let grid = *scale.grid();
        let corners = corners_within(&side, &grid);
        let mut region = Self { line: side.line, grid, cells: Vec::new(), corners, zones: Arc::default() };
        region.measure_near();
        region.spread();
        region.scale(scale);
        region.cells = (0..grid.len()).map(|cell| region.classify(cell, reach_mm)).collect();
        region
    }

    /// The same region with what zones do to it; both must be of the same head.
    #[must_use]
    pub fn with_zones(mut self, zones: Arc<ZoneMap>) -> Self {
        self.zones = zones;
        self
    }

    /// What zones do.
    pub fn zones(&self) -> &ZoneMap {
        &self.zones
    }

    /// Number of pieces of the line.
    fn pieces(&self) -> usize {
        self.line.len().saturating_sub(1)
    }

    /// Distances of the corners around each piece, as far as they are to be exact.
    fn measure_near(&mut self) {
        let (count, last) = (self.grid.side + 1, self.grid.side as f64);
        for piece in 0..self.pieces() {
            let (a, b) = (self.grid.in_cells(self.line[piece]), self.grid.in_cells(self.line[piece + 1]));
            let range = |a: f64, b: f64| {
                let end = |v: f64| v.clamp(0.0, last) as usize;
                let margin = EXACT_CELLS + 1.0;
                end(a.min(b) - margin)..=end((a.max(b) + margin).ceil())
            };
            if a.0.max(b.0) < -4.0 || a.1.max(b.1) < -4.0 {
                continue;
            }
            for row in range(a.1, b.1) {
                for column in range(a.0, b.0) {
                    self.ask(row * count + column, piece);
                }
            }
        }
    }

    /// Hands the nearest pieces on from corner to corner behind the line: forwards, then backwards.
    fn spread(&mut self) {
        let count = self.grid.side + 1;
        for corner in 0..count * count {
            let (row, column) = (corner / count, corner % count);
            if column > 0 {
                self.learn(corner, corner - 1);
            }
            if row > 0 {
                self.learn(corner, corner - count);
            }
        }
        for corner in (0..count * count).rev() {
            let (row, column) = (corner / count, corner % count);
            if column + 1 < count {
                self.learn(corner, corner + 1);
            }
            if row + 1 < count {
                self.learn(corner, corner + count);
            }
        }
    }

    /// Asks the pieces that are nearest to a neighbour.
    fn learn(&mut self, corner: usize, neighbour: usize) {
        let piece = self.corners[neighbour].piece;
        if !self.corners[corner].behind || piece == UNKNOWN || piece == self.corners[corner].piece {
            return;
        }
        let piece = usize::from(piece);
        for piece in piece.saturating_sub(BESIDE)..=(piece + BESIDE).min(self.pieces() - 1) {
            self.ask(corner, piece);
        }
    }

    /// Takes a piece for the nearest to a corner if it is nearer than what was.
    fn ask(&mut self, corner: usize, piece: usize) {
        let (squared, _) = self.distance(self.corner_point(corner), piece);
        let known = &mut self.corners[corner];
        if squared < known.squared {
            (known.squared, known.piece) = (squared, piece as u16);
        }
    }

    /// From px in the picture to mm on the skin.
    fn scale(&mut self, scale: &SkinScale) {
        for corner in 0..self.corners.len() {
            let piece = self.corners[corner].piece;
            if piece != UNKNOWN {
                let (_, way) = self.distance(self.corner_point(corner), usize::from(piece));
                self.corners[corner].mm = scale.mm(corner, way);
            }
        }
    }

    fn classify(&self, cell: usize, reach_mm: f32) -> Cell {
        let corners = self.corners_of(cell);
        let exact = (EXACT_CELLS * self.grid.cell) * (EXACT_CELLS * self.grid.cell);
        if corners.iter().any(|c| c.squared < exact) {
            let known = corners.iter().filter(|c| c.piece != UNKNOWN).map(|c| usize::from(c.piece));
            let (from, to) = known.fold((usize::MAX, 0), |(a, b), p| (a.min(p), b.max(p)));
            let to = (to + SPARE + 1).min(self.pieces());
            return Cell::Exact { from: from.saturating_sub(SPARE) as u16, to: to as u16 };
        }
        if !corners[0].behind {
            Cell::Outside
        } else if corners.iter().all(|c| c.mm > reach_mm) {
            Cell::Inside
        } else {
            Cell::Smooth
        }
    }

    fn distance(&self, p: PhotoPoint, piece: usize) -> (f64, [f64; 2]) {
        let (squared, way, _) = squared_distance(p, self.line[piece], self.line[piece + 1]);
        (squared, way)
    }

    fn corner_point(&self, corner: usize) -> PhotoPoint {
        let count = self.grid.side + 1;
        self.grid.at((corner % count) as f64, (corner / count) as f64)
    }

    #[inline]
    fn corners_of(&self, cell: usize) -> [Corner; 4] {
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
            Cell::Exact { .. } => Side::Crossed,
            Cell::Smooth => {
                let mm = self.corners_of(cell).map(|c| c.mm);
                Side::Within(mm[0].min(mm[1]).min(mm[2].min(mm[3])), mm[0].max(mm[1]).max(mm[2].max(mm[3])))
            }
        }
    }

    /// Whether every point of a cell lies as it does in `other`, a region of the same grid.
    pub fn same(&self, other: &Self, cell: usize) -> bool {
        if !Arc::ptr_eq(&self.zones, &other.zones) && !self.zones.same(&other.zones, cell) {
            return false;
        }
        match (self.cells[cell], other.cells[cell]) {
            (Cell::Outside, Cell::Outside) | (Cell::Inside, Cell::Inside) => true,
            (Cell::Smooth, Cell::Smooth) => {
                self.corners_of(cell).map(|c| c.mm) == other.corners_of(cell).map(|c| c.mm)
            }
            (Cell::Exact { from, to }, Cell::Exact { from: from2, to: to2 }) => {
                let mine = &self.line[usize::from(from)..=usize::from(to)];
                mine == &other.line[usize::from(from2)..=usize::from(to2)]
                    && self.corners_of(cell)[0].behind == other.corners_of(cell)[0].behind
            }
            _ => false,
        }
    }

    /// Where a photo point of a cell lies. `mm` tells how long a way in the picture, photo px, is on
    /// the skin there.
    #[inline]
    pub fn locate(&self, cell: usize, p: PhotoPoint, mm: impl FnOnce([f64; 2]) -> f32) -> Behind {
        let (column, row) = (cell % self.grid.side, cell / self.grid.side);
        match self.cells[cell] {
            Cell::Outside => Behind::Not,
            Cell::Inside => Behind::Far,
            Cell::Smooth => {
                let [a, b, c, d] = self.corners_of(cell).map(|c| c.mm);
                let (x, y) = self.grid.in_cells(p);
                let (u, v) = ((x - column as f64) as f32, (y - row as f64) as f32);
                let (top, bottom) = (a + (b - a) * u, c + (d - c) * u);
                Behind::Near(top + (bottom - top) * v)
            }
            Cell::Exact { from, to } => {
                let corner = self.grid.at(column as f64, row as f64);
                let pieces = usize::from(from)..usize::from(to);
                if self.crossings(p, corner, pieces.clone()) == self.corners_of(cell)[0].behind {
                    return Behind::Not;
                }
                let nearest = pieces.map(|piece| self.distance(p, piece)).fold(
                    (f64::INFINITY, [0.0, 0.0]),
                    |best, found| if found.0 < best.0 { found } else { best },
                );
                Behind::Near(mm(nearest.1))
            }
        }
    }

    /// Whether the way from `p` to `corner`, first along x, then along y, crosses these pieces an
    /// odd number of times.
    fn crossings(&self, p: PhotoPoint, corner: PhotoPoint, pieces: std::ops::Range<usize>) -> bool {
        let mut odd = false;
        for piece in pieces {
            let (a, b) = (self.line[piece], self.line[piece + 1]);
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

/// The corners of a grid, each behind the line or not; nothing is known of distances yet.
fn corners_within(side: &TreatedSide, grid: &Grid) -> Vec<Corner> {
    let count = grid.side + 1;
    let mut corners = Vec::with_capacity(count * count);
    let mut crossings: Vec<f64> = Vec::new();
    for row in 0..count {
        let y = grid.at(0.0, row as f64).y;
        side.row_crossings(y, &mut crossings);
        for column in 0..count {
            let x = grid.at(column as f64, 0.0).x;
            let behind = crossings.iter().filter(|c| x < **c).count() % 2 == 1;
            corners.push(Corner { behind, piece: UNKNOWN, squared: f64::INFINITY, mm: f32::INFINITY });
        }
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PhotoSize;

    #[test]
    fn agrees_with_the_plain_computation_everywhere() {
        let document = Document::starting(PhotoSize { width: 600, height: 800 });
        let head = document.fitted_head();
        let reach = 30.0;
        let scale = SkinScale::new(&head);
        let region = Region::new(&document, &head, &scale, reach);
        let extent = document.head.half_width.max(document.head.half_height);
        let side = TreatedSide::of(&document.hairline.polyline(extent / PIECES_PER_EXTENT), &head);
        let c = document.head.centre;
        let (mut near, mut far, mut not) = (0, 0, 0);
        for i in -40..40 {
            for j in -48..48 {
                let p = PhotoPoint::new(c.x + f64::from(i) * 3.7, c.y + f64::from(j) * 3.9);
                if head.outline_radius(p) > 0.93 {
                    continue;
                }
                let (squared, way) = side
                    .line
                    .windows(2)
                    .map(|w| squared_distance(p, w[0], w[1]))
                    .map(|(squared, way, _)| (squared, way))
                    .fold((f64::INFINITY, [0.0; 2]), |m, d| if d.0 < m.0 { d } else { m });
                let (px, length) = (squared.sqrt(), (way[0] * way[0] + way[1] * way[1]).sqrt());
                let at = head.unproject(p);
                let truth = (length * at.mm_per_px(way[0] / length, way[1] / length)) as f32;
                let cell = region.grid().cell_of(p).unwrap_or(0);
                let exact = px < EXACT_CELLS * region.grid.cell;
                match region.locate(cell, p, |way| {
                    let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
                    (length * at.mm_per_px(way[0] / length, way[1] / length)) as f32
                }) {
                    Behind::Not => {
                        not += 1;
                        assert!(!side.contains(p));
                    }
                    Behind::Near(mm) => {
                        near += 1;
                        let off = if exact { 1e-3 } else { 0.15 * truth + 0.3 };
                        assert!(side.contains(p) && (mm - truth).abs() < off, "{mm} {truth}");
                    }
                    Behind::Far => {
                        far += 1;
                        assert!(side.contains(p) && truth > reach * 0.97, "{truth}");
                    }
                }
            }
        }
        assert!(near > 400 && far > 50 && not > 500, "{near} {far} {not}");
    }

    #[test]
    fn crown_is_behind_and_brow_is_not() {
        let document = Document::starting(PhotoSize { width: 600, height: 800 });
        let head = document.fitted_head();
        let region = Region::new(&document, &head, &SkinScale::new(&head), 30.0);
        let c = document.head.centre;
        let side = |p| region.grid().cell_of(p).map(|cell| region.side(cell));
        let crown = PhotoPoint::new(c.x, c.y - 0.97 * document.head.half_height);
        assert_eq!(side(crown), Some(Side::Behind));
        assert_eq!(side(c), Some(Side::InFront));
    }

    #[test]
    fn cells_far_from_what_moved_are_the_same() {
        let mut document = Document::starting(PhotoSize { width: 600, height: 800 });
        let head = document.fitted_head();
        let scale = SkinScale::new(&head);
        let before = Region::new(&document, &head, &scale, 30.0);
        document.hairline.points[5].y += 2.0;
        let after = Region::new(&document, &head, &scale, 30.0);
        let changed = (0..before.grid().len()).filter(|cell| !after.same(&before, *cell)).count();
        assert!(changed > 50 && changed < before.grid().len() / 6, "{changed}");
    }
}
