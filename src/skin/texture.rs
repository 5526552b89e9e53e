//! How rough the skin looks at the width of hairs.

use super::sight::Sight;
use crate::composite::{Pyramid, View, decode_srgb, scene_of_code};
use crate::photo::Photo;

/// The fine copy has this many px for one of the sight, unless the photo has fewer.
const FINER: f64 = 3.0;
/// What is wider than this is not a hair, mm.
const WIDEST_MM: f64 = 0.6;
/// Differences of log light beyond this are edges of something else.
const LARGEST: f32 = 0.5;
/// Hair is dark on bright skin, glints are bright, wrinkles and noise both alike: squared
/// differences count so much when they are dark, and are taken off so much when they are bright.
const DARK: f32 = 2.0;
const BRIGHT: f32 = 1.0;
/// Keeps noise in the blacks from looking like texture, scene light and display light.
const BLACK: f64 = 0.01;
const DISPLAY_BLACK: f64 = 0.005;

/// Texture is averaged this far, σ in mm: over some ten hairs.
pub(super) const AVERAGED_MM: f64 = 1.6;

/// What hair width shows: moments of the differences of log light from its mean within hair width,
/// at each pixel of the sight.
///
/// The variance is that of scene light, in which pigment and hair darken alike wherever they are.
/// Hair is told from skin in display light: there noise is about the same in bright and in dark.
#[derive(Debug)]
pub(super) struct Texture {
    /// Mean square, dark over bright, of scene light.
    pub(super) variance: Vec<f32>,
    /// Mean square, dark and bright alike, of display light.
    pub(super) square: Vec<f32>,
    /// Mean cube, of display light: negative where dark lines lie on a bright ground, as hairs do, whatever the tone
    /// of the ground; nothing where dark and bright are alike, as in noise and pores.
    pub(super) cube: Vec<f32>,
    /// Px per mm of the copy it was measured in: hairs vanish in a small photo.
    pub(super) px_per_mm: f64,
}

impl Texture {
    pub(super) fn find(photo: &Photo, pyramid: &Pyramid, sight: &Sight) -> Self {
        let scale = (sight.scale * FINER).min(1.0);
        let ratio = scale / sight.scale;
        let px_per_mm = sight.px_per_mm * ratio;
        let count = sight.width * sight.height;
        let mut found =
            Self { variance: vec![0.0; count], square: vec![0.0; count], cube: vec![0.0; count], px_per_mm };
        let mut origin = sight.origin;
        if scale == 1.0 {
            // On whole pixels nothing is interpolated away.
            (origin.x, origin.y) = (origin.x.floor(), origin.y.floor());
        }
        let fine = |cells: usize| ((cells as f64 * ratio) as usize).max(1);
        let (width, height) = (fine(sight.width), fine(sight.height));
        if let Ok(view) = View::new(origin.x, origin.y, scale, width as u32, height as u32) {
            let luma = luma(photo, pyramid, &view);
            let log = |light: fn(f64) -> f64, black: f64| -> Vec<f32> {
                let table: Vec<f32> =
                    (0..=255u8).map(|code| libm::log(light(f64::from(code)) + black) as f32).collect();
                luma.iter().map(|code| table[usize::from(*code)]).collect()
            };
            let fine = Fine { sight, width, ratio, px_per_mm };
            fine.differences(&log(scene_of_code, BLACK), |cell, difference, share| {
                let square = difference * difference * share;
                found.variance[cell] += square * if difference < 0.0 { DARK } else { -BRIGHT };
            });
            fine.differences(&log(decode_srgb, DISPLAY_BLACK), |cell, difference, share| {
                let square = difference * difference * share;
                found.square[cell] += square;
                found.cube[cell] += square * difference;
            });
        }
        found
    }
}

/// A fine copy, `ratio` px of it for one of the sight.
struct Fine<'a> {
    sight: &'a Sight,
    width: usize,
    ratio: f64,
    px_per_mm: f64,
}

impl Fine<'_> {
    /// Tells for every pixel which pixel of the sight it lies in, how far its light is from the mean
    /// within hair width, and what share it is of that pixel.
    fn differences(&self, log: &[f32], mut tell: impl FnMut(usize, f32, f32)) {
        let (sight, width, ratio) = (self.sight, self.width, self.ratio);
        let height = log.len() / width;
        let reach = ((WIDEST_MM * self.px_per_mm * 0.5 + 0.5) as usize).clamp(1, width.min(height) / 2 + 1);
        let cells = |fine: usize, coarse: usize| -> Vec<usize> {
            (0..fine).map(|i| (((i as f64 + 0.5) / ratio) as usize).min(coarse - 1)).collect()
        };
        let (across, down) = (cells(width, sight.width), cells(height, sight.height));
        let counts = |cells: &[usize], coarse: usize| -> Vec<f32> {
            let mut counts = vec![0.0f32; coarse];
            for c in cells {
                counts[*c] += 1.0;
            }
            counts
        };
        let (wide_cells, high_cells) = (counts(&across, sight.width), counts(&down, sight.height));
        let mut columns = vec![0.0f64; width];
        let row = |y: usize| &log[y * width..(y + 1) * width];
        for y in 0..height.min(reach) {
            add(&mut columns, row(y), 1.0);
        }
        for y in 0..height {
            if y + reach < height {
                add(&mut columns, row(y + reach), 1.0);
            }
            if y > reach {
                add(&mut columns, row(y - reach - 1), -1.0);
            }
            let high = (y + reach).min(height - 1) + 1 - y.saturating_sub(reach);
            let mut sum: f64 = columns.iter().take(reach).sum();
            for (x, here) in row(y).iter().enumerate() {
                if x + reach < width {
                    sum += columns[x + reach];
                }
                if x > reach {
                    sum -= columns[x - reach - 1];
                }
                let wide = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
                let difference = (here - (sum / (wide * high) as f64) as f32).clamp(-LARGEST, LARGEST);
                let share = 1.0 / (wide_cells[across[x]] * high_cells[down[y]]);
                tell(down[y] * sight.width + across[x], difference, share);
            }
        }
    }
}

/// Luma codes of a view.
fn luma(photo: &Photo, pyramid: &Pyramid, view: &View) -> Vec<u8> {
    pyramid
        .view(photo, view)
        .chunks_exact(4)
        .map(|p| ((54 * u32::from(p[0]) + 183 * u32::from(p[1]) + 19 * u32::from(p[2])) >> 8) as u8)
        .collect()
}

fn add(sums: &mut [f64], row: &[f32], factor: f64) {
    for (sum, v) in sums.iter_mut().zip(row) {
        *sum += factor * f64::from(*v);
    }
}
