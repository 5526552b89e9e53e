//! The share of each pixel that pigment covers.

use super::View;
use crate::dots::Dot;

/// Full coverage of a pixel. Overlapping dots may add up to sixteen times that before the plane is
/// full.
pub const ONE: u16 = 4096;

/// Blur of the photo itself, σ in photo px: a dot is never sharper (stipple.md section 5, default
/// 0.6–0.9).
const PHOTO_BLUR_PX: f32 = 0.7;
/// Blur of sampling at view pixels, σ in view px: narrower spots would lose their mass between
/// pixel centres.
const SAMPLING_BLUR_PX: f32 = 0.45;
/// Dots are drawn out to where their Gaussian has fallen to e^(−10/2).
const CUTOFF: f32 = 10.0;
/// Largest half extent of a dot in view px; a dot of 0.6 mm on a 50-megapixel portrait has 18.
const LARGEST_HALF_EXTENT: i32 = 31;

/// Gaussian as a table over the squared Mahalanobis distance, `STEPS` entries a unit.
const STEPS: usize = 256;

/// A plane of pigment coverage in view pixels, [`ONE`] being full.
#[derive(Debug, Clone)]
pub struct Coverage {
    width: usize,
    height: usize,
    plane: Vec<u16>,
    gaussian: Vec<f32>,
    weights: Vec<f32>,
}

impl Default for Coverage {
    fn default() -> Self {
        let gaussian = (0..=(CUTOFF as usize * STEPS))
            .map(|i| libm::expf(-0.5 * (i as f32 + 0.5) / STEPS as f32))
            .collect();
        Self { width: 0, height: 0, plane: Vec::new(), gaussian, weights: Vec::new() }
    }
}

impl Coverage {
    /// Empties the plane and gives it the view's size.
    pub fn reset(&mut self, view: &View) {
        (self.width, self.height) = (view.width as usize, view.height as usize);
        self.plane.clear();
        self.plane.resize(self.width * self.height, 0);
    }

    /// The plane, row by row.
    pub fn plane(&self) -> &[u16] {
        &self.plane
    }

    /// Adds the dots that touch the view.
    pub fn add(&mut self, view: &View, dots: &[Dot]) {
        for dot in dots {
            self.add_dot(view, dot);
        }
    }

