//! How much of the light a highlight adds on top of the skin.
//!
//! Dichromatic model (Shafer 1985): light from within the skin has the skin's colour, mirrored
//! light that of the lamp. In scene light `L = m·d + s·(1, 1, 1)`, where `d` is the colour of plain
//! skin. What plain skin mirrors itself is in `d` and counted by [`super::Skin::gloss`]; here `s`
//! is only what is added to that.

use super::area::{Area, quantile};
use super::sight::Sight;
use super::smooth::{smooth, smooth_where, step};
use super::texture::{AVERAGED_MM, Texture};

/// This share of the likely skin, the smoothest, tells its colour.
const SMOOTHER: f64 = 0.5;
/// Smoothing before light is split, σ in mm: wider than pores and noise, narrower than highlights.
const SMOOTHING_MM: f64 = 0.8;
/// Light beyond this many times plain skin's is not told apart: clipped white must not drown its
/// neighbours.
const BRIGHTEST: f32 = 8.0;
/// Mirror light below this share of the light is not told from mottled skin.
const MOTTLED: f32 = 0.12;
/// Shaded skin is often in cooler light, which looks like mirror light; below the first share of
/// plain skin's light none is believed, above the second all.
const SHADE: [f32; 2] = [0.35, 0.9];
/// Squared distance of plain skin's colour from grey at which colour tells nothing and everything.
/// Skin in white light has 0.3–1 whatever its tone; a grey photo 0.
const COLOURED: [f32; 2] = [0.02, 0.08];
/// Without colour, light beyond this many times the level around (σ in mm) is a highlight.
const EXCESS: f32 = 1.25;
const AROUND_MM: f64 = 14.0;
/// The level around counts up to this many times plain skin's luma: a highlight may be wide.
const HIGHEST: f32 = 1.5;
/// A channel of more scene light than this is (nearly) clipped and tells no colour: code 250.
const CLIPPED: f32 = 20.0;

/// Plain skin and the split of light at every pixel.
#[derive(Debug)]
pub struct Highlight {
    /// Light of plain skin.
    pub(super) plain: [f32; 3],
    /// Smoothed light.
    pub(super) light: Vec<[f32; 3]>,
    /// How much colour tells in this photo: 0 in a grey one.
    pub(super) coloured: f32,
    /// Diffuse share of the light relative to plain skin, 0–1.
    pub(super) diffuse: Vec<f32>,
    /// How far the colour lies from grey towards that of plain skin, which has 1.
    pub(super) saturation: Vec<f32>,
    /// How far the colour lies beside the way from grey to plain skin, relative to the light.
    pub(super) other_hue: Vec<f32>,
}

impl Highlight {
    /// Splits the light of skull and `head` (0–1 for each pixel).
    pub(super) fn find(sight: &Sight, area: &Area, texture: &Texture, head: &[f32]) -> Self {
        let plain = plain_skin(sight, area, texture);
        let plain_luma = Sight::luma(plain).max(1e-4);
        let cap = BRIGHTEST * plain_luma;
        let width = sight.width;
        let sigma = SMOOTHING_MM * sight.px_per_mm;
        let inside: Vec<f32> = area
            .radius
            .iter()
            .zip(head)
            .map(|(&r, &h)| if r < 0.99 || (r > 1.02 && h > 0.9) { 1.0 } else { 0.0 })
            .collect();
        let mut weight = inside.clone();
        smooth(&mut weight, width, sigma);
        let channels = [0, 1, 2].map(|k| {
            let mut plane: Vec<f32> = sight.light.iter().map(|l| l[k].min(cap * 2.0)).collect();
            smooth_where(&mut plane, &inside, &weight, width, sigma);
            plane
        });
        let light: Vec<[f32; 3]> =
            (0..sight.light.len()).map(|i| [channels[0][i], channels[1][i], channels[2][i]]).collect();

        let mean = (plain[0] + plain[1] + plain[2]).max(1e-4) / 3.0;
        let off_grey = plain.map(|p| p / mean - 1.0);
        let distance: f32 = off_grey.iter().map(|o| o * o).sum();
        let coloured = step(COLOURED[0], COLOURED[1], distance);
        let around = if coloured < 1.0 { level_around(&light, &inside, sight) } else { Vec::new() };

        let count = light.len();
        let mut found = Self {
            plain,
            coloured,
            diffuse: vec![1.0; count],
            saturation: vec![1.0; count],
            other_hue: vec![0.0; count],
            light,
        };
        for (i, l) in found.light.iter().enumerate() {
            let luma = Sight::luma(*l);
            if luma <= 1e-5 {
                continue;
            }
            let mut mirrored = 0.0;
            if coloured > 0.0 {
                let level = (l[0] + l[1] + l[2]) / 3.0;
                let relative = l.map(|l| l / level - 1.0);
                let m = relative.iter().zip(off_grey).map(|(r, o)| r * o).sum::<f32>() / distance;
                let rest: f32 = relative.iter().zip(off_grey).map(|(r, o)| (r - m * o) * (r - m * o)).sum();
                (found.saturation[i], found.other_hue[i]) = (m, rest.sqrt());
                mirrored = coloured * (1.0 - m).clamp(0.0, 1.0) * step(SHADE[0], SHADE[1], luma / plain_luma);
            }
            if coloured < 1.0 {
                let level = around[i].min(HIGHEST * plain_luma);
                mirrored += (1.0 - coloured) * (1.0 - EXCESS * level / luma).max(0.0);
            }
            // Little is mottling, and what is much is all taken.
            let believed = (1.0 + MOTTLED) * mirrored * mirrored / (mirrored + MOTTLED);
            found.diffuse[i] = 1.0 - believed.min(1.0);
        }
        found
    }
}

