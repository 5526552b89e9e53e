//! No natural hairline is a ruled line: a smooth random shift of the edge, fixed to the skin.

use crate::head::SKULL_SEMI_AXES_MM;
use crate::noise::value_noise;
use crate::space::ScalpPoint;

/// Amplitude and wavelength of the small and the large waves, mm; domain.md row 12 (the large
/// amplitude is at the row's lower half, since the drawn line already has its own large shape).
const WAVES: [(f32, f32); 2] = [(1.5, 4.5), (2.0, 20.0)];

/// How far the edge is moved back (positive) or forward at a place, mm, for irregularity 1.
pub fn edge_shift_mm(scalp: ScalpPoint, seed: u32) -> f32 {
    let [a, b, c] = SKULL_SEMI_AXES_MM;
    let mut shift = 0.0;
    for (i, (amplitude, wavelength)) in WAVES.into_iter().enumerate() {
        // Half a wave per lattice cell.
        let k = 2.0 / wavelength;
        shift += amplitude
            * value_noise([scalp.x * a * k, scalp.y * b * k, scalp.z * c * k], seed.wrapping_add(i as u32));
    }
    shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_bounded_smooth_and_seeded() {
        let at = |t: f32, seed| edge_shift_mm(ScalpPoint { x: t, y: 0.6, z: 0.8 }, seed);
        let mut differs = 0;
        for i in 0..400 {
            let t = i as f32 / 400.0 - 0.5;
            assert!(at(t, 7).abs() <= 3.5);
            assert!((at(t, 7) - at(t + 1e-4, 7)).abs() < 0.05);
            differs += u32::from(at(t, 7) != at(t, 8));
        }
        assert!(differs > 390);
    }
}
