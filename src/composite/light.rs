//! sRGB codes and linear light (IEC 61966-2-1).

/// Linear light 0–1 of an sRGB code 0–255, which need not be whole.
pub fn decode_srgb(code: f64) -> f64 {
    let v = code / 255.0;
    if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
}

/// sRGB code 0–255, not rounded, of linear light 0–1.
pub fn encode_srgb(light: f64) -> f64 {
    255.0 * if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}
