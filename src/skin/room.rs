//! Where there is room for dots, and where hair, eyes, clothes or background are.
//!
//! Unsure about texture it says 'room': a scalp with holes in its dots is worse than a few dots
//! among stubble. Of a colour that skin never has it says 'none'.

use super::area::{Area, quantile};
use super::hair::Hair;
use super::highlight::Highlight;
use super::sight::Sight;
use super::smooth::{smooth, smooth_where, step};
use super::texture::Texture;

/// Hair stands on more than a place of this size, σ in mm.
const SPECK_MM: f64 = 3.0;
/// Rest of the transitions, σ in mm.
const SOFT_MM: f64 = 0.5;
/// Standard deviation of log light, dark over bright, beyond what smooth skin, glints and edges
/// have, at which stubble begins to leave less room and leaves none, on light skin. Rendered stubble of 0.75–1.1 mm has
/// 0.07–0.2 at [`FINE_PX_PER_MM`], a wrinkled or shining forehead up to 0.04.
const STUBBLE: [f32; 2] = [0.024, 0.055];
/// The same of both dark and bright, where hair has been told from pores by its skew: from buzzed
/// hair on.
const THICK: [f32; 2] = [0.08, 0.14];
/// Shares of [`FINE_PX_PER_MM`] at which single hairs are lost and seen.
const SINGLE: [f32; 2] = [0.55, 0.9];
/// Photo px per mm from which on single hairs are seen.
const FINE_PX_PER_MM: f32 = 4.7;
/// How rough glints make the skin, per share of mirrored light.
const GLINTS: f32 = 0.25;
/// How rough an edge is, per change of log light in a mm.
const EDGES: f32 = 0.2;
/// Hair darkens: what is as bright as the first share of plain skin is none, from the second on it
/// may be.
const BRIGHT: [f32; 2] = [1.2, 1.0];
/// This share of the head is smoother than the skin's own roughness, and this many times that is
/// not yet hair.
const SMOOTHEST: f64 = 0.2;
const OWN: f32 = 1.2;
/// Luma (scene light) of plain skin at which stubble is hardly seen, and at which it is plainly
/// seen: on dark skin its texture is no more than that of pores.
const SEEN_ON: [f32; 2] = [0.25, 0.6];
/// Cosine to the camera from which on, downwards, thin hair hides skin, and at which it hides all.
const HIDDEN: [f32; 2] = [0.40, 0.20];

/// For each pixel of the sight how much room there is for dots, 0–1: all on bare skin, much between
/// the hairs of stubble, none where hair covers the skin or where there is no skin.
pub(super) fn room(
    sight: &Sight,
    area: &Area,
    texture: &Texture,
    highlight: &Highlight,
    ear: &[bool],
    hair: &Hair,
) -> Vec<f32> {
    let seen = step(SEEN_ON[0], SEEN_ON[1], Sight::luma(highlight.plain));
    let stubble = stubble(sight, area, texture, highlight, seen);
    let plain_luma = Sight::luma(highlight.plain).max(1e-4);
    let fine = texture.px_per_mm as f32 / FINE_PX_PER_MM;
    let hair_seen = step(SINGLE[0], SINGLE[1], fine);
    let mut room: Vec<f32> = (0..stubble.len())
        .map(|i| {
            let within = if ear[i] { 0.0 } else { step(1.03, 1.005, area.radius[i]) };
            let ratio = Sight::luma(highlight.light[i]) / plain_luma;
            // On dark skin, and on a head that is covered all over, texture alone says little; there it
            // must have been told for hair.
            let excess = (hair.roughness[i] * hair.roughness[i] - hair.own * hair.own).max(0.0).sqrt();
            let told = hair_seen * hair.share[i] * step(THICK[0], THICK[1], excess);
            // Seen along the scalp, hair hides the skin between it, however thin it is.
            let cosine = (1.0 - area.radius[i] * area.radius[i]).max(0.0).sqrt();
            let hidden = hair.share[i] * step(HIDDEN[0], HIDDEN[1], cosine);
            within
                * (1.0 - hidden)
                * (1.0 - stubble[i].max(told) * step(BRIGHT[0], BRIGHT[1], ratio))
                * (1.0 - hair.foreign[i])
        })
        .collect();
    smooth(&mut room, sight.width, SOFT_MM * sight.px_per_mm);
    room
}

