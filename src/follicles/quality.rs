//! How evenly points are spaced: the measures the asset is held to.
//!
//! `rho` is the distance to the nearest neighbour over the largest that `n` points on the area
//! could all have, that of the hexagonal lattice, sqrt(2 / (√3 n)) (Lagae and Dutré 2008).
//!
//! Spacing sees neighbours only. Whether larger areas are filled alike, or the set looks mottled,
//! is in the power spectrum at low frequencies ([`Spectrum::low`]).

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

/// Distance of each point to its nearest neighbour, looked up in cubes `cell` wide; at most eight
/// of them far.
fn nearest(points: &[[f64; 3]], cell: f64) -> Vec<f64> {
    let cube = |p: [f64; 3]| p.map(|v| (v / cell).floor() as i64);
    let key = |[x, y, z]: [i64; 3]| {
        let part = |v: i64| (v + (1 << 20)) as u64 & 0x1f_ffff;
        part(x) << 42 | part(y) << 21 | part(z)
    };
    // Sorted by cube, z last: cubes next to each other along z are a stretch of the list.
    let mut sorted: Vec<(u64, [f64; 3])> = points.iter().map(|p| (key(cube(*p)), *p)).collect();
    sorted.sort_unstable_by_key(|entry| entry.0);
    let search = |i: usize, reach: i64| {
        let p = sorted[i].1;
        let [x, y, z] = cube(p);
        let mut best = f64::INFINITY;
        for dx in -reach..=reach {
            for dy in -reach..=reach {
                let first = key([x + dx, y + dy, z - reach]);
                let last = key([x + dx, y + dy, z + reach]);
                let mut at = sorted.partition_point(|entry| entry.0 < first);
                while let Some((_, q)) = sorted.get(at).filter(|entry| entry.0 <= last) {
                    let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
                    if at != i {
                        best = best.min(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                    }
                    at += 1;
                }
            }
        }
        best.sqrt()
    };
    (0..sorted.len())
        .map(|i| {
            // What is found within the reach is nearest only if no farther than the reach.
            (1..8)
                .map(|reach| (reach as f64, search(i, reach)))
                .find(|(reach, d)| *d <= reach * cell)
                .map_or(8.0 * cell, |(_, d)| d)
        })
        .collect()
}

/// Radius of the patches of the skull a spectrum is taken from, mm.
///
/// The lowest frequency told apart is about 1.5 / radius: waves of 17 mm.
pub const PATCH_RADIUS_MM: f64 = 25.0;
/// Most patches; together they cover the shipped set about once.
const PATCHES: usize = 32;
/// Frequencies and directions, and the step between two frequencies in units of √density.
const FREQUENCIES: usize = 32;
const FREQUENCY_STEP: f64 = 0.05;
const DIRECTIONS: usize = 16;

/// Radially averaged power of a point set; white noise has 1 everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Power at the frequencies 0.025, 0.075, 0.125, … times the square root of the density.
    pub power: Vec<f64>,
    /// Mean power at frequencies below half the square root of the density ("LF"): 0 for a
    /// lattice, 1 for white noise. Waves too long for a patch do not count.
    pub low: f64,
    /// Highest power: 1.5 to 3 for blue noise, far more for what resembles a lattice.
    pub peak: f64,
    /// Scatter of power over the directions, relative to what chance makes of it: 1 for an isotropic
    /// set. Directions compare where patches share them, so this means less on a curved surface.
    pub anisotropy: f64,
}

/// Middles of patches for [`spectrum_on_skull`]: those of the first points that have points all
/// around. The first points of a ranked set are themselves evenly spread.
pub fn patches_on_skull(points: &[[f64; 3]], area: f64) -> Vec<[f64; 3]> {
    const SECTORS: usize = 12;
    let density = points.len() as f64 / area;
    let expected = density * std::f64::consts::PI * PATCH_RADIUS_MM * PATCH_RADIUS_MM / SECTORS as f64;
    // Only the outer half of the area counts: a gap begins at the patch's border.
    let outside = 0.5 * PATCH_RADIUS_MM * PATCH_RADIUS_MM;
    let is_full = |middle: &&[f64; 3]| {
        let mut counts = [0_usize; SECTORS];
        for [x, y] in chart(points, **middle) {
            if x * x + y * y > outside {
                let turn = libm::atan2(y, x) / std::f64::consts::TAU + 0.5;
                counts[((turn * SECTORS as f64) as usize).min(SECTORS - 1)] += 1;
            }
        }
        counts.iter().all(|n| *n as f64 > 0.8 * 0.5 * expected)
    };
    points.iter().take(4 * PATCHES).filter(is_full).take(PATCHES).copied().collect()
}

