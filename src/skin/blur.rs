//! How sharp the photo is, from its sharpest edges around the head.
//!
//! Across an edge the differences between neighbouring pixels follow the photo's point spread. If
//! that is a Gaussian, the logarithms of three of them lie on a parabola whose curvature is −1/σ²,
//! wherever between the pixels the edge lies.

use super::area::quantile;
use crate::composite::decode_srgb;
use crate::head::HeadPlacement;
use crate::photo::Photo;

/// σ that is assumed where a photo shows no edge, photo px.
const USUAL: f32 = 0.7;
/// What is told at all, σ in photo px.
const LEAST: f32 = 0.35;
const MOST: f32 = 3.0;
/// Edges are looked for within this many half extents of the outline.
const BOX: f64 = 1.15;
/// About how many pixels are looked at in each direction.
const BUDGET: f64 = 200_000.0;
/// Most lines of pixels between two that are looked at.
const LARGEST_STRIDE: usize = 64;
/// Light (0–1) between the two sides of an edge worth measuring: far above noise.
const CONTRAST: f32 = 0.08;
/// Pixels on each side of an edge.
const REACH: usize = 7;
/// Not every edge of a head is sharp, so the median is not asked; noise makes a few look sharper
/// than the lens is, so neither is the sharpest.
const PERCENTILE: f64 = 0.2;
/// Edges with less than this share of the contrast of the strong ones are left out: noise has more
/// say in them, and they are seldom the outline of anything.
const STRONG: f32 = 0.5;
/// Fewer edges than this may be anything.
const FEWEST: usize = 12;
/// Difference of neighbours: a mean over one pixel, variance 1/12 px².
const DIFFERENCING: f32 = 1.0 / 12.0;
/// Variances, px², beyond which an edge counts as wide, and as very wide.
const WIDE: f32 = 1.1;
const WIDER: f32 = 2.2;

/// σ of the photo's blur in photo px, 0.35–3.
pub(super) fn find(photo: &Photo, placement: &HeadPlacement) -> f32 {
    let half = BOX * placement.half_width.max(placement.half_height);
    let range = |centre: f64, size: u32| {
        let size = f64::from(size);
        let from = (centre - half).clamp(0.0, size) as usize;
        (from, ((centre + half).clamp(0.0, size) as usize).max(from))
    };
    let columns = range(placement.centre.x, photo.width());
    let rows = range(placement.centre.y, photo.height());
    let light = Light::new(photo);
    let pixels = ((columns.1 - columns.0) * (rows.1 - rows.0)) as f64;
    let stride = ((pixels / BUDGET).ceil() as usize).clamp(1, LARGEST_STRIDE);
    let mut found = Vec::new();
    along_lines(columns, rows, stride, &|along, line| light.at(along, line), &mut found);
    along_lines(rows, columns, stride, &|along, line| light.at(line, along), &mut found);
    let mut contrasts: Vec<f32> = found.iter().map(|e| e.contrast).collect();
    let strong = STRONG * quantile(&mut contrasts, 0.9);
    let mut sigmas: Vec<f32> = found.iter().filter(|e| e.contrast >= strong).map(|e| e.sigma).collect();
    if sigmas.len() < FEWEST { USUAL } else { quantile(&mut sigmas, PERCENTILE).clamp(LEAST, MOST) }
}

/// An edge that was measured.
#[derive(Debug, Clone, Copy)]
struct Edge {
    /// σ in photo px.
    sigma: f32,
    /// Light between its sides.
    contrast: f32,
}

/// The photo's green light, the channel that a camera samples most and JPEG keeps best.
struct Light<'a> {
    photo: &'a Photo,
    table: Vec<f32>,
}

impl<'a> Light<'a> {
    fn new(photo: &'a Photo) -> Self {
        Self { photo, table: (0..=255u8).map(|code| decode_srgb(f64::from(code)) as f32).collect() }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let code = self.photo.rgba()[(y * self.photo.width() as usize + x) * 4 + 1];
        self.table[usize::from(code)]
    }
}

/// Measures the edges that cross every `stride`-th line.
fn along_lines(
    along: (usize, usize),
    lines: (usize, usize),
    stride: usize,
    light: &impl Fn(usize, usize) -> f32,
    found: &mut Vec<Edge>,
) {
    let mut steps = Vec::new();
    for line in (lines.0 + 1..lines.1.saturating_sub(1)).step_by(stride) {
        let mut last = None;
        steps.clear();
        for at in along.0..along.1 {
            let here = light(at, line);
            if let Some(last) = last {
                steps.push(here - last);
            }
            last = Some(here);
        }
        for i in REACH..steps.len().saturating_sub(REACH) {
            // The light of an edge rises within a few pixels, and most steeply here.
            let d = steps[i];
            if d.abs() < CONTRAST / 8.0 || d.abs() < steps[i - 1].abs() || d.abs() <= steps[i + 1].abs() {
                continue;
            }
            let Some(edge) = across(&steps[i - REACH..=i + REACH]) else { continue };
            // An edge that is crossed at a slant looks wider.
            let at = along.0 + i;
            let slope = |a: usize| light(a, line + 1) - light(a, line - 1);
            let slant = (slope(at) + slope(at + 1)) * 0.25;
            if slant.abs() < 0.6 * d.abs() {
                let sigma = edge.sigma * d.abs() / (d * d + slant * slant).sqrt();
                found.push(Edge { sigma, ..edge });
            }
        }
    }
}