/// Light of plain skin: median colour of skin that is neither bright nor dark among the smooth,
/// for hair and highlights are rough.
fn plain_skin(sight: &Sight, area: &Area, texture: &Texture) -> [f32; 3] {
    let mut rough: Vec<f32> = texture.variance.iter().map(|v| v.abs()).collect();
    smooth(&mut rough, sight.width, AVERAGED_MM * sight.px_per_mm);
    let seeds: Vec<usize> =
        area.seeds.iter().copied().filter(|&i| sight.light[i].iter().all(|l| *l < CLIPPED)).collect();
    let median = quantile(&mut seeds.iter().map(|&i| rough[i]).collect::<Vec<f32>>(), SMOOTHER);
    let even: Vec<[f32; 3]> =
        seeds.into_iter().filter(|&i| rough[i] <= median).map(|i| sight.light[i]).collect();
    let mut lumas: Vec<f32> = even.iter().map(|l| Sight::luma(*l)).collect();
    let middle = quantile(&mut lumas, 0.3)..=quantile(&mut lumas, 0.7);
    let middle: Vec<[f32; 3]> = even.into_iter().filter(|l| middle.contains(&Sight::luma(*l))).collect();
    [0, 1, 2].map(|k| quantile(&mut middle.iter().map(|l| l[k]).collect::<Vec<f32>>(), 0.5))
}

/// Luma smoothed so far that highlights hardly count.
fn level_around(light: &[[f32; 3]], inside: &[f32], sight: &Sight) -> Vec<f32> {
    let sigma = AROUND_MM * sight.px_per_mm;
    let mut weight = inside.to_vec();
    smooth(&mut weight, sight.width, sigma);
    // The mean of square roots, squared, heeds the bright less than the mean.
    let mut level: Vec<f32> = light.iter().map(|l| Sight::luma(*l).sqrt()).collect();
    smooth_where(&mut level, inside, &weight, sight.width, sigma);
    level.iter().map(|v| v * v).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use crate::composite::{Pyramid, code_of_scene};
    use crate::head::HeadPlacement;
    use crate::photo::Photo;
    use crate::skin::{Cues, Skin};
    use crate::space::PhotoPoint;

    /// A head of that colour, evenly lit, whose middle mirrors `shine` on top, fading outwards.
    fn head(skin: [f64; 3], shine: f64) -> (Skin, PhotoPoint) {
        let (w, h) = (600u32, 750u32);
        let placement = HeadPlacement::starting(f64::from(w), f64::from(h));
        let mut pixels = Vec::new();
        for y in 0..h {
            for x in 0..w {
                let u = (f64::from(x) - placement.centre.x) / placement.half_width;
                let v = (f64::from(y) - placement.centre.y) / placement.half_height;
                let r2 = u * u + v * v;
                let mottled = 1.0 + 0.02 * f64::from((x * 7 + y * 13) % 5);
                let shine = shine * (1.0 - r2 / 0.12).max(0.0);
                let light = if r2 < 1.0 { skin.map(|l| l * mottled + shine) } else { [0.3; 3] };
                pixels.extend(light.map(|l| code_of_scene(l).clamp(0.0, 255.0).round() as u8));
                pixels.push(255);
            }
        }
        let photo = Photo::from_rgba(w, h, pixels).unwrap();
        let line = [PhotoPoint::new(100.0, 320.0), PhotoPoint::new(500.0, 320.0)];
        (Skin::read(&photo, &Pyramid::new(&photo), &placement, &line, &Cues::default()), placement.centre)
    }

    #[test]
    fn mirrored_light_is_found_on_every_skin() {
        // Light, medium, dark; in warm and in cool light.
        for skin in
            [[2.2, 1.1, 0.6], [0.9, 0.45, 0.25], [0.2, 0.09, 0.055], [1.5, 0.55, 0.2], [0.9, 0.7, 0.6]]
        {
            let mean = (skin[0] + skin[1] + skin[2]) / 3.0;
            for part in [0.5, 1.0, 3.0] {
                let (found, centre) = head(skin, part * mean);
                let truth = 1.0 / (1.0 + part);
                let share = f64::from(found.diffuse.at(centre));
                assert!((share - truth).abs() < 0.12, "{skin:?} {part}: {share} {truth}");
                let plain = f64::from(found.diffuse.at(PhotoPoint::new(centre.x - 110.0, centre.y)));
                assert!(plain > 0.97, "{skin:?} {part}: {plain}");
            }
        }
    }

    #[test]
    fn clipped_white_has_no_diffuse_light() {
        for skin in [[2.2, 1.1, 0.6], [0.4, 0.4, 0.4]] {
            let (found, centre) = head(skin, 2000.0);
            assert!(found.diffuse.at(centre) < 0.2, "{}", found.diffuse.at(centre));
        }
    }

    #[test]
    fn without_colour_what_is_far_brighter_than_around_shines() {
        let (found, centre) = head([0.4; 3], 1.6);
        let mut last = 0.0;
        for step in 0..12 {
            let share = found.diffuse.at(PhotoPoint::new(centre.x, centre.y - f64::from(step) * 12.0));
            assert!(share >= last - 0.01, "{step}: {share} after {last}");
            last = share;
        }
        assert!(found.diffuse.at(centre) < 0.6 && last > 0.97, "{} {last}", found.diffuse.at(centre));
    }
}