/// The spectrum of points on the skull in mm, of `density` per mm², over patches about `middles`.
pub fn spectrum_on_skull(points: &[[f64; 3]], density: f64, middles: &[[f64; 3]]) -> Spectrum {
    let patches: Vec<_> = middles.iter().map(|middle| chart(points, *middle)).collect();
    spectrum(&patches, PATCH_RADIUS_MM, density)
}

/// Points within a patch about a place on the skull, laid into its tangent plane.
///
/// The direction is that of the straight projection, the distance the one in space: on a sphere
/// exactly Lambert's equal-area map. The skull's two curvatures differ by a quarter, which bends
/// the area at the border of a patch by half a percent.
fn chart(points: &[[f64; 3]], middle: [f64; 3]) -> Vec<[f64; 2]> {
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let unit = |a: [f64; 3]| a.map(|v| v / dot(a, a).sqrt());
    let axes = SKULL_SEMI_AXES_MM.map(f64::from);
    let up = unit([0, 1, 2].map(|k| middle[k] / (axes[k] * axes[k])));
    // The first direction keeps clear of the head's left-right axis only at the ears.
    let across = unit([1.0 - up[0] * up[0], -up[0] * up[1], -up[0] * up[2]]);
    let along = [
        up[1] * across[2] - up[2] * across[1],
        up[2] * across[0] - up[0] * across[2],
        up[0] * across[1] - up[1] * across[0],
    ];
    let mut patch = Vec::new();
    for p in points {
        let d = [p[0] - middle[0], p[1] - middle[1], p[2] - middle[2]];
        let distance2 = dot(d, d);
        if distance2 < PATCH_RADIUS_MM * PATCH_RADIUS_MM {
            let [x, y] = [dot(d, across), dot(d, along)];
            let stretch = (distance2 / (x * x + y * y).max(1e-12)).sqrt();
            patch.push([x * stretch, y * stretch]);
        }
    }
    patch
}

