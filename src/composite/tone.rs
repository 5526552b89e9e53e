//! What a covered pixel becomes.
//!
//! Pigment takes away diffuse light of the scene: a share c of a pixel covered by pigment of
//! transmittance t leaves `x' = x − d c (1 − t)`, d being the diffuse part of its scene light x. The
//! mirror reflection stays on top. With d as a share φ of x this is a factor on scene light, which
//! depends on nothing but the coverage: so what a code becomes stands in a table, one look-up a
//! channel, whatever the camera's curve and the same natively and in wasm.

use super::coverage::ONE;
use super::grain::Grain;
use super::response::{code_of_scene, scene_of_code};
use super::tiles::Rect;

/// Steps of the logarithmic scale per factor e. A mid tone changes by 60 codes per factor e.
const STEPS: f64 = 256.0;
/// Scene light at the scale's lower end, e^−13; it is black.
const DARKEST: f64 = -13.0;
/// Size of the table back to codes: the scale ends above the brightest code.
const SCALE: usize = 8192;
/// Steps of coverage; see [`row_of`].
const ROWS: usize = 1021;
/// Codes of a channel.
const CODES: usize = 256;
/// Nothing lets less light through.
const LEAST_FACTOR: f64 = 1e-4;

/// Skin as the camera wrote it, and what of it is not diffuse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkinLight {
    /// Scene light of plain skin, red, green, blue.
    pub light: [f64; 3],
    /// Scene light of its mirror reflection, the same in all three.
    pub gloss: f64,
}

impl SkinLight {
    /// Skin of which nothing is known: mid light, all of it diffuse.
    pub const UNKNOWN: Self = Self { light: [1.0, 0.6, 0.4], gloss: 0.0 };

    /// Diffuse share of each channel.
    fn diffuse(&self) -> [f64; 3] {
        // Dark blue channels would lose all; some of it is always diffuse.
        self.light.map(|x| 1.0 - (self.gloss / x.max(1e-6)).min(0.5))
    }
}

/// What the tables are made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ToneSource {
    /// The pigment's linear-light transmittance.
    pub transmittance: [f64; 3],
    /// The skin under it.
    pub skin: SkinLight,
    /// A typical dot.
    pub grain: Grain,
}

impl ToneSource {
    /// At full size, on skin that is all diffuse.
    pub fn plain(transmittance: [f64; 3]) -> Self {
        Self { transmittance, skin: SkinLight::UNKNOWN, grain: Grain { mass: 0.0, variances: [0.0; 2] } }
    }
}

/// The table from coverage and code to code.
#[derive(Debug, Clone)]
pub struct Tone {
    source: ToneSource,
    /// For each step of coverage what each code of red, green and blue becomes; in the first row
    /// each stays what it is.
    rows: Vec<[[u8; CODES]; 3]>,
}

impl Tone {
    /// The table of a pigment in a view.
    pub fn new(source: ToneSource) -> Self {
        // A factor on light is a step on a logarithmic scale: one table there and one back, and
        // every entry of the large table is a subtraction.
        let mut scale_of = [0u16; CODES];
        for (code, place) in scale_of.iter_mut().enumerate().skip(1) {
            *place = ((libm::log(scene_of_code(code as f64)) - DARKEST) * STEPS + 0.5) as u16;
        }
        let code_at: Vec<u8> =
            (0..SCALE).map(|i| (code_of_scene(libm::exp(i as f64 / STEPS + DARKEST)) + 0.5) as u8).collect();
        let diffuse = source.skin.diffuse();
        let rows = (0..ROWS)
            .map(|i| {
                let coverage = i as f64 / (ROWS - 1) as f64;
                let lost = source.grain.lost(coverage);
                [0, 1, 2].map(|k| {
                    let absorbed = diffuse[k] * (1.0 - source.transmittance[k]);
                    let factor = 1.0 - absorbed * coverage;
                    // Second order of the mean of x T / (1 + x T) over the coverage that is lost.
                    let x = source.skin.light[k];
                    let bent = factor - x / (1.0 + x * factor) * lost * absorbed * absorbed;
                    let down = (-libm::log(bent.clamp(LEAST_FACTOR, 1.0)) * STEPS + 0.5) as u16;
                    scale_of.map(|place| code_at[usize::from(place.saturating_sub(down))])
                })
            })
            .collect();
        Self { source, rows }
    }

    /// What the tables were made of.
    pub fn source(&self) -> &ToneSource {
        &self.source
    }

