//! Where hair of the scalp stands, stubble included.
//!
//! Short hair is dark lines on a brighter ground, so log light at hair width has a negative skew,
//! whatever the skin's tone; noise, pores and wrinkles have none, and glints a positive one. How
//! strong the texture is relative to the smoothest of this head's skin is the other sign. The two
//! are weighed as a logistic regression on half of the rendered heads did (`m_light_front`,
//! `m_dark_front`, `f_medium_front_thinning`, `m_light_back_scar`) for hair of more than 15 % of
//! full density. Where it is drawn, a guided filter (He, Sun & Tang 2010) brings it to the edges of
//! the light: hair darkens.
//!
//! Below about 3.5 px a millimetre stubble is lost between pixels and compression. Long hair of one
//! even, light colour (blond, white) has little texture and is hardly told from skin.

use super::area::{Area, quantile};
use super::person::shrunk;
use super::region::Region;
use super::sight::Sight;
use super::smooth::{smooth, smooth_where, step};
use super::texture::Texture;

/// Weights of the log of roughness relative to the skin's own, of negative skew, and the constant.
const ROUGHNESS: f32 = 1.637;
const SKEW: f32 = 2.077;
const CONSTANT: f32 = -2.569;
/// Texture is averaged so far before it is weighed, σ in mm.
const AVERAGED_MM: f64 = 1.4;
/// At the limb, where a millimetre of the picture is many of the skin and hair beside the temples is a
/// sliver, less far; from which share of the head's edge on, and from which wholly.
const AVERAGED_AT_LIMB_MM: f64 = 0.9;
const LIMB: [f32; 2] = [0.85, 0.95];
/// What an average over fewer hairs is below one over many, log odds.
const FEWER_HAIRS: f32 = 0.4;
/// This share of the head is smoother than the skin's own roughness, which is at most so much (σ of
/// log light): a head may be covered all over.
const SMOOTHEST: f64 = 0.2;
const ROUGHEST_SKIN: f32 = 0.02;
/// Nearer to the silhouette than this the background shows, mm: where a person's mask says where it is,
/// and where the outline does.
const RIM_MM: [f64; 2] = [0.7, 1.3];
/// Reach of the guided filter, σ in mm, and the contrast (σ of log light) below which light guides
/// nothing.
const GUIDED_MM: f64 = 2.0;
const GUIDING: f32 = 0.01;
/// Odds are carried to the rim from so far, σ in mm, the widest first.
const CARRIED_MM: [f64; 2] = [2.0, 0.8];
/// Range of the odds that are filtered.
const LEAST: f32 = -3.0;
const MOST: f32 = 4.0;
/// Texture below this share (as a cube root) of that of the hair around, σ in mm, is the blur of it.
const SPILL: f32 = 0.35;
const SPILL_MM: f64 = 4.0;
const SPILL_SLOPE: f32 = 12.0;
/// Times the skin's own roughness up to which it is skin's.
const SMOOTH: f32 = 2.0;
/// σ of log light from which on it can only be hair, straight or curled, and log odds for each more;
/// glints are as rough, but skewed to the bright side: what a skew above this takes off.
const ROUGH_AS_HAIR: f32 = 0.13;
const ROUGH_SLOPE: f32 = 40.0;
const GLINTS: f32 = 8.0;
const LEAST_DARK: f32 = 0.2;
/// Log odds of what is surely foreign to skin, doubled.
const FOREIGN: f32 = 6.0;
/// Half width of the transition from hair to skin, in log odds.
const SOFT: f32 = 1.2;

/// What was found.
#[derive(Debug)]
pub struct Hair {
    /// How surely each pixel of the sight is hair of the scalp, 0–1.
    pub(super) share: Vec<f32>,
    /// σ of log light at hair width, averaged.
    pub(super) roughness: Vec<f32>,
    /// Its value on smooth skin.
    pub(super) own: f32,
    /// How surely each pixel is something else than skin, by its colour, 0–1.
    pub(super) foreign: Vec<f32>,
}

