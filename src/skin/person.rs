//! Where the person ends, to the pixel: the coarse silhouette moved to where the colours part.
//!
//! Between what is surely the person and what is surely background, each pixel goes to the side
//! whose colour, averaged over what is near, it resembles.

use super::sight::Sight;
use super::smooth::{smooth, smooth_where, step};
use crate::face::PersonMask;

/// Share of the coarse mask from which on, and up to which, it is sure.
const SURELY: [f32; 2] = [0.15, 0.85];
/// Beyond this the mask's word stands whatever the colours.
const CERTAIN: [f32; 2] = [0.03, 0.97];
/// Nearer to an edge of the mask than this nothing is sure, mm.
const UNSURE_MM: f64 = 1.3;
/// Colours are averaged this far, σ in mm.
const NEAR_MM: f64 = 4.0;
/// Squared distance of the two sides' log colours at which they tell nothing, and everything.
const TOLD: [f32; 2] = [0.02, 0.10];
/// How sharply a pixel goes to one side.
const SHARPLY: f32 = 1.5;
/// Keeps noise in the blacks from being colour, scene light.
const BLACK: f32 = 0.01;

/// The person's share of each pixel of the sight.
pub(super) fn find(sight: &Sight, mask: &PersonMask) -> Vec<f32> {
    let (w, count) = (sight.width, sight.light.len());
    let coarse: Vec<f32> = (0..count).map(|i| mask.at(sight.point(i % w, i / w)) as f32).collect();
    let reach = (UNSURE_MM * sight.px_per_mm + 0.5) as usize;
    let sure = |yes: &dyn Fn(f32) -> bool| -> Vec<f32> {
        let flags: Vec<bool> = (0..count).map(|i| sight.seen[i] && yes(coarse[i])).collect();
        shrunk(&flags, w, reach).into_iter().map(|f| if f { 1.0 } else { 0.0 }).collect()
    };
    let inner = sure(&|c| c > SURELY[1]);
    let outer = sure(&|c| c < SURELY[0]);
    let log: Vec<[f32; 3]> = sight.light.iter().map(|l| l.map(|v| libm::logf(v + BLACK))).collect();
    let sigma = NEAR_MM * sight.px_per_mm;
    let mean = |side: &[f32]| {
        let mut weight = side.to_vec();
        smooth(&mut weight, w, sigma);
        let planes = [0, 1, 2].map(|k| {
            let mut plane: Vec<f32> = log.iter().map(|l| l[k]).collect();
            smooth_where(&mut plane, side, &weight, w, sigma);
            plane
        });
        (weight, planes)
    };
    let (near_inner, inside) = mean(&inner);
    let (near_outer, outside) = mean(&outer);
    (0..count)
        .map(|i| {
            let c = coarse[i];
            let between = inner[i] == 0.0 && outer[i] == 0.0 && c > CERTAIN[0] && c < CERTAIN[1];
            if !between || near_inner[i] < 2e-3 || near_outer[i] < 2e-3 {
                return c;
            }
            let (mut apart, mut along) = (0.0, 0.0);
            for k in 0..3 {
                let d = outside[k][i] - inside[k][i];
                apart += d * d;
                along += d * (outside[k][i] - log[i][k]);
            }
            let told = step(TOLD[0], TOLD[1], apart);
            let share = ((along / apart.max(1e-6) - 0.5) * SHARPLY + 0.5).clamp(0.0, 1.0);
            c + (share - c) * told
        })
        .collect()
}

/// What is still there when everything within `reach` px of what is not is taken away.
pub(super) fn shrunk(flags: &[bool], width: usize, reach: usize) -> Vec<bool> {
    let height = flags.len() / width.max(1);
    let run = |at: usize, n: usize, get: &dyn Fn(usize) -> bool| {
        (at.saturating_sub(reach)..(at + reach + 1).min(n)).all(get)
    };
    let across: Vec<bool> =
        (0..flags.len()).map(|i| run(i % width, width, &|x| flags[i / width * width + x])).collect();
    (0..flags.len()).map(|i| run(i / width, height, &|y| across[y * width + i % width])).collect()
}