/// For each pixel of the sight how surely it is something else than skin, by its colour, 0–1.
pub(super) fn foreign_to_skin(highlight: &Highlight) -> Vec<f32> {
    let seen = step(SEEN_ON[0], SEEN_ON[1], Sight::luma(highlight.plain));
    let plain_luma = Sight::luma(highlight.plain).max(1e-4);
    (0..highlight.light.len())
        .map(|i| foreign(Sight::luma(highlight.light[i]) / plain_luma, seen, highlight, i))
        .collect()
}

/// How surely a place of that brightness relative to plain skin is something else than skin.
fn foreign(ratio: f32, seen: f32, highlight: &Highlight, i: usize) -> f32 {
    // Black hair is nearer to dark skin in the shade than to light skin there.
    let black = step(0.10 + 0.06 * seen, 0.04 + 0.05 * seen, ratio);
    let saturation = highlight.saturation[i];
    // Shaded skin stays red; hair, pupils and cloth do not.
    let dark = step(0.25, 0.12, ratio) * step(0.6, 0.3, saturation);
    // Grey and no brighter than skin, or on light skin, which mirrors little of its light, hardly
    // brighter: no highlight.
    let grey = step(0.9 + 0.3 * seen, 0.6 + 0.2 * seen, ratio) * step(0.35, 0.1, saturation);
    let hue = step(0.35, 0.6, highlight.other_hue[i]);
    1.0 - (1.0 - black) * (1.0 - highlight.coloured * dark.max(grey).max(hue))
}

/// How surely short hair stands at a place, from its texture.
fn stubble(sight: &Sight, area: &Area, texture: &Texture, highlight: &Highlight, seen: f32) -> Vec<f32> {
    let (width, height) = (sight.width, sight.height);
    let mut rough = texture.variance.clone();
    let log: Vec<f32> = highlight.light.iter().map(|l| libm::logf(Sight::luma(*l) + 0.01)).collect();
    let per_mm = sight.px_per_mm as f32 * 0.5;
    for y in 0..height {
        for x in 0..width {
            let i = y * width + x;
            let dx = log[y * width + (x + 1).min(width - 1)] - log[y * width + x.saturating_sub(1)];
            let dy = log[(y + 1).min(height - 1) * width + x] - log[y.saturating_sub(1) * width + x];
            let edge = EDGES * EDGES * per_mm * per_mm * (dx * dx + dy * dy);
            let glint = GLINTS * (1.0 - highlight.saturation[i]).clamp(0.0, 1.0);
            rough[i] -= edge + glint * glint;
        }
    }
    let inside: Vec<f32> = area.radius.iter().map(|&r| if r < 0.98 { 1.0 } else { 0.0 }).collect();
    let sigma = super::texture::AVERAGED_MM * sight.px_per_mm;
    let mut weight = inside.clone();
    smooth(&mut weight, width, sigma);
    smooth_where(&mut rough, &inside, &weight, width, sigma);
    let own = own_roughness(&rough, area, highlight);
    let hair: Vec<f32> = rough
        .iter()
        .zip(&own)
        .map(|(v, own)| seen * step(STUBBLE[0], STUBBLE[1], (v - OWN * own).max(0.0).sqrt()))
        .collect();
    // A beard or a horseshoe is wide; a speck of it is a wrinkle or a mole.
    let sigma = SPECK_MM * sight.px_per_mm;
    let mut weight = inside.clone();
    smooth(&mut weight, width, sigma);
    let mut wide = hair.clone();
    smooth_where(&mut wide, &inside, &weight, width, sigma);
    // In a small photo compression looks like stubble: there it takes more.
    let small = 1.0 - (texture.px_per_mm as f32 / FINE_PX_PER_MM).clamp(0.5, 1.0);
    let (from, to) = (0.2 + 0.3 * small, 0.4 + 0.4 * small);
    hair.iter().zip(&wide).map(|(hair, wide)| hair * step(from, to, *wide)).collect()
}