/// The edge whose steepest difference is the middle one of `steps`; none if it is not a
/// single edge between two even sides.
fn across(steps: &[f32]) -> Option<Edge> {
    let sign = if steps[REACH] < 0.0 { -1.0 } else { 1.0 };
    let step = |k: isize| sign * steps[(REACH as isize + k) as usize];
    let contrast: f32 = sign * steps.iter().sum::<f32>();
    if contrast < CONTRAST {
        return None;
    }
    // Near its top a wide edge is flat, and noise would decide: a wider span there, and means of
    // three differences, which add 2/3 px².
    let mean = |k: isize| (step(k - 1) + step(k) + step(k + 1)) / 3.0;
    let wide =
        |k: isize| curved(mean(-k), mean(0), mean(k), (k * k) as f32).map(|v| v - DIFFERENCING - 2.0 / 3.0);
    let variance = match wide(2) {
        Some(v) if v > WIDER => wide(3)?,
        Some(v) if v > WIDE => v,
        Some(_) => curved(step(-1), step(0), step(1), 1.0)? - DIFFERENCING,
        None => return None,
    };
    // A lone edge of that width and contrast has that steepest difference; a line or a ramp has not.
    let steepest = contrast / ((variance + DIFFERENCING).max(0.15) * std::f32::consts::TAU).sqrt();
    if !(0.75..1.35).contains(&(step(0) / steepest)) {
        return None;
    }
    Some(Edge { sigma: variance.max(LEAST * LEAST).sqrt(), contrast })
}

/// Variance, px², of the Gaussian through three differences whose spacing squared is `spacing2`.
fn curved(a: f32, b: f32, c: f32, spacing2: f32) -> Option<f32> {
    if a.min(b).min(c) < 1e-3 * b.abs() {
        // All contrast in one or two differences: as sharp as pixels can be.
        return (b > 0.0).then_some(0.0);
    }
    let curvature = 2.0 * libm::logf(b) - libm::logf(a) - libm::logf(c);
    (curvature > 1e-3).then(|| spacing2 / curvature)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::composite::encode_srgb;

    /// A dark square with noise, its edges at several places between pixels, blurred by `sigma`.
    fn square(sigma: f64, offset: f64, noise: i32) -> (Photo, HeadPlacement) {
        let (w, h) = (300u32, 300u32);
        let edge = |x: f64| 0.5 * (1.0 + libm::erf(x / (sigma * std::f64::consts::SQRT_2)));
        let bump = |x: f64| edge(x - 70.3 - offset) * edge(230.1 + 2.0 * offset - x);
        let mut random = 1u32;
        let mut pixels = Vec::new();
        for y in 0..h {
            for x in 0..w {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let light = 0.5 - 0.35 * bump(f64::from(x)) * bump(f64::from(y));
                let n = (random >> 24) as i32 * (2 * noise + 1) / 256 - noise;
                let v = (encode_srgb(light) as i32 + n).clamp(0, 255) as u8;
                pixels.extend([v, v, v, 255]);
            }
        }
        let mut placement = HeadPlacement::starting(f64::from(w), f64::from(h));
        placement.half_width = 110.0;
        placement.half_height = 120.0;
        placement.centre.y = 150.0;
        (Photo::from_rgba(w, h, pixels).unwrap(), placement)
    }

    #[test]
    fn synthetic_edges_give_their_blur_back() {
        for sigma in [0.5, 0.8, 1.2, 2.0] {
            for offset in [0.0, 0.2, 0.35, 0.5, 0.8] {
                for noise in [0, 2] {
                    let (photo, placement) = square(sigma, offset, noise);
                    let found = f64::from(find(&photo, &placement));
                    assert!((found / sigma - 1.0).abs() < 0.15, "{sigma} {offset} {noise}: {found}");
                }
            }
        }
    }

    #[test]
    fn without_edges_the_usual_blur() {
        let photo = Photo::from_rgba(200, 200, [150, 120, 100, 255].repeat(40_000)).unwrap();
        let placement = HeadPlacement::starting(200.0, 200.0);
        assert_eq!(find(&photo, &placement), USUAL);
        let mut away = placement;
        away.centre.x = 5000.0;
        assert_eq!(find(&photo, &away), USUAL);
    }
}
