//! The colours of a person: skin, hair, brows, and how dark their own stubble makes the skin.

use serde::Serialize;

use super::anatomy::BROWS;
use super::area::{Area, quantile};
use super::hair::Hair;
use super::highlight::Highlight;
use super::hull::Hull;
use super::lab::Lab;
use super::region::Region;
use super::sight::Sight;
use super::smooth::{smooth, smooth_where};
use crate::composite::code_of_scene;
use crate::face::FaceMesh;

/// Well-lit skin: from the first to the second of these shares of the upper head's bare skin, from
/// dark to bright. Shade is below, sheen above.
const WELL_LIT: [f64; 2] = [0.45, 0.85];
/// Light that is less than this share diffuse is a highlight.
const DIFFUSE: f32 = 0.8;
/// Fewer pixels than this say nothing of a colour.
const FEWEST: usize = 60;
/// Less stubble than this says nothing of its tone, mm² as seen.
const LEAST_STUBBLE_MM2: f64 = 120.0;
/// Less hair than this says nothing of its colour, mm² as seen.
const LEAST_HAIR_MM2: f64 = 300.0;
/// Stubble and bare skin are compared where both are this near, σ in mm: near enough to be lit
/// alike.
const BESIDE_MM: f64 = 6.0;
/// Share of the neighbourhood that each of the two must have.
const BOTH: f32 = 0.04;
/// Hair thins out towards skin: of all places compared, the one of this share from light to dark.
const DENSEST: f64 = 0.75;
/// Nearer to the head's edge than this share light falls off too fast to compare.
const WITHIN: f32 = 0.97;
/// Less than this is not told from shade and noise.
const SEEN: f64 = 0.1;
/// Hair that takes more of the light than this is no stubble, but hair whose colour is seen.
const COVERING: f64 = 0.55;
/// The darkest share of a brow is hair, the rest skin between.
const BROW_HAIR: f64 = 0.35;
/// Hue angles (degrees, CIELAB) above which skin is called warm, and below which cool. Faces lie
/// between about 45 and 70; the parting is a convention and the light's colour shifts it:
/// confidence low.
const WARM: f64 = 62.0;
const COOL: f64 = 52.0;

/// Which way skin leans from the middle of skin colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Undertone {
    /// Towards yellow.
    Warm,
    /// Neither.
    Neutral,
    /// Towards red and blue.
    Cool,
}

/// The colour of well-lit bare skin, as the photo shows it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SkinTone {
    /// Individual typology angle, degrees.
    pub ita_degrees: f64,
    /// Median colour, sRGB codes.
    pub srgb: [u8; 3],
    /// CIELAB lightness, 0–100.
    pub lightness: f64,
    /// Which way its hue leans.
    pub undertone: Undertone,
}

/// What a person's own shaved hair makes of the skin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Stubble {
    /// Share of the diffuse scene light that it takes away, against bare skin beside it.
    pub darkening: f64,
    /// σ of the logarithm of light at hair width, beyond what bare skin has.
    pub grain: f64,
}

/// The colours of a person, as far as the photo shows them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Complexion {
    /// Bare skin of forehead and scalp.
    pub skin: Option<SkinTone>,
    /// Hair of the scalp, sRGB codes; none where all of it is so short that skin shines through.
    pub hair: Option<[u8; 3]>,
    /// Shaved or cropped hair.
    pub stubble: Option<Stubble>,
    /// Hair of the brows, sRGB codes.
    pub brow: Option<[u8; 3]>,
}

/// What the complexion is read from.
pub(super) struct Seen<'a> {
    pub(super) sight: &'a Sight,
    pub(super) area: &'a Area,
    pub(super) region: &'a Region,
    pub(super) highlight: &'a Highlight,
    pub(super) hair: &'a Hair,
    /// How surely each pixel is bare skin.
    pub(super) bare: &'a [f32],
}

