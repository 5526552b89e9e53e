//! Colours of an embedded ICC profile to sRGB.
//!
//! `moxcms` reads the profile; the arithmetic is here, because a colour engine's vector code may
//! round differently from its portable code, and a photo must have the same pixels everywhere.
//! It covers the profiles that photos carry: three primaries with tone curves (Display P3, Adobe
//! RGB, camera and scanner matrices) and grey with a tone curve, both relative
//! colorimetric (ICC.1:2022, annex F.3). A profile of look-up tables alone is taken for sRGB.

use glam::{DMat3, DVec3, Vec3};
use moxcms::{ColorProfile, DataColorSpace, ToneReprCurve, Xyzd};

/// Steps of the table from linear light to sRGB codes: where sRGB is steepest (12.92 × 255 codes)
/// one step is a fifth of a code.
const ENCODE_STEPS: usize = 1 << 14;

/// How codes of a profile become codes of sRGB.
pub(super) enum Conversion {
    /// They are sRGB already, as far as 8 bits can tell.
    None,
    /// One table for the single channel.
    Grey(Box<[u8; 256]>),
    /// Tone curves, a matrix in linear light, sRGB's curve.
    Rgb(Box<RgbConversion>),
}

pub(super) struct RgbConversion {
    /// Linear light of each code in each channel, 0 to 1.
    linear: [[f32; 256]; 3],
    /// Columns: what one unit of the profile's red, green, blue is in linear sRGB.
    columns: [Vec3; 3],
    encode: Vec<u8>,
}

impl Conversion {
    /// Reads `profile`, the ICC profile of a picture that is `grey` or not. Whatever cannot be
    /// understood, or belongs to another kind of picture, is taken for sRGB.
    pub(super) fn to_srgb(profile: &[u8], grey: bool) -> Self {
        let Ok(profile) = ColorProfile::new_from_slice(profile) else {
            return Self::None;
        };
        let conversion = match profile.color_space {
            DataColorSpace::Gray if grey => grey_conversion(&profile),
            DataColorSpace::Rgb => rgb_conversion(&profile),
            _ => None,
        };
        conversion.unwrap_or(Self::None)
    }

    /// Converts RGBA pixels in place; alpha stays.
    pub(super) fn apply(&self, rgba: &mut [u8]) {
        match self {
            Self::None => {}
            Self::Grey(table) => {
                for pixel in rgba.chunks_exact_mut(4) {
                    let code = table[usize::from(pixel[0])];
                    pixel[..3].fill(code);
                }
            }
            Self::Rgb(conversion) => {
                for pixel in rgba.chunks_exact_mut(4) {
                    let srgb = conversion.convert([pixel[0], pixel[1], pixel[2]]);
                    pixel[..3].copy_from_slice(&srgb);
                }
            }
        }
    }
}

impl RgbConversion {
    fn convert(&self, codes: [u8; 3]) -> [u8; 3] {
        let [red, green, blue] = self.columns;
        let linear = red * self.linear[0][usize::from(codes[0])]
            + green * self.linear[1][usize::from(codes[1])]
            + blue * self.linear[2][usize::from(codes[2])];
        linear.to_array().map(|light| encoded(&self.encode, light))
    }

    /// Whether no colour of a coarse grid moves by more than one code, as with the many profiles
    /// that are sRGB up to rounding.
    fn is_identity(&self) -> bool {
        const GRID: [u8; 6] = [0, 51, 102, 153, 204, 255];
        GRID.iter().all(|&r| {
            GRID.iter().all(|&g| {
                GRID.iter().all(|&b| {
                    let converted = self.convert([r, g, b]);
                    (converted[0].abs_diff(r) | converted[1].abs_diff(g) | converted[2].abs_diff(b)) <= 1
                })
            })
        })
    }
}

fn rgb_conversion(profile: &ColorProfile) -> Option<Conversion> {
    let srgb = matrix(&ColorProfile::new_srgb());
    let to_srgb = srgb.inverse() * matrix(profile);
    // The profile's white must come out white. Profiles of monitors with an unadapted white and
    // broken ones do not; following them would tint the photo.
    let white = to_srgb * DVec3::ONE;
    if !white.is_finite() || (white - DVec3::ONE).abs().max_element() > 0.1 {
        return None;
    }
    let conversion = RgbConversion {
        linear: [
            linear_light(profile.red_trc.as_ref()?)?,
            linear_light(profile.green_trc.as_ref()?)?,
            linear_light(profile.blue_trc.as_ref()?)?,
        ],
        columns: [to_srgb.x_axis, to_srgb.y_axis, to_srgb.z_axis].map(|axis| axis.as_vec3()),
        encode: encode_table(),
    };
    Some(if conversion.is_identity() { Conversion::None } else { Conversion::Rgb(Box::new(conversion)) })
}