impl Hair {
    /// Finds hair on the head of a `person` (0–1 for each pixel). What is `foreign` (0–1) to skin
    /// where hair can stand is hair too: thick hair has no skin between its lines.
    pub(super) fn find(
        sight: &Sight,
        area: &Area,
        texture: &Texture,
        region: &Region,
        person: &[f32],
        foreign: Vec<f32>,
    ) -> Self {
        let w = sight.width;
        let head: Vec<f32> = region.head.iter().zip(person).map(|(h, p)| h * p).collect();
        let whole: Vec<bool> = person.iter().map(|p| *p > 0.8).collect();
        let rim = (RIM_MM[usize::from(!region.person_known)] * sight.px_per_mm + 0.5) as usize;
        let inner: Vec<f32> = shrunk(&whole, w, rim).into_iter().map(|i| if i { 1.0 } else { 0.0 }).collect();
        let mean = |plane: &[f32], sigma: f64, on: &[f32], weight: &[f32]| {
            let mut plane = plane.to_vec();
            smooth_where(&mut plane, on, weight, w, sigma);
            plane
        };
        let weight = |on: &[f32], sigma: f64| {
            let mut weight = on.to_vec();
            smooth(&mut weight, w, sigma);
            weight
        };
        let sigma = AVERAGED_MM * sight.px_per_mm;
        let near = weight(&inner, sigma);
        let mut square = mean(&texture.square, sigma, &inner, &near);
        let mut cube = mean(&texture.cube, sigma, &inner, &near);
        let at_limb = |i: usize| step(LIMB[0], LIMB[1], area.radius[i]);
        // Towards the limb the same way on the skin is ever shorter in the picture.
        let sigma = AVERAGED_AT_LIMB_MM * sight.px_per_mm;
        let near = weight(&inner, sigma);
        for (wide, texture) in [(&mut square, &texture.square), (&mut cube, &texture.cube)] {
            let narrow = mean(texture, sigma, &inner, &near);
            for (i, wide) in wide.iter_mut().enumerate() {
                *wide += (narrow[i] - *wide) * at_limb(i);
            }
        }
        let roughness: Vec<f32> = square.iter().map(|v| v.max(0.0).sqrt()).collect();
        let mut smoothest: Vec<f32> =
            (0..head.len()).filter(|&i| head[i] > 0.8 && inner[i] > 0.0).map(|i| roughness[i]).collect();
        let own = quantile(&mut smoothest, SMOOTHEST).clamp(1e-4, ROUGHEST_SKIN);
        let odds: Vec<f32> = roughness
            .iter()
            .zip(&cube)
            .map(|(r, cube)| {
                let rough = libm::logf(r.max(1e-4) / own).clamp(-3.0, 4.0);
                let r = r.max(0.5 * own);
                ROUGHNESS * rough - SKEW * cube / (r * r * r) + CONSTANT
            })
            .collect();

        let rough: Vec<f32> = roughness
            .iter()
            .zip(&cube)
            .map(|(r, cube)| {
                let glints = cube / (r * r * r).max(1e-9);
                (r - ROUGH_AS_HAIR) * ROUGH_SLOPE - GLINTS * (glints + LEAST_DARK).max(0.0)
            })
            .collect();
        let mut odds = guided(sight, &odds, &inner);
        let hairy: Vec<f32> = odds.iter().zip(&inner).map(|(z, i)| i * step(-1.0, 1.0, *z)).collect();
        let sigma = SPILL_MM * sight.px_per_mm;
        let dark: Vec<f32> = cube.iter().map(|c| (-c).max(0.0)).collect();
        let near = weight(&hairy, sigma);
        let around = mean(&dark, sigma, &hairy, &near);
        // Dense hair has as much bright in it as dark: there it is rough. So is a head's edge that only
        // the outline tells.
        let believed = if region.person_known { 1.0 } else { 0.0 };
        let smooth_skin = SMOOTH * own;
        let beyond: Vec<f32> = square.iter().map(|v| (v - smooth_skin * smooth_skin).max(0.0)).collect();
        let rough_around = mean(&beyond, sigma, &hairy, &near);
        for (i, z) in odds.iter_mut().enumerate() {
            if around[i] > 0.0 {
                let dark = libm::cbrtf(dark[i] / around[i]);
                let rough = believed * (beyond[i] / rough_around[i].max(1e-9)).sqrt();
                *z = z.min((dark.max(rough) - SPILL) * SPILL_SLOPE);
            }
        }
        carry_outwards(sight, &mut odds, &inner);

        let against = &region.against_hair;
        let zone = (0..odds.len()).filter(|&i| against[i] < 1.0 && head[i] > 0.5 && inner[i] > 0.0);
        let parting = parting(zone.map(|i| odds[i]));
        let share = (0..odds.len())
            .map(|i| {
                let z = (odds[i] - parting + FEWER_HAIRS * at_limb(i))
                    .max(FOREIGN * (foreign[i] - 0.5))
                    .max(rough[i])
                    .min(MOST)
                    - against[i];
                step(-SOFT, SOFT, z) * head[i] * step(0.5, 0.9, person[i])
            })
            .collect();
        Self { share, roughness, own, foreign }
    }
}