    /// Darkens every covered pixel of `rgba` in place; the others are not touched.
    ///
    /// One pixel each in `rgba`, `coverage` and `diffuse`, which may be empty for skin without
    /// highlights.
    pub fn apply(&self, rgba: &mut [u8], coverage: &[u16], diffuse: &[u8]) {
        const GROUP: usize = 8;
        let (pixels, _) = rgba.as_chunks_mut::<4>();
        // Most of a picture is not covered at all: groups of pixels are passed over at once.
        for (i, (pixels, coverage)) in pixels.chunks_mut(GROUP).zip(coverage.chunks(GROUP)).enumerate() {
            if coverage.iter().fold(0, |any, c| any | c) == 0 {
                continue;
            }
            let diffuse = diffuse.get(i * GROUP..).filter(|d| !d.is_empty()).unwrap_or(&[255; GROUP]);
            // Within a group none is: whether a pixel is covered is anybody's guess, and a wrong
            // guess costs a processor more than the look-up.
            for ((pixel, &c), &d) in pixels.iter_mut().zip(coverage).zip(diffuse) {
                let [red, green, blue] = &self.rows[row_of(c, d)];
                let [r, g, b, a] = *pixel;
                *pixel = [red[usize::from(r)], green[usize::from(g)], blue[usize::from(b)], a];
            }
        }
    }

    /// Writes a rectangle of `before`, darkened, to `after`: planes of a view `stride` pixels wide.
    pub fn write(
        &self,
        rect: Rect,
        stride: usize,
        before: &[u8],
        after: &mut [u8],
        coverage: &[u16],
        diffuse: &[u8],
    ) {
        for y in rect.top..rect.top + rect.height {
            let at = y * stride + rect.left;
            let target = &mut after[at * 4..(at + rect.width) * 4];
            target.copy_from_slice(&before[at * 4..(at + rect.width) * 4]);
            let diffuse = if diffuse.is_empty() { diffuse } else { &diffuse[at..at + rect.width] };
            self.apply(target, &coverage[at..at + rect.width], diffuse);
        }
    }
}

/// Step of coverage times diffuse share: 0 to 1020.
#[inline]
fn row_of(coverage: u16, diffuse: u8) -> usize {
    ((u32::from(coverage.min(ONE)) * u32::from(diffuse)) >> 10) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_one_code_of_scene_light_in_double_precision() {
        for t in [0.04, 0.2, 0.45, 0.9] {
            for gloss in [0.0, 0.05] {
                let mut source = ToneSource::plain([t; 3]);
                source.skin.gloss = gloss;
                let tone = Tone::new(source);
                for c in (0..=ONE).step_by(16) {
                    for diffuse in [255u8, 120] {
                        for v in 0..=255u8 {
                            let mut pixel = [v, v, v, 255];
                            tone.apply(&mut pixel, &[c], &[diffuse]);
                            let covered = f64::from(c) / f64::from(ONE) * f64::from(diffuse) / 255.0;
                            let share = 1.0 - gloss / 1.0;
                            let truth = code_of_scene(
                                scene_of_code(f64::from(v)) * (1.0 - share * covered * (1.0 - t)),
                            );
                            assert!(
                                (f64::from(pixel[0]) - truth).abs() <= 1.0,
                                "t {t} c {c} d {diffuse} v {v}: {} {truth}",
                                pixel[0]
                            );
                            assert_eq!(pixel[3], 255);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn uncovered_pixels_stay_bit_equal() {
        let tone = Tone::new(ToneSource::plain([0.1; 3]));
        let mut pixels: Vec<u8> = (0..=255).collect();
        let before = pixels.clone();
        tone.apply(&mut pixels, &[0; 64], &[]);
        assert_eq!(pixels, before);
        // Nor does pigment too thin to count change anything.
        tone.apply(&mut pixels, &[1; 64], &[]);
        assert_eq!(pixels, before);
    }

    #[test]
    fn a_highlight_keeps_its_contrast() {
        let tone = Tone::new(ToneSource::plain([0.2; 3]));
        // Diffuse skin of scene light 0.8, with and without as much again of mirror light.
        let code = |x: f64| code_of_scene(x).round() as u8;
        let (skin, shine) = (code(0.8), code(1.6));
        let mut pixels = [skin, skin, skin, 255, shine, shine, shine, 255];
        tone.apply(&mut pixels, &[1365, 1365], &[255, 128]);
        let scene = |code: u8| scene_of_code(f64::from(code));
        let kept = (scene(pixels[4]) - scene(pixels[0])) / (scene(shine) - scene(skin));
        assert!((0.95..1.05).contains(&kept), "{kept}");
    }
}