fn grey_conversion(profile: &ColorProfile) -> Option<Conversion> {
    let linear = linear_light(profile.gray_trc.as_ref()?)?;
    let encode = encode_table();
    let table = linear.map(|light| encoded(&encode, light));
    let identity = (0u8..=255).all(|code| table[usize::from(code)].abs_diff(code) <= 1);
    Some(if identity { Conversion::None } else { Conversion::Grey(Box::new(table)) })
}

/// Linear RGB to CIE XYZ relative to D50, the profile connection space.
fn matrix(profile: &ColorProfile) -> DMat3 {
    let column = |colorant: Xyzd| DVec3::new(colorant.x, colorant.y, colorant.z);
    DMat3::from_cols(
        column(profile.red_colorant),
        column(profile.green_colorant),
        column(profile.blue_colorant),
    )
}

/// The curve at each of the 256 codes.
fn linear_light(curve: &ToneReprCurve) -> Option<[f32; 256]> {
    let mut table = [0.0; 256];
    for (code, light) in table.iter_mut().enumerate() {
        let value = match curve {
            ToneReprCurve::Lut(samples) => sampled(samples, code),
            ToneReprCurve::Parametric(parameters) => parametric(parameters, code as f64 / 255.0)?,
        };
        if !value.is_finite() {
            return None;
        }
        *light = value.clamp(0.0, 1.0) as f32;
    }
    Some(table)
}

/// `curveType` (ICC.1:2022, 10.6): nothing is the identity, one number a gamma in 1/256, more are
/// samples with straight lines between them.
fn sampled(samples: &[u16], code: usize) -> f64 {
    let x = code as f64 / 255.0;
    match samples {
        [] => x,
        [gamma] => libm::pow(x, f64::from(*gamma) / 256.0),
        _ => {
            let last = samples.len() - 1;
            let position = code * last;
            let (index, part) = (position / 255, (position % 255) as f64 / 255.0);
            let low = f64::from(samples[index]);
            let high = f64::from(samples[(index + 1).min(last)]);
            (low + (high - low) * part) / 65535.0
        }
    }
}

/// `parametricCurveType` (ICC.1:2022, 10.18, table 68), told apart by the number of parameters.
fn parametric(parameters: &[f32], x: f64) -> Option<f64> {
    let power = |base: f64, exponent: f64| libm::pow(base.max(0.0), exponent);
    let wide = |p: f32| f64::from(p);
    Some(match *parameters {
        [g] => power(x, wide(g)),
        [g, a, b] if x >= -wide(b) / wide(a) => power(wide(a) * x + wide(b), wide(g)),
        [_, _, _] => 0.0,
        [g, a, b, c] if x >= -wide(b) / wide(a) => power(wide(a) * x + wide(b), wide(g)) + wide(c),
        [_, _, _, c] => wide(c),
        [g, a, b, _, d] if x >= wide(d) => power(wide(a) * x + wide(b), wide(g)),
        [_, _, _, c, _] => wide(c) * x,
        [g, a, b, _, d, e, _] if x >= wide(d) => power(wide(a) * x + wide(b), wide(g)) + wide(e),
        [_, _, _, c, _, _, f] => wide(c) * x + wide(f),
        _ => return None,
    })
}

/// sRGB's curve (IEC 61966-2-1) as codes at [`ENCODE_STEPS`] equal steps of linear light.
fn encode_table() -> Vec<u8> {
    (0..=ENCODE_STEPS)
        .map(|step| {
            let light = step as f64 / ENCODE_STEPS as f64;
            let value = if light <= 0.003_130_8 {
                12.92 * light
            } else {
                1.055 * libm::pow(light, 1.0 / 2.4) - 0.055
            };
            libm::floor(value * 255.0 + 0.5) as u8
        })
        .collect()
}

fn encoded(table: &[u8], light: f32) -> u8 {
    let step = light.clamp(0.0, 1.0) * ENCODE_STEPS as f32 + 0.5;
    table[step as usize]
}
