//! What a covered pixel becomes.
//!
//! Pigment takes away diffuse light of the scene: a share c of a pixel covered by pigment of
//! transmittance t leaves `x' = x − d c (1 − t)`, d being the diffuse part of its scene light x. The
//! mirror reflection stays on top. With d as a share φ of x this is a factor on scene light, which
//! depends on nothing but the coverage; and what a code loses with a factor is a sum of two curves
//! over the codes ([`super::darkening`]), whatever the camera's curve and the same natively and in
//! wasm.

use super::darkening::{CODES, DARKENING, DEEPEST};
use super::grain::Grain;
use super::pixels::{self, STEPS};
use super::response::{code_of_scene, scene_of_code};
use super::tiles::Rect;
use wide::i16x8;

/// Steps of the logarithmic scale per factor e. A mid tone changes by 60 codes per factor e, and in
/// between the scale is straight.
const LOG_STEPS: f64 = 64.0;
/// Scene light at the scale's lower end, e^−13; it is black.
const DARKEST: f64 = -13.0;
/// Size of the table back to codes: the scale ends above the brightest code.
const SCALE: usize = 2048;
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

    /// What a step of coverage leaves of the scene light of each channel.
    fn factors(&self, step: u16) -> [f64; 3] {
        let coverage = pixels::coverage_of(step);
        let (diffuse, lost) = (self.skin.diffuse(), self.grain.lost(coverage));
        [0, 1, 2].map(|k| {
            let absorbed = diffuse[k] * (1.0 - self.transmittance[k]);
            let factor = 1.0 - absorbed * coverage;
            // Second order of the mean of x T / (1 + x T) over the coverage that is lost.
            let x = self.skin.light[k];
            let bent = factor - x / (1.0 + x * factor) * lost * absorbed * absorbed;
            bent.clamp(LEAST_FACTOR, 1.0)
        })
    }
}

/// What each step of coverage does to the light.
#[derive(Debug, Clone)]
pub struct Tone {
    source: ToneSource,
    /// How often each step takes the two curves: red, green, blue, and never for alpha.
    rows: Box<[i16x8; STEPS]>,
    /// The steps from here on are too deep for the curves.
    deep_from: u16,
    /// What each code of red, green and blue becomes at each of those.
    deep: Vec<[[u8; CODES]; 3]>,
}

