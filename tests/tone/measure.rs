//! How alike two pictures of one scalp are: their tone as the eye sees it, and their grain.
//!
//! Tone is the mean CIEDE2000 (Sharma, Wu & Dalal 2005) of both pictures blurred until no dot is
//! left. Grain is what the blur took away: the variance of lightness within a band of spatial
//! frequencies.

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use hairline::photo::Photo;
use palette::color_difference::Ciede2000;
use palette::{FromColor, Lab, LinSrgb, Srgb, white_point::D65};

/// σ of the blur before tone is compared, mm: wider than any spacing of dots.
pub const BLUR_MM: f64 = 2.0;
/// Frequencies that count as grain, cycles/mm. Below is tone; above is the photo's own noise.
pub const GRAIN_PER_MM: Range<f64> = 0.3..2.0;
/// Side of the patches whose spectra are averaged, px.
const PATCH: usize = 64;
/// A blurred mask counts as full from here on.
const FULL: f64 = 0.98;

type Colour = Lab<D65, f64>;

/// The part of a photo that is compared: full density, away from every edge.
pub struct Region {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    within: Vec<bool>,
    blur_px: f64,
    px_per_mm: f64,
}

impl Region {
    /// Where a mask (white: dots at full density) stays white after the blur, so that nothing from
    /// outside reaches in. `None` if nothing is left.
    pub fn new(mask: &Photo, px_per_mm: f64) -> Option<Self> {
        let blur_px = BLUR_MM * px_per_mm;
        let (width, height) = (mask.width() as usize, mask.height() as usize);
        let white = |i: usize| mask.rgba()[i * 4] > 127;
        let marked: Vec<usize> = (0..width * height).filter(|&i| white(i)).collect();
        let (&first, &last) = marked.first().zip(marked.last())?;
        let reach = reach(blur_px);
        let columns = marked.iter().map(|i| i % width);
        let left = columns.clone().min()?.saturating_sub(reach);
        let right = (columns.max()? + reach + 1).min(width);
        let top = (first / width).saturating_sub(reach);
        let bottom = (last / width + reach + 1).min(height);
        let mut region = Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
            within: Vec::new(),
            blur_px,
            px_per_mm,
        };
        let plane = region.plane(mask, |pixel| f64::from(u8::from(pixel[0] > 127)));
        region.within = region.blurred(&plane).iter().map(|&v| v > FULL).collect();
        region.within.contains(&true).then_some(region)
    }

    /// A value of each pixel of the rectangle around the region.
    fn plane(&self, photo: &Photo, value: impl Fn(&[u8]) -> f64) -> Vec<f64> {
        let stride = photo.width() as usize * 4;
        let rows = photo.rgba().chunks_exact(stride).skip(self.top).take(self.height);
        rows.flat_map(|row| row.chunks_exact(4).skip(self.left).take(self.width)).map(value).collect()
    }

    fn blurred(&self, plane: &[f64]) -> Vec<f64> {
        let along = blurred_rows(plane, self.width, self.blur_px);
        let both = blurred_rows(&turned(&along, self.width), self.height, self.blur_px);
        turned(&both, self.height)
    }

    /// Colour of each pixel of the region, the picture blurred in linear light.
    pub fn tones(&self, photo: &Photo) -> Vec<Colour> {
        let channels: [fn(LinSrgb<f64>) -> f64; 3] = [|l| l.red, |l| l.green, |l| l.blue];
        let light = channels.map(|channel| self.blurred(&self.plane(photo, |p| channel(linear(p)))));
        let inside = (0..self.within.len()).filter(|&i| self.within[i]);
        inside.map(|i| Lab::from_color(LinSrgb::new(light[0][i], light[1][i], light[2][i]))).collect()
    }

    /// What of the lightness L* varies at the frequencies of grain.
    pub fn grain(&self, photo: &Photo) -> Grain {
        let lightness = self.plane(photo, |p| Colour::from_color(linear(p)).l);
        let full = |x: usize, y: usize| {
            (y..y + PATCH)
                .all(|y| self.within[y * self.width + x..y * self.width + x + PATCH].iter().all(|w| *w))
        };
        let mut spectrum = Spectrum::default();
        for y in (0..self.height.saturating_sub(PATCH)).step_by(PATCH / 4) {
            for x in (0..self.width.saturating_sub(PATCH)).step_by(PATCH / 4) {
                if full(x, y) {
                    spectrum.add(|i, j| lightness[(y + j) * self.width + x + i]);
                }
            }
        }
        Grain { variance: spectrum.variance(&GRAIN_PER_MM, self.px_per_mm), patches: spectrum.patches }
    }
}

