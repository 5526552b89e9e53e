//! Relaxation of every prefix at once: places move, ranks hardly.
//!
//! Gradient descent on the Gaussian energy of all prefixes. The prefix of `n` points has the
//! kernel exp(-a n), a = d² / (2 s² area), so that its width follows the spacing of `n` points.
//! A pair is in the prefixes from its later rank `m` on; summed over them with weight 1 / n the
//! force has a closed form, (exp(-a m) - exp(-a N')) / d.
//!
//! The prefixes shown most often, the plateaus, get an energy of their own on top: the same
//! kernel, which spaces neighbours, and one twice as wide, which evens out larger areas (low
//! frequencies). In the second half a spring on each pair of a plateau that is still too close
//! does what the smooth energies leave undone here and there.
//!
//! All this moves the sets at the plateaus off the places their ranks were chosen for. So twice
//! on the way ranks are chosen anew between each two plateaus, by elimination as at first: that
//! keeps prefixes between plateaus even, and leaves the sets at the plateaus as they are.

use super::grid::{Grid, falling};
use super::{domain, eliminate};

/// Width of the kernel in mean spacings.
const WIDTH: f32 = 0.31;
/// Width of the plateaus' second kernel, and its weight relative to the first.
const WIDE: f32 = 0.6;
const WIDE_WEIGHT: f32 = 0.7;
/// How far they are followed, in mean spacings of the pair's later rank.
const REACH: f32 = 2.0;
/// Where the sum over prefixes ends, as a multiple of all ranks: beyond 1 the full set counts as
/// long as a further growth would take.
const BEYOND: f32 = 1.6;
/// Prefixes with extra weight: the three sessions (30, 70 and 100 %) of a density that takes all
/// ranks, and those of the default density, 160 of 220 per cm² (21.8, 50.9 and 72.7 %). A hair
/// more, because points gather at the outer border, which is cut off, and prefixes lose some.
///
/// The more ranks, the longer the springs: rounding to the chart's steps takes up to 3 % of the
/// full set's spacing.
const PLATEAUS: [Plateau; 6] = [
    Plateau { ranks: 0.22, weight: 0.9, closest: 0.745 },
    Plateau { ranks: 0.3025, weight: 1.0, closest: 0.745 },
    Plateau { ranks: 0.5125, weight: 0.7, closest: 0.75 },
    Plateau { ranks: 0.704, weight: 0.3, closest: 0.755 },
    Plateau { ranks: 0.731, weight: 0.3, closest: 0.755 },
    Plateau { ranks: 1.0, weight: 0.5, closest: 0.775 },
];
/// Strength of the springs; at twice that the steps overshoot and prefixes fall apart.
const SPRING: f32 = 2.0;
/// Steps in all, and steps between two searches for neighbours.
const STEPS: usize = 700;
const SEARCH_EVERY: usize = 8;
/// Steps before which ranks are chosen anew between the plateaus.
const REORDER: [usize; 2] = [208, 416];
/// Step length relative to the curvature, and what remains of the speed after a step.
const GAIN: f32 = 0.35;
const MOMENTUM: f32 = 0.85;
/// Work is cut in two and summed in this order, whatever the number of processors.
const PARTS: usize = 2;

/// Moves the points (rank order, mm, on a surface of `area` mm²) to even spacing in all prefixes.
pub fn relax(points: &mut [[f32; 3]], area: f64) {
    let area = area as f32;
    let count = points.len() as f32;
    let plateaus = PLATEAUS.map(|p| Plateau { ranks: p.ranks * count, ..p });
    let scale = 0.5 / (WIDTH * WIDTH * area);
    let mut law = Law { area, scale, end: BEYOND * count, plateaus, spring: 0.0 };
    let longest = 0.15 * (area / count).sqrt();
    let mut speed = vec![[0.0_f32; 3]; points.len()];
    let mut pairs = Vec::new();
    for step in 0..STEPS {
        if REORDER.contains(&step) {
            let bounds: Vec<usize> = std::iter::once(0).chain(plateaus.map(|p| p.ranks as usize)).collect();
            let order = eliminate::reordered(points, &bounds, f64::from(area));
            let (old_points, old_speed) = (points.to_vec(), speed.clone());
            for (rank, old) in order.iter().enumerate() {
                points[rank] = old_points[*old as usize];
                speed[rank] = old_speed[*old as usize];
            }
        }
        if step % SEARCH_EVERY == 0 {
            pairs = search(points, area);
        }
        law.spring = if step * 2 > STEPS { SPRING } else { 0.0 };
        let forces = law.forces(points, &pairs);
        // The last quarter comes slowly to rest.
        let cool = (4.0 * (1.0 - step as f32 / STEPS as f32)).min(1.0);
        for (rank, (p, v)) in points.iter_mut().zip(&mut speed).enumerate() {
            let mut force = [0.0; 3];
            for part in &forces {
                for k in 0..3 {
                    force[k] += part[rank][k];
                }
            }
            let stiffness = 2.0 * law.scale * law.stiffness(rank as f32);
            let mut length2 = 0.0;
            for k in 0..3 {
                v[k] = MOMENTUM * v[k] + GAIN * force[k] / stiffness;
                length2 += v[k] * v[k];
            }
            let shorten = (longest / length2.sqrt().max(longest)).min(1.0) * cool;
            let moved = [0, 1, 2].map(|k| f64::from(p[k] + v[k] * shorten));
            let u = domain::direction(moved);
            if domain::contains(u, domain::RIM_MM) {
                *p = domain::place(u).map(|t| t as f32);
            } else {
                *v = [0.0; 3];
            }
        }
    }
}

