//! How much the coverage varies between neighbouring pixels, and what of that a smaller view no
//! longer shows.
//!
//! The camera's curve bends, so the mean of treated pixels is not the treatment of their mean. A
//! view that averages dots away must make up for what the bend would have done to them, or zooming
//! out would lighten the scalp.

use std::f64::consts::PI;

/// Spatial frequency below which an even set has no variance, as a share of √density: the hole in
/// the middle of the spectrum of blue noise (stipple.md section 3).
const HOLE: f64 = 0.8;

/// One typical dot of a plan, photo px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grain {
    /// Integral of its coverage, photo px².
    pub mass: f64,
    /// Its variance at full size and in the view, photo px².
    pub variances: [f64; 2],
}

impl Grain {
    /// Variance of the coverage about its mean `coverage` with dots of variance `sigma2`.
    ///
    /// Dots of mass m and variance σ² at n a px²: scattered at random they have n ∫g² = c m/(4πσ²);
    /// even ones keep only what lies outside the hole, e^(−4π²σ²k²) of it at k = hole · √n.
    fn variance_at(self, coverage: f64, sigma2: f64) -> f64 {
        if self.mass <= 0.0 || sigma2 <= 0.0 {
            return 0.0;
        }
        let per_px2 = coverage / self.mass;
        let outside = libm::exp(-4.0 * PI * PI * sigma2 * HOLE * HOLE * per_px2);
        coverage * self.mass / (4.0 * PI * sigma2) * outside
    }

    /// Variance of the coverage that is there at full size and gone in the view.
    pub fn lost(self, coverage: f64) -> f64 {
        let [full, view] = self.variances;
        (self.variance_at(coverage, full) - self.variance_at(coverage, view)).max(0.0)
    }
}