/// The spectrum of flat patches of a radius, each holding all points around its origin.
///
/// Each patch is faded out towards its border by a Hann window. What the window itself holds of
/// power, which is known from the density, is taken off before squaring, so nothing of the mean
/// leaks into low frequencies; those below 1.5 / radius are left out of [`Spectrum::low`] all the
/// same, because there a patch tells its number of points rather than waves in it.
pub fn spectrum(patches: &[Vec<[f64; 2]>], radius: f64, density: f64) -> Spectrum {
    use std::f64::consts::{PI, TAU};
    let unit = density.sqrt();
    let frequency = |j: usize| (j as f64 + 0.5) * FREQUENCY_STEP * unit;
    let window = |r: f64| 0.5 + 0.5 * libm::cos(PI * (r / radius).min(1.0));
    // Hankel transform of the window, midpoint rule.
    let mean: Vec<f64> = (0..FREQUENCIES)
        .map(|j| {
            let steps = 1000;
            let dr = radius / f64::from(steps);
            let ring = |i: i32| {
                let r = (f64::from(i) + 0.5) * dr;
                window(r) * libm::j0(TAU * frequency(j) * r) * r
            };
            density * TAU * dr * (0..steps).map(ring).sum::<f64>()
        })
        .collect();
    let mut by_direction = [[0.0; FREQUENCIES]; DIRECTIONS];
    for patch in patches {
        let weights: Vec<f64> = patch.iter().map(|p| window((p[0] * p[0] + p[1] * p[1]).sqrt())).collect();
        let total: f64 = weights.iter().map(|w| w * w).sum();
        for (direction, powers) in by_direction.iter_mut().enumerate() {
            let waves = waves(patch, &weights, PI * direction as f64 / DIRECTIONS as f64, unit);
            for ((power, [re, im]), mean) in powers.iter_mut().zip(waves).zip(&mean) {
                let re = re - mean;
                *power += (re * re + im * im) / (total * patches.len() as f64);
            }
        }
    }
    let average = |of: &[f64]| of.iter().sum::<f64>() / of.len().max(1) as f64;
    let at: Vec<[f64; DIRECTIONS]> = (0..FREQUENCIES).map(|j| by_direction.map(|powers| powers[j])).collect();
    let power: Vec<f64> = at.iter().map(|directions| average(directions)).collect();
    let low: Vec<f64> = (0..FREQUENCIES)
        .filter(|j| frequency(*j) < 0.5 * unit && frequency(*j) * radius > 1.5)
        .map(|j| power[j])
        .collect();
    // Around the peak, where the directions of a lattice stand out.
    let scatter: Vec<f64> = at
        .iter()
        .zip(&power)
        .skip(FREQUENCIES / 2)
        .map(|(directions, mean)| {
            let squares: f64 = directions.iter().map(|p| (p - mean) * (p - mean)).sum();
            squares / (DIRECTIONS - 1) as f64 / (mean * mean).max(1e-12) * patches.len() as f64
        })
        .collect();
    Spectrum {
        low: average(&low),
        peak: power.iter().fold(0.0, |m, v| m.max(*v)),
        anisotropy: average(&scatter),
        power,
    }
}

