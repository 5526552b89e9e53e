//! The part of the canonical skull on which follicles are placed, and places at random on it.

use hairline::head::SKULL_SEMI_AXES_MM;
use rand::RngCore as _;
use rand_pcg::Pcg32;

/// Width of the rim built around the domain and cut off at the end, in mm.
pub const RIM_MM: f64 = 4.0;

/// Whether the unit vector lies in the domain grown by `margin_mm`.
///
/// The domain holds every place of a hairline or of hair: in front down to 40 mm above the
/// glabella, at the sides down to the ears, behind down to the nape. It was fitted around the
/// natural hairlines of the rendered heads: 15 mm and more outside them in front, 4 mm at the
/// temples, at the hairline behind the ears, 4 mm inside at the nape; sideburns are left out.
pub fn contains(u: [f64; 3], margin_mm: f64) -> bool {
    let [x, y, z] = u;
    let value = y + LEVEL + SIDES * x * x + (BACK[0] + (BACK[1] + BACK[2] * z) * z) * z;
    // The border's distance is its value over its slope, on a sphere of the skull's mean radius.
    let slope_x = 2.0 * SIDES * x;
    let slope_z = BACK[0] + (2.0 * BACK[1] + 3.0 * BACK[2] * z) * z;
    let slope = (1.0 + slope_x * slope_x + slope_z * slope_z).sqrt();
    value >= -margin_mm * slope / 90.0
}

// Fitted so that the area is least under the distances above.
const LEVEL: f64 = 0.308;
const SIDES: f64 = 0.08;
const BACK: [f64; 3] = [-0.754, 0.269, -0.147];

fn axes() -> [f64; 3] {
    SKULL_SEMI_AXES_MM.map(f64::from)
}

/// The unit vector under a place in mm on or near the skull.
pub fn direction(p: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = axes();
    let u = [p[0] / a, p[1] / b, p[2] / c];
    let length = (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]).sqrt();
    u.map(|v| v / length)
}

/// The place in mm on the skull of a unit vector.
pub fn place(u: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = axes();
    [a * u[0], b * u[1], c * u[2]]
}

/// Skull area in mm² for each unit of solid angle, at a unit vector.
fn stretch(u: [f64; 3]) -> f64 {
    let [a, b, c] = axes();
    let n = [b * c * u[0], a * c * u[1], a * b * u[2]];
    (n[0] * n[0] + n[1] * n[1] + n[2] * n[2]).sqrt()
}

/// Area in mm² of the domain grown by `margin_mm`: a sum over rings and steps of the sphere.
pub fn area_mm2(margin_mm: f64) -> f64 {
    const RINGS: usize = 2000;
    const STEPS: usize = 2000;
    let mut sum = 0.0;
    for ring in 0..RINGS {
        let x = (ring as f64 + 0.5) / RINGS as f64 * 2.0 - 1.0;
        let r = (1.0 - x * x).sqrt();
        for step in 0..STEPS {
            let (s, c) = libm::sincos((step as f64 + 0.5) / STEPS as f64 * std::f64::consts::TAU);
            let u = [x, r * s, r * c];
            if contains(u, margin_mm) {
                sum += stretch(u);
            }
        }
    }
    sum * 4.0 * std::f64::consts::PI / (RINGS * STEPS) as f64
}

/// `count` places in mm, evenly random on the skull's surface within the domain and its rim.
pub fn candidates(count: usize, seed: u64) -> Vec<[f32; 3]> {
    let mut draw = Pcg32::new(seed, 1);
    let mut unit = || f64::from(draw.next_u32()) / 4_294_967_296.0;
    let [a, b, c] = axes();
    let most = (b * c).max(a * c).max(a * b);
    let mut places = Vec::with_capacity(count);
    while places.len() < count {
        let v = [2.0 * unit() - 1.0, 2.0 * unit() - 1.0, 2.0 * unit() - 1.0];
        let r2 = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
        let keep = unit() * most;
        if !(0.01..=1.0).contains(&r2) {
            continue;
        }
        let length = r2.sqrt();
        let u = v.map(|t| t / length);
        if keep < stretch(u) && contains(u, RIM_MM) {
            places.push(place(u).map(|t| t as f32));
        }
    }
    places
}
