//! The photo at half, quarter, … size, averaged in linear light, so that any view of it is quick
//! and keeps its brightness.

use super::View;
use super::light::{decode_srgb, encode_srgb};
use crate::photo::Photo;

/// Steps of the table from linear light back to codes.
const LIGHT_STEPS: usize = 1 << 13;
/// The smallest level still has this many px on its longer side.
const SMALLEST: u32 = 64;

#[derive(Debug)]
struct Level {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
}

/// Level 0 is the photo itself and is not kept twice.
#[derive(Debug)]
pub struct Pyramid {
    halves: Vec<Level>,
}

impl Pyramid {
    /// Builds all levels.
    pub fn new(photo: &Photo) -> Self {
        let decode: Vec<u16> = (0..256)
            .map(|v| (decode_srgb(f64::from(v)) * (LIGHT_STEPS - 1) as f64 * 4.0 + 0.5).floor() as u16)
            .collect();
        let encode: Vec<u8> = (0..LIGHT_STEPS)
            .map(|i| (encode_srgb(i as f64 / (LIGHT_STEPS - 1) as f64) + 0.5).floor() as u8)
            .collect();
        let mut halves: Vec<Level> = Vec::new();
        loop {
            let (rgba, width, height) = match halves.last() {
                Some(l) => (l.rgba.as_slice(), l.width, l.height),
                None => (photo.rgba(), photo.width() as usize, photo.height() as usize),
            };
            if width.max(height) <= SMALLEST as usize {
                break;
            }
            let next = halve(rgba, width, height, &decode, &encode);
            halves.push(next);
        }
        Self { halves }
    }

    /// The smallest level on which a step of `photo_px` is no less than 0.7 px, as RGBA, width, height and
    /// its px per photo px: bilinear samples that far apart miss nothing there and repeat little.
    pub(crate) fn for_step<'a>(&'a self, photo: &'a Photo, photo_px: f64) -> (&'a [u8], usize, usize, f64) {
        let mut factor = 1.0;
        let mut level = (photo.rgba(), photo.width() as usize, photo.height() as usize);
        for half in &self.halves {
            if photo_px * factor < 1.4 {
                break;
            }
            factor *= 0.5;
            level = (&half.rgba, half.width, half.height);
        }
        (level.0, level.1, level.2, factor)
    }

    /// The untreated photo as a view shows it: RGBA, transparent outside the photo.
    pub fn view(&self, photo: &Photo, view: &View) -> Vec<u8> {
        let mut out = vec![0u8; view.width as usize * view.height as usize * 4];
        if view.is_identity() {
            copy(photo, view, &mut out);
            return out;
        }
        let mut level = 0;
        let mut factor = 1.0;
        while level < self.halves.len() && factor * 0.5 >= view.scale {
            level += 1;
            factor *= 0.5;
        }
        let (rgba, width, height) = match level.checked_sub(1).map(|i| &self.halves[i]) {
            Some(l) => (l.rgba.as_slice(), l.width, l.height),
            None => (photo.rgba(), photo.width() as usize, photo.height() as usize),
        };
        // Where each view column falls in the level, once for all rows.
        let step = factor / view.scale;
        let columns =
            taps(view.x * factor, step, view.width as usize, width, f64::from(photo.width()) * factor);
        let rows =
            taps(view.y * factor, step, view.height as usize, height, f64::from(photo.height()) * factor);
        for (row, target) in rows.iter().zip(out.chunks_exact_mut(view.width as usize * 4)) {
            let Some((y0, y1, wy)) = *row else { continue };
            let (top, bottom) = (&rgba[y0 * width * 4..][..width * 4], &rgba[y1 * width * 4..][..width * 4]);
            for (column, pixel) in columns.iter().zip(target.chunks_exact_mut(4)) {
                let Some((x0, x1, wx)) = *column else { continue };
                for k in 0..4 {
                    let at = |line: &[u8], x: usize| u32::from(line[x * 4 + k]);
                    let upper = at(top, x0) * (256 - wx) + at(top, x1) * wx;
                    let lower = at(bottom, x0) * (256 - wx) + at(bottom, x1) * wx;
                    pixel[k] = ((upper * (256 - wy) + lower * wy + (1 << 15)) >> 16) as u8;
                }
            }
        }
        out
    }
}

