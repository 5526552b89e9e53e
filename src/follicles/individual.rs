//! A set of follicles for each client, made from the shipped one by a seed.
//!
//! Two clients with dots in the same places would give the pattern away as a stamp. So the set is
//! mirrored or not, and every follicle moved by a smooth shift over the skull. The shift changes
//! so slowly that neighbours move alike: the spacing, which the asset was built for, stays.
//!
//! Only + − × ÷ √ and integer hashing: the same bits natively and in wasm.

use crate::head::SKULL_SEMI_AXES_MM;
use crate::noise::{lattice, smooth};
use crate::space::ScalpPoint;

/// Longest shift, mm; the mean is half of it, a third of the full set's spacing.
const AMPLITUDE_MM: f32 = 0.5;
/// Half a wavelength: shifts are drawn on a lattice of this step, and smooth between.
const CELL_MM: f32 = 40.0;
/// Lattice points along an axis, centred on the head: the skull reaches ±100 mm.
const NODES: usize = 7;
const MIDDLE: f32 = 3.0;

/// Where the follicles of one client lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Individual {
    mirrored: bool,
    /// Shifts in mm at the lattice points, x fastest; of the four lanes one is idle.
    shifts: Vec<[f32; 4]>,
}

impl Individual {
    /// The individual with this seed, as the document holds it.
    pub fn new(seed: u32) -> Self {
        let mut shifts = Vec::with_capacity(NODES * NODES * NODES);
        for z in 0..NODES as i32 {
            for y in 0..NODES as i32 {
                for x in 0..NODES as i32 {
                    let [a, b, c] = direction([x, y, z], seed).map(|v| v * AMPLITUDE_MM);
                    shifts.push([a, b, c, 0.0]);
                }
            }
        }
        Self { mirrored: seed & 1 == 1, shifts }
    }

    /// The place of a follicle of the shipped set: at most half a millimetre from where it lies
    /// there, or from its mirror image. Again a unit vector.
    pub fn place(&self, follicle: ScalpPoint) -> ScalpPoint {
        let axes = SKULL_SEMI_AXES_MM;
        let u = [if self.mirrored { -follicle.x } else { follicle.x }, follicle.y, follicle.z];
        let [x, y, z, _] = self.shift([u[0] * axes[0], u[1] * axes[1], u[2] * axes[2]]);
        let shift = [x, y, z];
        // Along the skull only; what points off it would be lost unevenly on the way back to it.
        let per_mm = axes.map(|axis| 1.0 / axis);
        let normal = [u[0] * per_mm[0], u[1] * per_mm[1], u[2] * per_mm[2]];
        let off = dot(shift, normal) / dot(normal, normal);
        let moved = [0, 1, 2].map(|k| u[k] + (shift[k] - off * normal[k]) * per_mm[k]);
        let scale = 1.0 / dot(moved, moved).sqrt();
        ScalpPoint { x: moved[0] * scale, y: moved[1] * scale, z: moved[2] * scale }
    }

    /// The shift in mm at a place in mm, not yet along the skull.
    fn shift(&self, place: [f32; 3]) -> [f32; 4] {
        let at = place.map(|v| (v * (1.0 / CELL_MM) + MIDDLE).clamp(0.0, (NODES - 1) as f32));
        let cell = at.map(|v| (v as usize).min(NODES - 2));
        let [u, v, w] = [0, 1, 2].map(|k| smooth(at[k] - cell[k] as f32));
        let first = cell[0] + NODES * (cell[1] + NODES * cell[2]);
        let mix = |a: [f32; 4], b: [f32; 4], t: f32| {
            let mut mixed = a;
            for (a, b) in mixed.iter_mut().zip(b) {
                *a += (b - *a) * t;
            }
            mixed
        };
        let edge = |from: usize| mix(self.shifts[from], self.shifts[from + 1], u);
        let side = |from: usize| mix(edge(from), edge(from + NODES), v);
        mix(side(first), side(first + NODES * NODES), w)
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// A random direction for a lattice point, evenly over the sphere.
fn direction([x, y, z]: [i32; 3], seed: u32) -> [f32; 3] {
    // Draws from the cube until one falls into the ball; twenty failures in a row are unheard of.
    for draw in 0..20 {
        let v = [0, 1, 2].map(|k| lattice(x, y, z + NODES as i32 * (3 * draw + k), seed));
        let length2 = dot(v, v);
        if (0.01..=1.0).contains(&length2) {
            let length = length2.sqrt();
            return v.map(|t| t / length);
        }
    }
    [1.0, 0.0, 0.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> impl Iterator<Item = ScalpPoint> {
        (0..2000).map(|i| {
            let y = 1.0 - 0.001 * f64::from(i);
            let r = (1.0 - y * y).sqrt();
            let (s, c) = libm::sincos(2.4 * f64::from(i));
            ScalpPoint { x: (r * s) as f32, y: y as f32, z: (r * c) as f32 }
        })
    }

    fn on_skull(p: ScalpPoint) -> [f64; 3] {
        let [a, b, c] = SKULL_SEMI_AXES_MM.map(f64::from);
        [a * f64::from(p.x), b * f64::from(p.y), c * f64::from(p.z)]
    }

    fn distance(a: ScalpPoint, b: ScalpPoint) -> f64 {
        let (a, b) = (on_skull(a), on_skull(b));
        (0..3).map(|k| (a[k] - b[k]) * (a[k] - b[k])).sum::<f64>().sqrt()
    }

    #[test]
    fn follicles_stay_on_the_skull_and_near() {
        for seed in [0, 1, 2, 77, u32::MAX] {
            let individual = Individual::new(seed);
            let mut sum = 0.0;
            for p in places() {
                let q = individual.place(p);
                let length =
                    on_skull(q).iter().zip([77.0, 92.0, 100.0]).map(|(v, a)| (v / a) * (v / a)).sum::<f64>();
                assert!((length.sqrt() - 1.0).abs() < 1e-6, "{q:?}");
                let start = ScalpPoint { x: if seed & 1 == 1 { -p.x } else { p.x }, ..p };
                assert!(distance(q, start) <= 0.5, "{p:?} became {q:?}");
                sum += distance(q, start);
            }
            assert!(sum / 2000.0 > 0.12, "seed {seed}: {}", sum / 2000.0);
        }
    }

    #[test]
    fn neighbours_move_alike() {
        let mut most = 0.0_f64;
        for seed in 0..20 {
            let individual = Individual::new(seed);
            for p in places() {
                for (dx, dy) in [(0.005, 0.0), (0.0, 0.005), (0.005, 0.005), (0.005, -0.005)] {
                    let near = ScalpPoint { x: p.x + dx, y: p.y + dy, z: p.z };
                    let length = dot([near.x, near.y, near.z], [near.x, near.y, near.z]).sqrt();
                    let near = ScalpPoint { x: near.x / length, y: near.y / length, z: near.z / length };
                    let before = distance(p, near);
                    if before > 0.1 {
                        most = most.max(
                            (distance(individual.place(p), individual.place(near)) / before - 1.0).abs(),
                        );
                    }
                }
            }
        }
        assert!(most < 0.05, "a gradient of {most}");
    }

    #[test]
    fn anything_is_placed_without_panic() {
        let individual = Individual::new(3);
        for v in [0.0, 1e30, f32::NAN, f32::INFINITY] {
            individual.place(ScalpPoint { x: v, y: -v, z: v });
        }
    }
}