/// Guided filter of the odds by log light, weighted; only where hair is the darker side.
fn guided(sight: &Sight, odds: &[f32], inner: &[f32]) -> Vec<f32> {
    let (w, sigma) = (sight.width, GUIDED_MM * sight.px_per_mm);
    let mut weight = inner.to_vec();
    smooth(&mut weight, w, sigma);
    let mean = |plane: &mut dyn Iterator<Item = f32>| {
        let mut plane: Vec<f32> = plane.collect();
        smooth_where(&mut plane, inner, &weight, w, sigma);
        plane
    };
    let light: Vec<f32> = sight.light.iter().map(|l| libm::logf(Sight::luma(*l) + 0.005)).collect();
    let odds: Vec<f32> = odds.iter().map(|z| z.clamp(LEAST, MOST)).collect();
    let m_light = mean(&mut light.iter().copied());
    let m_odds = mean(&mut odds.iter().copied());
    let m_both = mean(&mut light.iter().zip(&odds).map(|(l, z)| l * z));
    let m_square = mean(&mut light.iter().map(|l| l * l));
    let slope: Vec<f32> = (0..odds.len())
        .map(|i| {
            let variance = (m_square[i] - m_light[i] * m_light[i]).max(0.0);
            ((m_both[i] - m_light[i] * m_odds[i]) / (variance + GUIDING * GUIDING)).min(0.0)
        })
        .collect();
    let offset = mean(&mut (0..odds.len()).map(|i| m_odds[i] - slope[i] * m_light[i]));
    let slope = mean(&mut slope.into_iter());
    (0..odds.len()).map(|i| slope[i] * light[i] + offset[i]).collect()
}

/// Odds of the rim, where light is mixed with that of the background, from those next to it on the
/// head: the nearest say the most.
fn carry_outwards(sight: &Sight, odds: &mut [f32], inner: &[f32]) {
    let mut carried = vec![0.0; odds.len()];
    for mm in CARRIED_MM {
        let sigma = mm * sight.px_per_mm;
        let mut weight = inner.to_vec();
        smooth(&mut weight, sight.width, sigma);
        let mut plane = odds.to_vec();
        smooth_where(&mut plane, inner, &weight, sight.width, sigma);
        for i in 0..odds.len() {
            // A Gaussian of the least width that reaches the head at all.
            if weight[i] > 0.01 {
                carried[i] = plane[i];
            }
        }
    }
    for (i, z) in odds.iter_mut().enumerate() {
        if inner[i] == 0.0 {
            *z = carried[i];
        }
    }
}

/// Width of a bin of the odds, their range in bins from −6, and the bins at which bare skin ends
/// and hair begins.
const BIN: f32 = 0.25;
const BINS: usize = 48;
const BARE_BELOW: usize = 24;
const HAIR_FROM: usize = 28;
/// Less than the first share of the scalp is no hair of its own, and tells nothing; where hair thins
/// out all over, it is more than the second.
const FEWEST: f32 = 0.015;
const ALL_OVER: f32 = 0.15;
/// Odds at which hair is told from skin where there is no hair to speak of; where it thins out all
/// over; and where the two part clearly.
const NO_HAIR: f32 = 0.5;
const THINNING: f32 = -0.5;
const CLEAR: [f32; 2] = [-0.5, 1.25];

/// The odds at which hair and skin part in this photo: the valley between them.
fn parting(odds: impl Iterator<Item = f32>) -> f32 {
    let mut counts = [0.0f32; BINS];
    for z in odds {
        let bin = (z + 6.0) / BIN;
        if bin >= 0.0 && bin < BINS as f32 {
            counts[bin as usize] += 1.0;
        }
    }
    for _ in 0..2 {
        let was = counts;
        for (i, c) in counts.iter_mut().enumerate() {
            *c = 0.25 * was[i.saturating_sub(1)] + 0.5 * was[i] + 0.25 * was[(i + 1).min(BINS - 1)];
        }
    }
    let top = |range: std::ops::Range<usize>| {
        range.clone().fold(range.start, |a, b| if counts[b] > counts[a] { b } else { a })
    };
    let (bare, hair) = (top(0..BARE_BELOW), top(HAIR_FROM..BINS));
    let hairy = counts[HAIR_FROM..].iter().sum::<f32>() / counts.iter().sum::<f32>().max(1.0);
    if hairy < FEWEST {
        return NO_HAIR;
    }
    let valley = (bare..=hair).fold(bare, |a, b| if counts[b] < counts[a] { b } else { a });
    if counts[valley] < 0.5 * counts[bare].min(counts[hair]) {
        return ((valley as f32 + 0.5) * BIN - 6.0).clamp(CLEAR[0], CLEAR[1]);
    }
    if hairy < ALL_OVER { NO_HAIR } else { THINNING }
}