/// Variance of log light that smooth skin has at each place: pores, the same everywhere, or noise,
/// which is about the same in codes and so the more of the light the less light there is.
fn own_roughness(rough: &[f32], area: &Area, highlight: &Highlight) -> Vec<f32> {
    // Codes per log light, squared: 255 · 1.055 / 2.4 · √y (1 − y) at display light y, nearly.
    let codes2: Vec<f32> = highlight
        .light
        .iter()
        .map(|l| {
            let y = Sight::luma(*l) / (1.0 + Sight::luma(*l));
            (12_500.0 * y * (1.0 - y) * (1.0 - y)).max(40.0)
        })
        .collect();
    let smooth_skin = |values: &mut dyn Iterator<Item = f32>| {
        let mut inner: Vec<f32> =
            values.zip(&area.radius).filter(|(_, r)| **r < 0.9).map(|(v, _)| v).collect();
        quantile(&mut inner, SMOOTHEST).max(0.0)
    };
    let pores = smooth_skin(&mut rough.iter().copied());
    let noise = smooth_skin(&mut rough.iter().zip(&codes2).map(|(v, c)| v * c));
    codes2.iter().map(|c| pores.max(noise / c)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use crate::composite::{Pyramid, code_of_scene};
    use crate::head::HeadPlacement;
    use crate::photo::Photo;
    use crate::skin::{Cues, Skin};
    use crate::space::PhotoPoint;

    /// A light head lit from the left, with noise; stubble below the middle if asked for.
    fn head(noise: f64, stubble: bool) -> Skin {
        let (w, h) = (1200u32, 1500u32);
        let placement = HeadPlacement::starting(f64::from(w), f64::from(h));
        let mut random = 7u32;
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(random >> 8) / f64::from(1u32 << 24)
        };
        let mut pixels = Vec::with_capacity((w * h * 4) as usize);
        for y in 0..h {
            for x in 0..w {
                let u = (f64::from(x) - placement.centre.x) / placement.half_width;
                let v = (f64::from(y) - placement.centre.y) / placement.half_height;
                let z2 = 1.0 - u * u - v * v;
                let light = if z2 > 0.0 {
                    let lit = (0.25 - 0.75 * u + 0.6 * z2.sqrt()).max(0.15);
                    let hair = stubble && v > 0.1 && next() < 0.12;
                    [2.0, 1.0, 0.55].map(|skin| skin * lit * if hair { 0.3 } else { 1.0 })
                } else {
                    [0.4, 0.42, 0.45]
                };
                let noise = noise * (next() + next() + next() - 1.5);
                pixels.extend(light.map(|l| (code_of_scene(l) + noise).clamp(0.0, 255.0) as u8));
                pixels.push(255);
            }
        }
        let photo = Photo::from_rgba(w, h, pixels).unwrap();
        let line = [
            PhotoPoint::new(placement.centre.x - 250.0, placement.centre.y),
            PhotoPoint::new(placement.centre.x, placement.centre.y - 150.0),
            PhotoPoint::new(placement.centre.x + 250.0, placement.centre.y),
        ];
        Skin::read(&photo, &Pyramid::new(&photo), &placement, &line, &Cues::default())
    }

    fn bare(skin: &Skin, u: f64, v: f64) -> f32 {
        let placement = HeadPlacement::starting(1200.0, 1500.0);
        skin.room.at(PhotoPoint::new(
            placement.centre.x + u * placement.half_width,
            placement.centre.y + v * placement.half_height,
        ))
    }

    #[test]
    fn shaded_and_noisy_skin_is_bare() {
        for noise in [0.0, 4.0, 8.0] {
            let skin = head(noise, false);
            for (u, v) in [(0.0, 0.0), (-0.8, 0.1), (0.8, 0.1), (0.9, -0.2), (0.0, -0.95), (0.5, 0.7)] {
                assert!(bare(&skin, u, v) > 0.9, "{noise} {u} {v}: {}", bare(&skin, u, v));
            }
            assert_eq!(bare(&skin, 1.15, 0.0), 0.0);
        }
    }

    #[test]
    fn stubble_is_not() {
        let skin = head(4.0, true);
        for (u, v) in [(0.3, 0.4), (0.4, 0.6), (0.6, 0.4)] {
            assert!(bare(&skin, u, v) < 0.2, "{u} {v}: {}", bare(&skin, u, v));
        }
        for (u, v) in [(0.0, -0.1), (-0.5, -0.4), (0.6, -0.4)] {
            assert!(bare(&skin, u, v) > 0.9, "{u} {v}: {}", bare(&skin, u, v));
        }
    }
}