impl Tone {
    /// The tables of a pigment in a view.
    pub fn new(source: ToneSource) -> Self {
        let factors: Vec<[f64; 3]> = (0..=pixels::FULL).map(|step| source.factors(step)).collect();
        let shallow = |factors: &&[f64; 3]| factors.iter().all(|factor| 1.0 - factor <= DEEPEST);
        let deep_from = factors.iter().take_while(shallow).count();
        let mut rows = Box::new([i16x8::ZERO; STEPS]);
        for (row, factors) in rows.iter_mut().zip(&factors).take(deep_from) {
            let [[r, s], [g, h], [b, c]] = factors.map(|factor| DARKENING.times(1.0 - factor));
            *row = i16x8::new([r, s, g, h, b, c, 0, 0]);
        }
        let deep = if deep_from < factors.len() { by_logarithms(&factors[deep_from..]) } else { Vec::new() };
        Self { source, rows, deep_from: deep_from as u16, deep }
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
        let mut before = [0; pixels::AT_ONCE * 4];
        let mut steps = [0; pixels::AT_ONCE];
        for (i, rgba) in rgba.chunks_mut(before.len()).enumerate() {
            let before = &mut before[..rgba.len()];
            before.copy_from_slice(rgba);
            let part = i * pixels::AT_ONCE..(i * pixels::AT_ONCE + rgba.len() / 4).min(coverage.len());
            let diffuse = if diffuse.is_empty() { diffuse } else { &diffuse[part.clone()] };
            self.darken(before, rgba, &coverage[part], diffuse, &mut steps);
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
        let mut steps = [0; pixels::AT_ONCE];
        for y in rect.top..rect.top + rect.height {
            let at = y * stride + rect.left;
            let (from, to) = (at, at + rect.width);
            let diffuse = if diffuse.is_empty() { diffuse } else { &diffuse[from..to] };
            let after = &mut after[from * 4..to * 4];
            self.darken(&before[from * 4..to * 4], after, &coverage[from..to], diffuse, &mut steps);
        }
    }

    /// Writes `before`, darkened, to `after`; `steps` is room for work.
    fn darken(
        &self,
        before: &[u8],
        after: &mut [u8],
        coverage: &[u16],
        diffuse: &[u8],
        steps: &mut [u16; pixels::AT_ONCE],
    ) {
        let (before, after) = (before.as_chunks::<4>().0, after.as_chunks_mut::<4>().0);
        for (i, (before, after)) in
            before.chunks(pixels::AT_ONCE).zip(after.chunks_mut(pixels::AT_ONCE)).enumerate()
        {
            let part = i * pixels::AT_ONCE..i * pixels::AT_ONCE + before.len();
            let diffuse = if diffuse.is_empty() { diffuse } else { &diffuse[part.clone()] };
            let deepest = pixels::steps_of(&coverage[part], diffuse, steps);
            pixels::darken(before, after, steps, &self.rows);
            if deepest >= self.deep_from {
                self.darken_deep(before, after, steps);
            }
        }
    }

    /// Writes the pixels whose steps are too deep for the curves once more. They are few: hardly a
    /// dot takes four fifths of the light.
    #[cold]
    fn darken_deep(&self, before: &[[u8; 4]], after: &mut [[u8; 4]], steps: &[u16]) {
        for ((&[r, g, b, a], after), &step) in before.iter().zip(after).zip(steps) {
            if let Some([red, green, blue]) =
                step.checked_sub(self.deep_from).and_then(|row| self.deep.get(usize::from(row)))
            {
                *after = [red[usize::from(r)], green[usize::from(g)], blue[usize::from(b)], a];
            }
        }
    }
}

/// What every code becomes with each of these factors on scene light.
fn by_logarithms(factors: &[[f64; 3]]) -> Vec<[[u8; CODES]; 3]> {
    // A factor on light is a step on a logarithmic scale: a table there and one back, and every
    // entry is a subtraction.
    let mut place_of = [0.0; CODES];
    for (code, place) in place_of.iter_mut().enumerate().skip(1) {
        *place = (libm::log(scene_of_code(code as f64)) - DARKEST) * LOG_STEPS;
    }
    let code_at: Vec<f64> =
        (0..SCALE).map(|i| code_of_scene(libm::exp(i as f64 / LOG_STEPS + DARKEST))).collect();
    let row = |factor: f64| {
        let down = -libm::log(factor) * LOG_STEPS;
        place_of.map(|place| {
            let place = (place - down).max(0.0);
            let step = (place as usize).min(SCALE - 2);
            let (low, high) = (code_at[step], code_at[step + 1]);
            (low + (high - low) * (place - step as f64) + 0.5) as u8
        })
    };
    factors.iter().map(|factors| factors.map(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::coverage::ONE;
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

    #[test]
    fn a_pixel_becomes_the_same_wherever_it_stands() {
        // Dark enough that some coverage is too deep for the curves.
        let tone = Tone::new(ToneSource::plain([0.05, 0.1, 0.2]));
        let noise = |i: usize| (i as u32).wrapping_mul(0x9e37_79b9) >> 16;
        for length in [1, 7, 8, 100, 256, 300, 601] {
            let before: Vec<u8> = (0..length * 4).map(|i| noise(i) as u8).collect();
            let coverage: Vec<u16> = (0..length).map(|i| (noise(i + 7) % 4500) as u16).collect();
            let diffuse: Vec<u8> = (0..length).map(|i| 255 - (noise(i + 3) % 40) as u8).collect();
            let mut row = before.clone();
            tone.apply(&mut row, &coverage, &diffuse);
            let mut written = vec![0; before.len()];
            let rect = Rect { left: 0, top: 0, width: length, height: 1 };
            tone.write(rect, length, &before, &mut written, &coverage, &diffuse);
            assert_eq!(row, written);
            for i in 0..length {
                let mut alone = before[i * 4..][..4].to_vec();
                tone.apply(&mut alone, &coverage[i..=i], &diffuse[i..=i]);
                assert_eq!(alone, row[i * 4..][..4]);
            }
        }
    }
}
