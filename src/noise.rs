//! Random numbers that belong to places: hashed integers, the same on every platform.

/// Smooth noise in −1…1: random values on the integer lattice, smoothly interpolated.
pub fn value_noise(p: [f32; 3], seed: u32) -> f32 {
    let cell = p.map(f32::floor);
    let [u, v, w] = [p[0] - cell[0], p[1] - cell[1], p[2] - cell[2]].map(smooth);
    let [x, y, z] = cell.map(|c| c as i32);
    let corner = |dx: i32, dy: i32, dz: i32| lattice(x + dx, y + dy, z + dz, seed);
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    let plane =
        |dz| mix(mix(corner(0, 0, dz), corner(1, 0, dz), u), mix(corner(0, 1, dz), corner(1, 1, dz), u), v);
    mix(plane(0), plane(1), w)
}

/// From 0 to 1 with level ends: what makes interpolated noise smooth across cells.
pub fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// A random number in −1…1 for each point of the integer lattice.
pub fn lattice(x: i32, y: i32, z: i32, seed: u32) -> f32 {
    let mut h = seed ^ 0x9e37_79b9;
    for v in [x, y, z] {
        h = (h ^ v as u32).wrapping_mul(0x85eb_ca6b);
        h ^= h >> 13;
        h = h.wrapping_mul(0xc2b2_ae35);
        h ^= h >> 16;
    }
    h as f32 / (u32::MAX as f32 * 0.5) - 1.0
}