    /// Every dot puts exactly its mass, rounded once, onto the plane, wherever it lies between
    /// pixels and whatever the scale: so that zooming neither darkens nor lightens.
    fn add_dot(&mut self, view: &View, dot: &Dot) {
        let s = view.scale as f32;
        let own = s * s;
        let blur = PHOTO_BLUR_PX * PHOTO_BLUR_PX * own + SAMPLING_BLUR_PX * SAMPLING_BLUR_PX;
        let [xx, xy, yy] =
            [dot.covariance[0] * own + blur, dot.covariance[1] * own, dot.covariance[2] * own + blur];
        let reach = |v: f32| ((CUTOFF * v).sqrt().ceil() as i32).min(LARGEST_HALF_EXTENT);
        let (rx, ry) = (reach(xx), reach(yy));

        // Whole and fractional part are separated in double precision, so that a dot looks the
        // same in every band and view that begins at a whole pixel.
        let (cx, cy) = ((dot.photo.x - view.x) * view.scale - 0.5, (dot.photo.y - view.y) * view.scale - 0.5);
        let (ix, iy) = (cx.floor(), cy.floor());
        if ix < -64.0 || iy < -64.0 || ix > self.width as f64 + 64.0 || iy > self.height as f64 + 64.0 {
            return;
        }
        let (fx, fy) = ((cx - ix) as f32, (cy - iy) as f32);
        let (ix, iy) = (ix as i32, iy as i32);
        let (x0, x1, y0, y1) = (-rx, rx + 1, -ry, ry + 1);
        if ix + x1 < 0 || iy + y1 < 0 || ix + x0 >= self.width as i32 || iy + y0 >= self.height as i32 {
            return;
        }

        let det = xx * yy - xy * xy;
        let (a, b, c) = (yy / det, -2.0 * xy / det, xx / det);
        self.weights.clear();
        let mut sum = 0.0f32;
        for y in y0..=y1 {
            let dy = y as f32 - fy;
            for x in x0..=x1 {
                let dx = x as f32 - fx;
                let q = a * dx * dx + b * dx * dy + c * dy * dy;
                let w = if q < CUTOFF { self.gaussian[(q * STEPS as f32) as usize] } else { 0.0 };
                sum += w;
                self.weights.push(w);
            }
        }
        let mass = (dot.mass * own * f32::from(ONE) + 0.5).floor();
        let scale = mass / sum;

        // Rounding what has been given so far, not each pixel, loses nothing.
        let (mut given, mut rounded) = (0.0f32, 0.0f32);
        let mut weights = self.weights.iter();
        for y in y0..=y1 {
            let row = iy + y;
            let visible = row >= 0 && row < self.height as i32;
            for x in x0..=x1 {
                let Some(w) = weights.next() else { return };
                if *w == 0.0 {
                    continue;
                }
                given += w * scale;
                let next = (given + 0.5).floor();
                let units = (next - rounded) as u16;
                rounded = next;
                let column = ix + x;
                if visible && column >= 0 && column < self.width as i32 {
                    let at = row as usize * self.width + column as usize;
                    self.plane[at] = self.plane[at].saturating_add(units);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::space::PhotoPoint;

    fn dot(x: f64, y: f64, covariance: [f32; 3], mass: f32) -> Dot {
        Dot { photo: PhotoPoint::new(x, y), covariance, mass, diameter_mm: 0.45, strength: 0.85, rank: 0 }
    }

    fn total(view: &View, dots: &[Dot]) -> u64 {
        let mut coverage = Coverage::default();
        coverage.reset(view);
        coverage.add(view, dots);
        coverage.plane().iter().map(|&c| u64::from(c)).sum()
    }

    #[test]
    fn mass_is_exact_at_every_place_shape_and_scale() {
        for scale in [1.0, 0.71, 0.5, 0.25, 0.125] {
            let view = View::new(0.0, 0.0, scale, 64, 64).unwrap();
            for i in 0..50 {
                let at = 0.5 * 64.0 / scale + f64::from(i) * 0.137;
                let mass = 1.0 + 0.1 * i as f32;
                let d = dot(at, at + 0.3, [1.2, 0.5, 0.4], mass);
                let expected = (mass * (scale * scale) as f32 * f32::from(ONE) + 0.5).floor() as u64;
                assert!(total(&view, &[d]).abs_diff(expected) <= 1, "{scale} {i}");
            }
        }
    }

    #[test]
    fn bands_join_without_a_seam() {
        let dots: Vec<Dot> = (0..200)
            .map(|i| {
                dot(f64::from(i * 37 % 100) + 0.31, f64::from(i * 53 % 100) + 0.77, [1.0, 0.2, 0.6], 0.8)
            })
            .collect();
        let whole = View::new(0.0, 0.0, 1.0, 100, 100).unwrap();
        let mut coverage = Coverage::default();
        coverage.reset(&whole);
        coverage.add(&whole, &dots);
        let expected = coverage.plane().to_vec();
        let mut joined = Vec::new();
        for y in (0..100).step_by(7) {
            let band = View::new(0.0, f64::from(y), 1.0, 100, (100 - y).min(7) as u32).unwrap();
            coverage.reset(&band);
            coverage.add(&band, &dots);
            joined.extend_from_slice(coverage.plane());
        }
        assert_eq!(joined, expected);
    }

    #[test]
    fn a_spot_is_centred_where_the_dot_is() {
        let view = View::new(0.0, 0.0, 1.0, 40, 40).unwrap();
        let mut coverage = Coverage::default();
        coverage.reset(&view);
        coverage.add(&view, &[dot(17.3, 22.8, [2.0, 0.7, 1.1], 5.0)]);
        let (mut m, mut mx, mut my) = (0.0, 0.0, 0.0);
        for (i, &c) in coverage.plane().iter().enumerate() {
            m += f64::from(c);
            mx += f64::from(c) * ((i % 40) as f64 + 0.5);
            my += f64::from(c) * ((i / 40) as f64 + 0.5);
        }
        assert!((mx / m - 17.3).abs() < 0.02 && (my / m - 22.8).abs() < 0.02);
    }
}
