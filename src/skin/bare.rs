//! Where bare skin is, and where hair, eyes, clothes or background are.
//!
//! Unsure about texture it says 'bare': a scalp with holes in its dots is worse than a few dots
//! among stubble. Of a colour that skin never has it says 'not bare'.

use super::area::{Area, quantile};
use super::highlight::Highlight;
use super::sight::Sight;
use super::smooth::{smooth, smooth_where, step};
use super::texture::Texture;

/// Hair stands on more than a place of this size, σ in mm.
const SPECK_MM: f64 = 3.0;
/// Rest of the transitions, σ in mm.
const SOFT_MM: f64 = 0.5;
/// Standard deviation of log light, dark over bright, beyond what smooth skin, glints and edges
/// have, at which stubble begins and is certain, on light skin. Rendered stubble of 0.75–1.1 mm has
/// 0.07–0.2 at [`FINE_PX_PER_MM`], a wrinkled or shining forehead up to 0.04.
const STUBBLE: [f32; 2] = [0.022, 0.042];
const FINE_PX_PER_MM: f32 = 4.7;
/// How rough glints make the skin, per share of mirrored light.
const GLINTS: f32 = 0.25;
/// How rough an edge is, per change of log light in a mm.
const EDGES: f32 = 0.2;
/// Hair darkens: what is as bright as the first share of plain skin is none, from the second on it
/// may be.
const BRIGHT: [f32; 2] = [1.2, 1.0];
/// This share of the head is smoother than the skin's own roughness.
const SMOOTHEST: f64 = 0.2;
/// Luma (scene light) of plain skin at which stubble is hardly seen, and at which it is plainly
/// seen: on dark skin its texture is no more than that of pores.
const SEEN_ON: [f32; 2] = [0.25, 0.6];

/// For each pixel of the sight how surely it is bare skin, 0–1.
pub(super) fn find(sight: &Sight, area: &Area, texture: &Texture, highlight: &Highlight) -> Vec<f32> {
    let stubble = stubble(sight, area, texture, highlight);
    let plain_luma = Sight::luma(highlight.plain).max(1e-4);
    let mut bare: Vec<f32> = (0..stubble.len())
        .map(|i| {
            let within = step(1.03, 1.005, area.radius[i]);
            let ratio = Sight::luma(highlight.light[i]) / plain_luma;
            within
                * (1.0 - stubble[i] * step(BRIGHT[0], BRIGHT[1], ratio))
                * (1.0 - foreign(ratio, highlight, i))
        })
        .collect();
    smooth(&mut bare, sight.side, SOFT_MM * sight.px_per_mm);
    bare
}

/// How surely a place of that brightness relative to plain skin is something else than skin.
fn foreign(ratio: f32, highlight: &Highlight, i: usize) -> f32 {
    let black = step(0.16, 0.09, ratio);
    let saturation = highlight.saturation[i];
    // Shaded skin stays red; hair, pupils and cloth do not.
    let dark = step(0.25, 0.12, ratio) * step(0.6, 0.3, saturation);
    // Grey and no brighter than skin: no highlight.
    let grey = step(0.9, 0.6, ratio) * step(0.35, 0.1, saturation);
    let hue = step(0.35, 0.6, highlight.other_hue[i]);
    1.0 - (1.0 - black) * (1.0 - highlight.coloured * dark.max(grey).max(hue))
}

/// How surely short hair stands at a place, from its texture.
fn stubble(sight: &Sight, area: &Area, texture: &Texture, highlight: &Highlight) -> Vec<f32> {
    let side = sight.side;
    let mut rough = texture.variance.clone();
    let log: Vec<f32> = highlight.light.iter().map(|l| libm::logf(Sight::luma(*l) + 0.01)).collect();
    let per_mm = sight.px_per_mm as f32 * 0.5;
    for y in 0..side {
        for x in 0..side {
            let i = y * side + x;
            let dx = log[y * side + (x + 1).min(side - 1)] - log[y * side + x.saturating_sub(1)];
            let dy = log[(y + 1).min(side - 1) * side + x] - log[y.saturating_sub(1) * side + x];
            let edge = EDGES * EDGES * per_mm * per_mm * (dx * dx + dy * dy);
            let glint = GLINTS * (1.0 - highlight.saturation[i]).clamp(0.0, 1.0);
            rough[i] -= edge + glint * glint;
        }
    }
    let inside: Vec<f32> = area.radius.iter().map(|&r| if r < 0.98 { 1.0 } else { 0.0 }).collect();
    let sigma = super::texture::AVERAGED_MM * sight.px_per_mm;
    let mut weight = inside.clone();
    smooth(&mut weight, side, sigma);
    smooth_where(&mut rough, &inside, &weight, side, sigma);
    let mut skin: Vec<f32> =
        rough.iter().zip(&area.radius).filter(|(_, r)| **r < 0.9).map(|(v, _)| *v).collect();
    let own = quantile(&mut skin, SMOOTHEST).max(0.0);
    let seen = step(SEEN_ON[0], SEEN_ON[1], Sight::luma(highlight.plain));
    let hair: Vec<f32> =
        rough.iter().map(|v| seen * step(STUBBLE[0], STUBBLE[1], (v - 1.2 * own).max(0.0).sqrt())).collect();
    // A beard or a horseshoe is wide; a speck of it is a wrinkle or a mole.
    let sigma = SPECK_MM * sight.px_per_mm;
    let mut weight = inside.clone();
    smooth(&mut weight, side, sigma);
    let mut wide = hair.clone();
    smooth_where(&mut wide, &inside, &weight, side, sigma);
    // In a small photo compression looks like stubble: there it takes more.
    let small = 1.0 - (texture.px_per_mm as f32 / FINE_PX_PER_MM).clamp(0.5, 1.0);
    let (from, to) = (0.2 + 0.3 * small, 0.4 + 0.4 * small);
    hair.iter().zip(&wide).map(|(hair, wide)| hair * step(from, to, *wide)).collect()
}
