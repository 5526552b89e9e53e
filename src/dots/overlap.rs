//! Dots that lie over each other cover less than the sum of both.

/// Nearest neighbours of a dot in an even set, and their distance in units of 1/√density.
const NEIGHBOURS: f32 = 6.0;
const DISTANCE: f32 = 0.95;

/// Share of a dot's own coverage that its neighbours do not cover too, for evenly spaced Gaussian
/// dots of effective diameter `diameter_mm` and opacity `strength`, `per_cm2` of them.
///
/// Half of every common part is counted with each of the two dots. Coverage stays a plain sum on
/// the plane, so that zooming never changes it (stipple.md section 5: 'linear coverage × one
/// saturation factor per density').
pub fn own_share(per_cm2: f32, diameter_mm: f32, strength: f32) -> f32 {
    let per_mm2 = per_cm2 * 0.01;
    let four_variances = 0.5 * diameter_mm * diameter_mm;
    let reach = DISTANCE * DISTANCE / (per_mm2 * four_variances).max(1e-6);
    // Two unit Gaussians at a distance: mass² / (4πσ²) · e^(−r²/4σ²); the mass is that of a disc.
    let common = strength * 0.5 * falling(reach);
    (1.0 - 0.5 * NEIGHBOURS * common).max(0.5)
}

/// e^−x for x ≥ 0 with + and × only.
fn falling(x: f32) -> f32 {
    let mut v = (1.0 - x * (1.0 / 256.0)).max(0.0);
    for _ in 0..8 {
        v *= v;
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparse_dots_do_not_overlap_and_dense_ones_do() {
        assert!(own_share(60.0, 0.45, 1.0) > 0.999);
        let dense = own_share(200.0, 0.5, 0.85);
        assert!((0.955..0.975).contains(&dense), "the rendered pair has 0.965: {dense}");
        assert!(own_share(220.0, 0.7, 1.0) >= 0.5);
    }
}
