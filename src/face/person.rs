//! Where the person ends and the background begins, coarsely.

use crate::space::PhotoPoint;

/// How surely each place of the photo shows the person: a coarse picture stretched over the whole
/// photo.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMask {
    width: usize,
    height: usize,
    photo: [f64; 2],
    /// 0–255 = 0–1, row by row.
    share: Vec<u8>,
}

impl PersonMask {
    /// A mask of `width` × `height` cells over a photo of `photo` px; `share` row by row, 0–255 for
    /// 0–1. None if the sizes do not match or are 0.
    pub fn new(width: usize, height: usize, photo: [f64; 2], share: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && width.checked_mul(height) == Some(share.len());
        fits.then_some(Self { width, height, photo, share })
    }

    /// How surely this place of the photo shows the person, 0–1, bilinear between cells' middles.
    pub fn at(&self, p: PhotoPoint) -> f64 {
        let place = |v: f64, photo: f64, cells: usize| {
            let at = (v / photo * cells as f64 - 0.5).clamp(0.0, (cells - 1) as f64);
            let first = (at as usize).min(cells.saturating_sub(2));
            (first, (first + 1).min(cells - 1), at - first as f64)
        };
        let (x0, x1, u) = place(p.x, self.photo[0], self.width);
        let (y0, y1, v) = place(p.y, self.photo[1], self.height);
        let cell = |x: usize, y: usize| f64::from(self.share[y * self.width + x]) / 255.0;
        let row = |y: usize| cell(x0, y) * (1.0 - u) + cell(x1, y) * u;
        row(y0) * (1.0 - v) + row(y1) * v
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    #[test]
    fn between_the_middles_of_cells_it_is_bilinear() {
        let mask = PersonMask::new(2, 2, [200.0, 100.0], vec![0, 255, 0, 255]).unwrap();
        assert_eq!(mask.at(PhotoPoint::new(50.0, 25.0)), 0.0);
        assert_eq!(mask.at(PhotoPoint::new(150.0, 75.0)), 1.0);
        assert!((mask.at(PhotoPoint::new(100.0, 50.0)) - 0.5).abs() < 1e-12);
        assert_eq!(mask.at(PhotoPoint::new(-1e9, 1e9)), 0.0);
        assert!(PersonMask::new(2, 2, [1.0, 1.0], vec![0; 3]).is_none());
    }
}