/// Sums of the points' waves in one direction (an angle), real and imaginary, for each frequency.
fn waves(patch: &[[f64; 2]], weights: &[f64], angle: f64, unit: f64) -> [[f64; 2]; FREQUENCIES] {
    let (sin, cos) = libm::sincos(angle);
    let mut sums = [[0.0; 2]; FREQUENCIES];
    for (p, weight) in patch.iter().zip(weights) {
        // One turn for all frequencies: each is the last, turned on by a step.
        let turn = std::f64::consts::TAU * (p[0] * cos + p[1] * sin) * FREQUENCY_STEP * unit;
        let (step_im, step_re) = libm::sincos(turn);
        let (im, re) = libm::sincos(0.5 * turn);
        let (mut re, mut im) = (re * weight, im * weight);
        for sum in &mut sums {
            sum[0] += re;
            sum[1] += im;
            (re, im) = (re * step_re - im * step_im, re * step_im + im * step_re);
        }
    }
    sums
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

    const RADIUS: f64 = 15.0;
    /// Side of a square for five by five discs of that radius, next to each other.
    const SIDE: f64 = 150.0;

    fn discs(points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let of = |disc: i32| {
            let [x, y] = [disc % 5, disc / 5].map(|k| f64::from(2 * k + 1) * RADIUS);
            let moved = points.iter().map(|p| [p[0] - x, p[1] - y]);
            moved.filter(|p| p[0] * p[0] + p[1] * p[1] < RADIUS * RADIUS).collect()
        };
        (0..25).map(of).collect()
    }

    fn unit_draws(seed: u64) -> impl FnMut() -> f64 {
        let mut draw = rand_pcg::Pcg32::new(seed, 11);
        move || f64::from(draw.next_u32()) / 4294967296.0
    }

    #[test]
    fn white_noise_has_power_one() {
        let mut unit = unit_draws(7);
        let points: Vec<[f64; 2]> = (0..67_500).map(|_| [SIDE * unit(), SIDE * unit()]).collect();
        let s = spectrum(&discs(&points), RADIUS, 3.0);
        assert!((s.low - 1.0).abs() < 0.06, "{s:?}");
        assert!(s.power.iter().skip(1).all(|p| (p - 1.0).abs() < 0.15), "{s:?}");
        assert!(s.peak < 1.2 && (0.5..1.5).contains(&s.anisotropy), "{s:?}");
    }

    #[test]
    fn a_hexagonal_lattice_has_no_low_power() {
        let row = 3.0_f64.sqrt() / 2.0;
        let points: Vec<[f64; 2]> = (0..180)
            .flat_map(|j| (0..160).map(move |i| [f64::from(i) + 0.5 * f64::from(j % 2), f64::from(j) * row]))
            .collect();
        let s = spectrum(&discs(&points), RADIUS, 1.0 / row);
        assert!(s.low < 1e-3, "the window leaks: {s:?}");
        assert!(s.peak > 10.0 && s.anisotropy > 5.0, "{s:?}");
    }

    #[test]
    fn a_jittered_grid_has_the_power_theory_gives() {
        let mut unit = unit_draws(3);
        let points: Vec<[f64; 2]> = (0..150)
            .flat_map(|j| (0..150).map(move |i| [f64::from(i), f64::from(j)]))
            .map(|[x, y]| [x + unit(), y + unit()])
            .collect();
        let s = spectrum(&discs(&points), RADIUS, 1.0);
        // A point anywhere in its cell: 1 - sinc²(fx) sinc²(fy), without any lattice peaks.
        let sinc = |f: f64| {
            let x = std::f64::consts::PI * f;
            if x.abs() < 1e-9 { 1.0 } else { libm::sin(x) / x }
        };
        for (j, power) in s.power.iter().enumerate().skip(1) {
            let f = (j as f64 + 0.5) * FREQUENCY_STEP;
            let theory = (0..180)
                .map(|i| {
                    let (y, x) = libm::sincos(f64::from(i) * std::f64::consts::PI / 180.0);
                    let both = sinc(f * x) * sinc(f * y);
                    1.0 - both * both
                })
                .sum::<f64>()
                / 180.0;
            assert!((power - theory).abs() < 0.02 + 0.1 * theory, "at {f}: {power}, not {theory}");
        }
    }

    #[test]
    fn white_noise_on_the_skull_has_power_one() {
        let [a, b, c] = SKULL_SEMI_AXES_MM.map(f64::from);
        let stretch = |u: [f64; 3]| {
            let n = [b * c * u[0], a * c * u[1], a * b * u[2]];
            (n[0] * n[0] + n[1] * n[1] + n[2] * n[2]).sqrt()
        };
        let most = (b * c).max(a * c).max(a * b);
        let mut unit = unit_draws(5);
        let (mut points, mut tried, mut sum) = (Vec::new(), 0, 0.0);
        while points.len() < 60_000 {
            let y = 2.0 * unit() - 1.0;
            let (s, t) = libm::sincos(std::f64::consts::TAU * unit());
            let r = (1.0 - y * y).sqrt();
            let u = [r * s, y, r * t];
            tried += 1;
            sum += stretch(u);
            if unit() * most < stretch(u) {
                points.push([a * u[0], b * u[1], c * u[2]]);
            }
        }
        let area = 4.0 * std::f64::consts::PI * sum / f64::from(tried);
        let middles = patches_on_skull(&points, area);
        assert!(middles.len() >= PATCHES / 2, "{}", middles.len());
        let s = spectrum_on_skull(&points, points.len() as f64 / area, &middles);
        assert!((s.low - 1.0).abs() < 0.06, "{s:?}");
    }

    #[test]
    fn random_thinning_mixes_in_white_noise() {
        let set = crate::follicles::FollicleSet::from_bytes(include_bytes!("../../www/assets/follicles.bin"));
        let Ok(set) = set else { unreachable!("the committed set decodes") };
        let area = f64::from(set.area_cm2()) * 100.0;
        let points = on_skull(set.points());
        let middles = patches_on_skull(&points, area);
        let mut unit = unit_draws(9);
        let half: Vec<[f64; 3]> = points.iter().filter(|_| unit() < 0.5).copied().collect();
        let whole = spectrum_on_skull(&points, points.len() as f64 / area, &middles);
        let s = spectrum_on_skull(&half, half.len() as f64 / area, &middles);
        // Thinned to the share p, power S becomes p S + 1 - p.
        assert!((s.low - (0.5 + 0.5 * whole.low)).abs() < 0.05, "{} from {}", s.low, whole.low);
    }
}
