//! Which part of the picture lies behind the hairline, and how far.

use crate::document::Document;
use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// The crown in the head frame: behind and a little above the middle of the skull. What lies on
/// its side of the line is behind the line.
const CROWN: ScalpPoint = ScalpPoint { x: 0.0, y: 0.94, z: -0.34 };
/// Cells across the head; each keeps the few pieces of the line that can be nearest within it.
const CELLS_ACROSS: f64 = 48.0;

/// Where a point lies with respect to the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Behind {
    /// In front of the line.
    Not,
    /// Behind it at this distance in photo px; the unit vector points to the nearest place of the
    /// line.
    Near {
        /// Photo px to the line.
        px: f64,
        /// Picture direction to the line.
        towards: [f64; 2],
    },
    /// So far behind it that the distance does not matter.
    Far,
}

#[derive(Debug, Clone)]
enum Cell {
    Outside,
    Inside,
    /// The line passes near but not through: one side only.
    Beside {
        inside: bool,
        pieces: Vec<u16>,
    },
    /// The line may pass through.
    Crossed {
        pieces: Vec<u16>,
    },
}

/// The part of the picture behind the hairline.
#[derive(Debug, Clone)]
pub struct Region {
    line: Vec<PhotoPoint>,
    polygon: Vec<PhotoPoint>,
    origin: PhotoPoint,
    cell: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
}

impl Region {
    /// The region of a document's hairline on its fitted head. Distances beyond `reach_px` are not
    /// told apart.
    pub fn new(document: &Document, head: &Head, reach_px: f64) -> Self {
        let placement = head.placement();
        let extent = placement.half_width.max(placement.half_height);
        let mut line = document.hairline.polyline(extent / 150.0);
        let polygon = close_behind(&mut line, head, extent);

        let cell = 2.0 * extent / CELLS_ACROSS;
        let columns = CELLS_ACROSS as usize + 4;
        let c = placement.centre;
        let half = cell * columns as f64 * 0.5;
        let mut region = Self {
            line,
            polygon,
            origin: PhotoPoint::new(c.x - half, c.y - half),
            cell,
            columns,
            rows: columns,
            cells: Vec::new(),
        };
        let half_diagonal = cell * 0.5 * std::f64::consts::SQRT_2;
        let mut cells = Vec::with_capacity(columns * columns);
        for row in 0..region.rows {
            for column in 0..region.columns {
                cells.push(region.classify(row, column, half_diagonal, reach_px));
            }
        }
        region.cells = cells;
        region
    }

    fn classify(&self, row: usize, column: usize, half_diagonal: f64, reach_px: f64) -> Cell {
        let middle = PhotoPoint::new(
            self.origin.x + (column as f64 + 0.5) * self.cell,
            self.origin.y + (row as f64 + 0.5) * self.cell,
        );
        let squared: Vec<f64> =
            self.line.windows(2).map(|w| squared_distance(middle, w[0], w[1]).0).collect();
        let nearest = squared.iter().copied().fold(f64::INFINITY, f64::min).sqrt();
        if nearest > reach_px + half_diagonal {
            return if inside(&self.polygon, middle) { Cell::Inside } else { Cell::Outside };
        }
        // Whatever is nearest to any point of the cell is within a diagonal of the middle's
        // nearest.
        let limit = nearest + 2.0 * half_diagonal;
        let pieces = (0u16..).zip(&squared).filter(|(_, d)| **d <= limit * limit).map(|(i, _)| i).collect();
        if nearest > half_diagonal {
            if inside(&self.polygon, middle) { Cell::Beside { inside: true, pieces } } else { Cell::Outside }
        } else {
            Cell::Crossed { pieces }
        }
    }

    /// Where a photo point lies.
    pub fn locate(&self, p: PhotoPoint) -> Behind {
        let (column, row) = ((p.x - self.origin.x) / self.cell, (p.y - self.origin.y) / self.cell);
        if !(column >= 0.0 && row >= 0.0) || column as usize >= self.columns || row as usize >= self.rows {
            return Behind::Not;
        }
        let pieces = match &self.cells[row as usize * self.columns + column as usize] {
            Cell::Outside | Cell::Beside { inside: false, .. } => return Behind::Not,
            Cell::Inside => return Behind::Far,
            Cell::Beside { pieces, .. } => pieces,
            Cell::Crossed { pieces } => {
                if !inside(&self.polygon, p) {
                    return Behind::Not;
                }
                pieces
            }
        };
        let mut best = (f64::INFINITY, [0.0, 0.0]);
        for &i in pieces {
            let i = usize::from(i);
            let found = squared_distance(p, self.line[i], self.line[i + 1]);
            if found.0 < best.0 {
                best = found;
            }
        }
        let px = best.0.sqrt();
        let k = if px > 0.0 { 1.0 / px } else { 0.0 };
        Behind::Near { px, towards: [best.1[0] * k, best.1[1] * k] }
    }
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
                    Behind::Near { px, .. } => {
                        near += 1;
                        assert!(inside(&region.polygon, p) && (px - truth).abs() < 1e-9);
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