/// The pairs of one part: from `start`, for each later rank its number of earlier neighbours.
struct Part {
    start: usize,
    counts: Vec<u32>,
    earlier: Vec<u32>,
}

/// All pairs near enough to act on each other, by later rank.
fn search(points: &[[f32; 3]], area: f32) -> Vec<Part> {
    let count = points.len();
    let part_of = |from: usize, to: usize| {
        let mut part = Part { start: from, counts: vec![0; to - from], earlier: Vec::new() };
        let mut low = from.max(8);
        while low < to {
            // Ranks up to twice the lowest share a grid; its cells suit the lowest.
            let high = (2 * low).min(to);
            let radius = |rank: usize| 1.1 * REACH * (area / rank as f32).sqrt();
            let grid = Grid::new(points, 0..high as u32, radius(low));
            for (m, &place) in points.iter().enumerate().take(high).skip(low) {
                let near2 = radius(m) * radius(m);
                let before = part.earlier.len();
                grid.near(place, |i, d2| {
                    if (i as usize) < m && d2 < near2 {
                        part.earlier.push(i);
                    }
                });
                part.counts[m - from] = (part.earlier.len() - before) as u32;
            }
            low = high;
        }
        part
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..PARTS)
            .map(|k| {
                let (from, to) = (count * k / PARTS, count * (k + 1) / PARTS);
                scope.spawn(move || part_of(from, to))
            })
            .collect();
        threads.into_iter().filter_map(|t| t.join().ok()).collect()
    })
}

/// A prefix with an energy and springs of its own.
#[derive(Clone, Copy)]
struct Plateau {
    /// Its points, as a share of all or as their number.
    ranks: f32,
    weight: f32,
    /// Distance, relative to the hexagonal lattice, at which springs begin.
    closest: f32,
}

/// The force between two points.
struct Law {
    area: f32,
    scale: f32,
    end: f32,
    plateaus: [Plateau; 6],
    /// Strength of the springs, 1 about as stiff as the kernels.
    spring: f32,
}

impl Law {
    /// Force over distance for a pair with later rank `m` at squared distance `d2`.
    #[inline]
    fn pull(&self, m: f32, d2: f32) -> f32 {
        let a = self.scale * d2;
        let mut sum = falling(a * m) - falling(a * self.end);
        for Plateau { ranks: n, weight, .. } in self.plateaus {
            if m < n {
                let wide = a * n * (WIDTH / WIDE * WIDTH / WIDE);
                sum += weight * (a * n * falling(a * n) + WIDE_WEIGHT * wide * falling(wide));
            }
        }
        let mut pull = sum / d2.max(1e-6);
        if self.spring > 0.0 {
            for Plateau { ranks: n, closest, .. } in self.plateaus {
                // 1.1547 area / n is the square of the hexagonal lattice's distance.
                let least2 = closest * closest * 1.1547 * self.area / n;
                if m < n && d2 < least2 {
                    pull += self.spring
                        * self.stiffness(m)
                        * 2.0
                        * self.scale
                        * ((least2 / d2.max(1e-6)).sqrt() - 1.0);
                }
            }
        }
        pull
    }

    /// About the curvature of a point's energy, in units of the kernel's.
    fn stiffness(&self, rank: f32) -> f32 {
        let plateaus: f32 = self.plateaus.iter().filter(|p| rank < p.ranks).map(|p| p.ranks * p.weight).sum();
        self.end - rank + plateaus
    }

    /// Forces on all points, one table for each part of the pairs.
    fn forces(&self, points: &[[f32; 3]], parts: &[Part]) -> Vec<Vec<[f32; 3]>> {
        let of = |part: &Part| {
            let mut forces = vec![[0.0_f32; 3]; points.len()];
            let mut rest = &part.earlier[..];
            for (m, &n) in (part.start..).zip(&part.counts) {
                let (mine, others) = rest.split_at(n as usize);
                rest = others;
                let p = points[m];
                let mut own = [0.0_f32; 3];
                for &i in mine {
                    let q = points[i as usize];
                    let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
                    let pull = self.pull(m as f32, d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                    for k in 0..3 {
                        own[k] += pull * d[k];
                        forces[i as usize][k] -= pull * d[k];
                    }
                }
                for k in 0..3 {
                    forces[m][k] += own[k];
                }
            }
            forces
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = parts.iter().map(|part| scope.spawn(move || of(part))).collect();
            threads.into_iter().filter_map(|t| t.join().ok()).collect()
        })
    }
}
