//! Points in space, sorted into cubes so that neighbours are found by looking at 27 of them.

use std::collections::HashMap;

/// A grid over a set of points; `cell` is the farthest distance it finds neighbours at.
pub struct Grid {
    cell: f32,
    starts: HashMap<u64, (u32, u32)>,
    /// Numbers of the points, cube by cube, and their places in the same order.
    order: Vec<u32>,
    places: Vec<[f32; 3]>,
}

impl Grid {
    /// Sorts the points numbered by `members`.
    pub fn new(points: &[[f32; 3]], members: impl Iterator<Item = u32>, cell: f32) -> Self {
        let mut keyed: Vec<(u64, u32)> = members.map(|i| (key(cube(points[i as usize], cell)), i)).collect();
        keyed.sort_unstable();
        let mut starts = HashMap::new();
        let mut from = 0;
        for run in keyed.chunk_by(|a, b| a.0 == b.0) {
            starts.insert(run[0].0, (from, from + run.len() as u32));
            from += run.len() as u32;
        }
        let order: Vec<u32> = keyed.iter().map(|k| k.1).collect();
        let places = order.iter().map(|i| points[*i as usize]).collect();
        Self { cell, starts, order, places }
    }

    /// Calls `found(number, squared distance)` for each point nearer than the cell width.
    #[inline]
    pub fn near(&self, p: [f32; 3], mut found: impl FnMut(u32, f32)) {
        let [x, y, z] = cube(p, self.cell);
        let reach2 = self.cell * self.cell;
        for dx in -1..=1 {
            for dy in -1..=1 {
                for dz in -1..=1 {
                    let Some(&(from, to)) = self.starts.get(&key([x + dx, y + dy, z + dz])) else { continue };
                    for k in from as usize..to as usize {
                        let q = self.places[k];
                        let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
                        let d2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
                        if d2 < reach2 {
                            found(self.order[k], d2);
                        }
                    }
                }
            }
        }
    }
}

fn cube(p: [f32; 3], cell: f32) -> [i32; 3] {
    p.map(|v| (v / cell).floor() as i32)
}

fn key([x, y, z]: [i32; 3]) -> u64 {
    let part = |v: i32| u64::from((v + (1 << 20)) as u32 & 0x1f_ffff);
    part(x) << 42 | part(y) << 21 | part(z)
}

/// About e^-x for x >= 0, and 0 from 64 on: the same on every machine, unlike `exp`.
#[inline]
pub fn falling(x: f32) -> f32 {
    let mut v = (1.0 - x * (1.0 / 64.0)).max(0.0);
    for _ in 0..6 {
        v *= v;
    }
    v
}