impl Seen<'_> {
    pub(super) fn complexion(&self, mesh: Option<&FaceMesh>) -> Complexion {
        let skin = self.skin();
        let darkening = self.darkening();
        let (mut stubble, mut hair) = (None, None);
        if let Some(darkening) = darkening.filter(|d| (SEEN..COVERING).contains(d)) {
            stubble = Some(Stubble { darkening, grain: self.grain() });
        } else {
            hair = self.hair_colour();
        }
        Complexion { skin, hair, stubble, brow: mesh.and_then(|mesh| self.brow(mesh)) }
    }

    fn skin(&self) -> Option<SkinTone> {
        let plain: Vec<usize> = (0..self.bare.len())
            .filter(|&i| self.region.upper[i] && self.bare[i] > 0.9 && self.highlight.diffuse[i] > DIFFUSE)
            .collect();
        let luma = |i: &usize| Sight::luma(self.highlight.light[*i]);
        let mut lumas: Vec<f32> = plain.iter().map(luma).collect();
        let [from, to] = WELL_LIT.map(|q| quantile(&mut lumas, q));
        let lit: Vec<usize> = plain.into_iter().filter(|i| (from..=to).contains(&luma(i))).collect();
        let srgb = self.median_srgb(&lit)?;
        let lab = Lab::of_srgb(srgb.map(f64::from));
        let undertone = match lab.hue_degrees() {
            h if h > WARM => Undertone::Warm,
            h if h < COOL => Undertone::Cool,
            _ => Undertone::Neutral,
        };
        Some(SkinTone { ita_degrees: lab.ita_degrees(), srgb, lightness: lab.l, undertone })
    }

    /// Share of the light that hair takes away from the skin beside it.
    fn darkening(&self) -> Option<f64> {
        let (sight, count) = (self.sight, self.bare.len());
        let within = |i: usize| self.area.radius[i] < WITHIN && self.highlight.diffuse[i] > DIFFUSE;
        let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
        let hairy: Vec<f32> = (0..count).map(|i| flag(within(i) && self.hair.share[i] > 0.9)).collect();
        let mm2 = f64::from(hairy.iter().sum::<f32>()) / (sight.px_per_mm * sight.px_per_mm);
        if mm2 < LEAST_STUBBLE_MM2 {
            return None;
        }
        let bare: Vec<f32> = (0..count).map(|i| flag(within(i) && self.bare[i] > 0.9)).collect();
        let sigma = BESIDE_MM * sight.px_per_mm;
        let near = |on: &[f32]| {
            let mut weight = on.to_vec();
            smooth(&mut weight, sight.width, sigma);
            let mut light: Vec<f32> = sight.light.iter().map(|l| Sight::luma(*l)).collect();
            smooth_where(&mut light, on, &weight, sight.width, sigma);
            (weight, light)
        };
        let ((hair_near, hair), (bare_near, skin)) = (near(&hairy), near(&bare));
        let mut shares: Vec<f32> = (0..count)
            .filter(|&i| hairy[i] > 0.0 && hair_near[i] > BOTH && bare_near[i] > BOTH)
            .map(|i| 1.0 - hair[i] / skin[i].max(1e-4))
            .collect();
        if shares.len() < FEWEST {
            return None;
        }
        Some(f64::from(quantile(&mut shares, DENSEST)).clamp(0.0, 1.0))
    }

    fn grain(&self) -> f64 {
        let own = self.hair.own * self.hair.own;
        let mut rough: Vec<f32> = (0..self.bare.len())
            .filter(|&i| self.hair.share[i] > 0.9 && self.area.radius[i] < WITHIN)
            .map(|i| (self.hair.roughness[i] * self.hair.roughness[i] - own).max(0.0).sqrt())
            .collect();
        f64::from(quantile(&mut rough, 0.5))
    }

    /// Colour of hair that covers the skin.
    fn hair_colour(&self) -> Option<[u8; 3]> {
        let plain = Sight::luma(self.highlight.plain);
        let covering: Vec<usize> = (0..self.bare.len())
            .filter(|&i| {
                let dark = Sight::luma(self.highlight.light[i]) < (1.0 - COVERING as f32) * plain;
                self.hair.share[i] > 0.7 && (dark || self.hair.foreign[i] > 0.5)
            })
            .collect();
        let mm2 = covering.len() as f64 / (self.sight.px_per_mm * self.sight.px_per_mm);
        if mm2 < LEAST_HAIR_MM2 { None } else { self.median_srgb(&covering) }
    }

    fn brow(&self, mesh: &FaceMesh) -> Option<[u8; 3]> {
        let mut inside = Vec::new();
        for points in BROWS {
            let hull = Hull::of(points.iter().map(|i| mesh.at(*i)).collect());
            hull.each_pixel(self.sight, |i| inside.push(i));
        }
        let luma = |i: &usize| Sight::luma(self.sight.light[*i]);
        let most = quantile(&mut inside.iter().map(luma).collect::<Vec<f32>>(), BROW_HAIR);
        inside.retain(|i| luma(i) <= most);
        self.median_srgb(&inside)
    }

    /// Median colour of some pixels, channel by channel; none of too few.
    fn median_srgb(&self, pixels: &[usize]) -> Option<[u8; 3]> {
        (pixels.len() >= FEWEST).then(|| {
            [0, 1, 2].map(|k| {
                let mut values: Vec<f32> = pixels.iter().map(|&i| self.sight.light[i][k]).collect();
                let code = code_of_scene(f64::from(quantile(&mut values, 0.5)));
                (code + 0.5).clamp(0.0, 255.0) as u8
            })
        })
    }
}
