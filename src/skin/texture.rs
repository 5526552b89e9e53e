//! How rough the skin looks at the width of hairs.

use super::sight::Sight;
use crate::composite::{Pyramid, View, scene_of_code};
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
/// Keeps noise in the blacks from looking like texture, scene light.
const BLACK: f64 = 0.01;

/// Texture is averaged this far, σ in mm: over some ten hairs.
pub(super) const AVERAGED_MM: f64 = 1.6;

/// What hair width shows.
#[derive(Debug)]
pub(super) struct Texture {
    /// Variance of log light within hair width, dark over bright, at each pixel of the sight.
    pub(super) variance: Vec<f32>,
    /// Px per mm of the copy it was measured in: hairs vanish in a small photo.
    pub(super) px_per_mm: f64,
}

impl Texture {
    pub(super) fn find(photo: &Photo, pyramid: &Pyramid, sight: &Sight) -> Self {
        let (variance, px_per_mm) = variance(photo, pyramid, sight);
        Self { variance, px_per_mm }
    }
}

fn variance(photo: &Photo, pyramid: &Pyramid, sight: &Sight) -> (Vec<f32>, f64) {
    let scale = (sight.scale * FINER).min(1.0);
    let ratio = scale / sight.scale;
    let side = ((sight.side as f64 * ratio) as usize).max(1);
    let px_per_mm = sight.px_per_mm * ratio;
    let mut out = vec![0.0; sight.side * sight.side];
    let mut origin = sight.origin;
    if scale == 1.0 {
        // On whole pixels nothing is interpolated away.
        (origin.x, origin.y) = (origin.x.floor(), origin.y.floor());
    }
    let Ok(view) = View::new(origin.x, origin.y, scale, side as u32, side as u32) else {
        return (out, px_per_mm);
    };
    let table: Vec<f32> =
        (0..=255u8).map(|code| libm::log(scene_of_code(f64::from(code)) + BLACK) as f32).collect();
    let pixels = pyramid.view(photo, &view);
    let log: Vec<f32> = pixels
        .chunks_exact(4)
        .map(|p| table[((54 * u32::from(p[0]) + 183 * u32::from(p[1]) + 19 * u32::from(p[2])) >> 8) as usize])
        .collect();

    let reach = ((WIDEST_MM * px_per_mm * 0.5 + 0.5) as usize).clamp(1, side / 2 + 1);
    let cells: Vec<usize> =
        (0..side).map(|i| (((i as f64 + 0.5) / ratio) as usize).min(sight.side - 1)).collect();
    let mut columns = vec![0.0f64; side];
    let mut counts = vec![0.0f32; sight.side * sight.side];
    let row = |y: usize| &log[y * side..(y + 1) * side];
    for y in 0..side.min(reach) {
        add(&mut columns, row(y), 1.0);
    }
    for y in 0..side {
        if y + reach < side {
            add(&mut columns, row(y + reach), 1.0);
        }
        if y > reach {
            add(&mut columns, row(y - reach - 1), -1.0);
        }
        let high = (y + reach).min(side - 1) + 1 - y.saturating_sub(reach);
        let mut sum: f64 = columns.iter().take(reach).sum();
        for (x, here) in row(y).iter().enumerate() {
            if x + reach < side {
                sum += columns[x + reach];
            }
            if x > reach {
                sum -= columns[x - reach - 1];
            }
            let wide = (x + reach).min(side - 1) + 1 - x.saturating_sub(reach);
            let difference = (here - (sum / (wide * high) as f64) as f32).clamp(-LARGEST, LARGEST);
            let cell = cells[y] * sight.side + cells[x];
            out[cell] += difference * difference * if difference < 0.0 { DARK } else { -BRIGHT };
            counts[cell] += 1.0;
        }
    }
    for (v, n) in out.iter_mut().zip(&counts) {
        *v /= n.max(1.0);
    }
    (out, px_per_mm)
}

fn add(sums: &mut [f64], row: &[f32], factor: f64) {
    for (sum, v) in sums.iter_mut().zip(row) {
        *sum += factor * f64::from(*v);
    }
}