/// Grain of a picture.
pub struct Grain {
    /// Variance of L* within [`GRAIN_PER_MM`].
    pub variance: f64,
    /// How many patches it is the mean of.
    pub patches: usize,
}

/// Linear light of a pixel.
fn linear(pixel: &[u8]) -> LinSrgb<f64> {
    Srgb::new(pixel[0], pixel[1], pixel[2]).into_linear()
}

/// Mean CIEDE2000 of two pictures' colours, place by place.
pub fn difference(a: &[Colour], b: &[Colour]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.difference(*b)).sum::<f64>() / a.len() as f64
}

/// Mean L*, a*, b*.
pub fn mean(colours: &[Colour]) -> [f64; 3] {
    let n = colours.len() as f64;
    let sum = |pick: fn(&Colour) -> f64| colours.iter().map(pick).sum::<f64>() / n;
    [sum(|c| c.l), sum(|c| c.a), sum(|c| c.b)]
}

/// How far a Gaussian blur reaches, px.
fn reach(sigma: f64) -> usize {
    (4.0 * sigma).ceil() as usize
}

/// Each row under a Gaussian; beyond its ends it goes on as it ends.
fn blurred_rows(plane: &[f64], width: usize, sigma: f64) -> Vec<f64> {
    let reach = reach(sigma);
    let taps: Vec<f64> = (0..=2 * reach)
        .map(|i| libm::exp(-0.5 * libm::pow((i as f64 - reach as f64) / sigma, 2.0)))
        .collect();
    let unit = taps.iter().sum::<f64>();
    let mut out = Vec::with_capacity(plane.len());
    let mut padded = Vec::new();
    for row in plane.chunks_exact(width) {
        padded.clear();
        padded.extend(std::iter::repeat_n(row[0], reach));
        padded.extend_from_slice(row);
        padded.extend(std::iter::repeat_n(row[width - 1], reach));
        out.extend(
            padded.windows(taps.len()).map(|w| w.iter().zip(&taps).map(|(v, t)| v * t).sum::<f64>() / unit),
        );
    }
    out
}

/// Columns as rows.
fn turned(plane: &[f64], width: usize) -> Vec<f64> {
    (0..width).flat_map(|x| plane.iter().skip(x).step_by(width).copied()).collect()
}

/// The mean power spectrum of patches, each without its mean and under a Hann window.
pub struct Spectrum {
    window: Vec<f64>,
    /// e^(−2πi k/n) for whole k.
    turns: Vec<[f64; 2]>,
    power: Vec<f64>,
    patches: usize,
}

impl Default for Spectrum {
    fn default() -> Self {
        let n = PATCH as f64;
        Self {
            window: (0..PATCH).map(|i| 0.5 - 0.5 * libm::cos(TAU * (i as f64 + 0.5) / n)).collect(),
            turns: (0..PATCH)
                .map(|k| {
                    let angle = -2.0 * PI * k as f64 / n;
                    [libm::cos(angle), libm::sin(angle)]
                })
                .collect(),
            power: vec![0.0; PATCH * PATCH],
            patches: 0,
        }
    }
}