/// For each view pixel the two neighbours in the level and the second one's weight of 256; none
/// outside the photo.
fn taps(start: f64, step: f64, count: usize, size: usize, end: f64) -> Vec<Option<(usize, usize, u32)>> {
    (0..count)
        .map(|i| {
            let at = start + (i as f64 + 0.5) * step;
            if at < 0.0 || at >= end {
                return None;
            }
            let at = (at - 0.5).clamp(0.0, (size - 1) as f64);
            let low = at.floor();
            Some((low as usize, (low as usize + 1).min(size - 1), ((at - low) * 256.0) as u32))
        })
        .collect()
}

fn copy(photo: &Photo, view: &View, out: &mut [u8]) {
    let (width, height) = (i64::from(photo.width()), i64::from(photo.height()));
    let (x, y) = (view.x as i64, view.y as i64);
    let (left, right) = (x.clamp(0, width), (x + i64::from(view.width)).clamp(0, width));
    if left >= right {
        return;
    }
    for (row, target) in (y..).zip(out.chunks_exact_mut(view.width as usize * 4)) {
        if row < 0 || row >= height {
            continue;
        }
        let source = &photo.rgba()[((row * width + left) * 4) as usize..((row * width + right) * 4) as usize];
        target[((left - x) * 4) as usize..][..source.len()].copy_from_slice(source);
    }
}

/// Averages 2×2 blocks in linear light; a last odd row or column is kept as it is.
fn halve(rgba: &[u8], width: usize, height: usize, decode: &[u16], encode: &[u8]) -> Level {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let mut out = vec![0u8; w * h * 4];
    for (y, target) in out.chunks_exact_mut(w * 4).enumerate() {
        let top = &rgba[2 * y * width * 4..][..width * 4];
        let bottom = &rgba[(2 * y + 1).min(height - 1) * width * 4..][..width * 4];
        for (x, pixel) in target.chunks_exact_mut(4).enumerate() {
            let (a, b) = (2 * x * 4, (2 * x + 1).min(width - 1) * 4);
            for k in 0..3 {
                let light = |line: &[u8], at: usize| u32::from(decode[usize::from(line[at + k])]);
                let sum = light(top, a) + light(top, b) + light(bottom, a) + light(bottom, b);
                pixel[k] = encode[((sum + 8) >> 4) as usize];
            }
            pixel[3] = 255;
        }
    }
    Level { width: w, height: h, rgba: out }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    #[test]
    fn a_flat_photo_stays_the_same_code_at_every_scale() {
        for code in [0u8, 3, 40, 128, 200, 255] {
            let photo = Photo::from_rgba(301, 203, [code, code, code, 255].repeat(301 * 203)).unwrap();
            let pyramid = Pyramid::new(&photo);
            for scale in [1.0, 0.9, 0.5, 0.3, 0.11] {
                let view = View::new(0.0, 0.0, scale, 20, 20).unwrap();
                for p in pyramid.view(&photo, &view).chunks_exact(4) {
                    assert!(p[0].abs_diff(code) <= 1 && p[3] == 255, "{code} {scale} {p:?}");
                }
            }
        }
    }

    #[test]
    fn black_and_white_lines_average_to_half_the_light() {
        let pixels: Vec<u8> =
            (0..128 * 128).flat_map(|i| if i % 2 == 0 { [0, 0, 0, 255] } else { [255; 4] }).collect();
        let photo = Photo::from_rgba(128, 128, pixels).unwrap();
        let view = View::new(0.0, 0.0, 0.5, 64, 64).unwrap();
        let seen = Pyramid::new(&photo).view(&photo, &view);
        assert!(seen[0].abs_diff(188) <= 1, "{}", seen[0]);
    }

    #[test]
    fn outside_the_photo_is_transparent() {
        let photo = Photo::from_rgba(100, 100, vec![255; 40_000]).unwrap();
        let pyramid = Pyramid::new(&photo);
        for scale in [1.0, 0.5] {
            let view = View::new(-20.0, -20.0, scale, 100, 100).unwrap();
            let seen = pyramid.view(&photo, &view);
            let inside = seen.chunks_exact(4).filter(|p| p[3] == 255).count();
            let expected = if scale == 1.0 { 80 * 80 } else { 50 * 50 };
            assert_eq!(inside, expected);
            assert_eq!(seen[3], 0);
        }
    }
}
