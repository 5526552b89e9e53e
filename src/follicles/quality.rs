//! How evenly points are spaced: the measures the asset is held to.
//!
//! `rho` is the distance to the nearest neighbour over the largest that `n` points on the area
//! could all have, that of the hexagonal lattice, sqrt(2 / (√3 n)) (Lagae and Dutré 2008).

use crate::head::SKULL_SEMI_AXES_MM;
use crate::space::ScalpPoint;

/// Nearest-neighbour spacing of a set, relative to the hexagonal lattice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// The closest pair.
    pub min: f64,
    /// The first percentile.
    pub p01: f64,
    /// The mean; 0.465 for random points, 1 for the lattice.
    pub mean: f64,
}

impl Spacing {
    /// The Clark-Evans index: 1 for random points, 2.149 for the lattice.
    pub fn clark_evans(&self) -> f64 {
        2.149_139_863_647_084 * self.mean
    }
}

/// Where follicles lie on the canonical skull, in mm.
pub fn on_skull(points: &[ScalpPoint]) -> Vec<[f64; 3]> {
    let [a, b, c] = SKULL_SEMI_AXES_MM.map(f64::from);
    points.iter().map(|p| [a * f64::from(p.x), b * f64::from(p.y), c * f64::from(p.z)]).collect()
}

/// The spacing of points in space that lie on a surface of `area`, in the square of their unit.
pub fn spacing(points: &[[f64; 3]], area: f64) -> Spacing {
    let longest = (2.0 * area / (3.0_f64.sqrt() * points.len() as f64)).sqrt();
    let mut rho: Vec<f64> = nearest(points, longest).iter().map(|d| d / longest).collect();
    rho.sort_by(f64::total_cmp);
    let at = |share: f64| rho.get((share * rho.len() as f64) as usize).copied().unwrap_or(0.0);
    Spacing { min: at(0.0), p01: at(0.01), mean: rho.iter().sum::<f64>() / rho.len().max(1) as f64 }
}

/// Distance of each point to its nearest neighbour, looked up in a grid of cells `cell` wide.
fn nearest(points: &[[f64; 3]], cell: f64) -> Vec<f64> {
    let key = |p: &[f64; 3]| p.map(|v| (v / cell).floor() as i32);
    let mut cells: std::collections::HashMap<[i32; 3], Vec<usize>> = std::collections::HashMap::new();
    for (i, p) in points.iter().enumerate() {
        cells.entry(key(p)).or_default().push(i);
    }
    let search = |i: usize, reach: i32| {
        let [x, y, z] = key(&points[i]);
        let mut best = f64::INFINITY;
        for dx in -reach..=reach {
            for dy in -reach..=reach {
                for dz in -reach..=reach {
                    for &j in cells.get(&[x + dx, y + dy, z + dz]).into_iter().flatten() {
                        if j != i {
                            let d: f64 = (0..3)
                                .map(|k| (points[i][k] - points[j][k]) * (points[i][k] - points[j][k]))
                                .sum();
                            best = best.min(d);
                        }
                    }
                }
            }
        }
        best.sqrt()
    };
    (0..points.len())
        .map(|i| {
            // What is found within the reach is nearest only if no farther than the reach.
            (1..8)
                .map(|reach| (reach, search(i, reach)))
                .find(|(reach, d)| *d <= f64::from(*reach) * cell)
                .map_or(8.0 * cell, |(_, d)| d)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngCore;

    #[test]
    fn the_hexagonal_lattice_is_one() {
        let row = 3.0_f64.sqrt() / 2.0;
        let points: Vec<[f64; 3]> = (0..60)
            .flat_map(|j| {
                (0..60).map(move |i| [f64::from(i) + 0.5 * f64::from(j % 2), f64::from(j) * row, 0.0])
            })
            .collect();
        let s = spacing(&points, 3600.0 * row);
        assert!((s.min - 1.0).abs() < 1e-9 && (s.mean - 1.0).abs() < 1e-9, "{s:?}");
    }

    #[test]
    fn random_points_have_clark_evans_one() {
        let mut draw = rand_pcg::Pcg32::new(7, 11);
        let mut unit = || f64::from(draw.next_u32()) / 4294967296.0;
        let points: Vec<[f64; 3]> = (0..20_000).map(|_| [100.0 * unit(), 100.0 * unit(), 0.0]).collect();
        let ce = spacing(&points, 10_000.0).clark_evans();
        assert!((ce - 1.0).abs() < 0.02, "{ce}");
    }
}