impl Spectrum {
    /// Adds a patch: `value` at column and row.
    pub fn add(&mut self, value: impl Fn(usize, usize) -> f64) {
        let values: Vec<f64> = (0..PATCH * PATCH).map(|i| value(i % PATCH, i / PATCH)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let windowed: Vec<[f64; 2]> = values
            .iter()
            .enumerate()
            .map(|(i, v)| [(v - mean) * self.window[i % PATCH] * self.window[i / PATCH], 0.0])
            .collect();
        // Rows, turned, and rows again: the spectrum lies on its side, which no ring notices.
        let once = self.transformed_and_turned(&windowed);
        let twice = self.transformed_and_turned(&once);
        for (sum, [re, im]) in self.power.iter_mut().zip(twice) {
            *sum += re * re + im * im;
        }
        self.patches += 1;
    }

    fn transformed_and_turned(&self, plane: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut out = vec![[0.0; 2]; PATCH * PATCH];
        for (y, row) in plane.chunks_exact(PATCH).enumerate() {
            for k in 0..PATCH {
                let mut sum = [0.0; 2];
                for (x, [re, im]) in row.iter().enumerate() {
                    let [c, s] = self.turns[k * x % PATCH];
                    sum = [sum[0] + re * c - im * s, sum[1] + re * s + im * c];
                }
                out[k * PATCH + y] = sum;
            }
        }
        out
    }

    /// The variance that lies at these frequencies, cycles/mm, whatever their direction. Over all
    /// frequencies it is that of the patches.
    pub fn variance(&self, per_mm: &Range<f64>, px_per_mm: f64) -> f64 {
        let per_px = |k: usize| k.min(PATCH - k) as f64 / PATCH as f64;
        let in_band = |i: usize| {
            let (u, v) = (per_px(i % PATCH), per_px(i / PATCH));
            per_mm.contains(&((u * u + v * v).sqrt() * px_per_mm))
        };
        let power: f64 = (0..self.power.len()).filter(|&i| in_band(i)).map(|i| self.power[i]).sum();
        let window: f64 = self.window.iter().map(|w| w * w).sum();
        power / (window * window * (PATCH * PATCH * self.patches.max(1)) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    #[test]
    fn differences_are_those_of_the_published_pairs() {
        // Sharma, Wu & Dalal 2005, table 1: pairs 1, 7, 17, 21 and 25.
        for (a, b, wanted) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ] {
            let [a, b] = [a, b].map(|[l, a, b]: [f64; 3]| Colour::new(l, a, b));
            assert!((difference(&[a], &[b]) - wanted).abs() < 1e-4, "{wanted}");
        }
    }

    #[test]
    fn codes_become_the_lightness_they_have() {
        let lightness = |v: u8| Colour::from_color(linear(&[v, v, v, 255])).l;
        assert!((lightness(255) - 100.0).abs() < 0.01);
        assert!((lightness(119) - 50.0).abs() < 0.2);
    }

    #[test]
    fn blur_keeps_light_and_has_its_width() {
        let mut plane = vec![0.0; 101 * 81];
        plane[40 * 101 + 50] = 1.0;
        let region = Region {
            left: 0,
            top: 0,
            width: 101,
            height: 81,
            within: Vec::new(),
            blur_px: 5.0,
            px_per_mm: 2.5,
        };
        let out = region.blurred(&plane);
        assert!((out.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let variance =
            |axis: fn(usize) -> f64| out.iter().enumerate().map(|(i, v)| v * axis(i) * axis(i)).sum::<f64>();
        assert!((variance(|i| (i % 101) as f64 - 50.0) - 25.0).abs() < 0.1);
        assert!((variance(|i| (i / 101) as f64 - 40.0) - 25.0).abs() < 0.1);
    }

    #[test]
    fn a_wave_lies_at_its_frequency_with_its_variance() {
        let px_per_mm = 5.0;
        for (per_mm, angle) in [(0.5, 0.0), (1.0, 0.6), (1.9, 1.2)] {
            let (s, c) = libm::sincos(angle);
            let mut spectrum = Spectrum::default();
            spectrum
                .add(|i, j| 60.0 + 3.0 * libm::sin(TAU * per_mm / px_per_mm * (i as f64 * c + j as f64 * s)));
            // A window of 64 px blurs lines by two of its own frequencies.
            let line = 2.0 * px_per_mm / PATCH as f64;
            let found = spectrum.variance(&(per_mm - line..per_mm + line), px_per_mm);
            assert!((found / 4.5 - 1.0).abs() < 0.03, "{per_mm}: {found}");
            let all = spectrum.variance(&(0.0..9.0), px_per_mm);
            assert!((all - found) / all < 0.01, "{per_mm}: {found} of {all}");
        }
    }

    #[test]
    fn white_noise_is_flat_and_keeps_its_variance() {
        let mut random = rand_pcg::Pcg32::seed_from_u64(7);
        let mut spectrum = Spectrum::default();
        for _ in 0..60 {
            let noise: Vec<f64> = (0..PATCH * PATCH).map(|_| random.random_range(-3.0..3.0)).collect();
            spectrum.add(|i, j| noise[j * PATCH + i]);
        }
        let all = spectrum.variance(&(0.0..1.0), 1.0);
        assert!((all / 3.0 - 1.0).abs() < 0.03, "{all}");
        for band in [0.05..0.1, 0.1..0.2, 0.2..0.3, 0.3..0.4, 0.4..0.5] {
            // The share of the square of all frequencies that the ring takes.
            let ring = PI * (band.end * band.end - band.start * band.start);
            let level = spectrum.variance(&band, 1.0) / ring;
            assert!((level / all - 1.0).abs() < 0.08, "{band:?}: {level}");
        }
    }
}
