//! What the pixels say about the skin that dots go on: where the head ends, how sharp the photo
//! is, how the skin is lit, what shines and what is not bare.

mod anatomy;
mod area;
mod blur;
mod complexion;
mod cues;
mod hair;
mod highlight;
mod hull;
mod lab;
mod person;
mod reading;
mod region;
mod room;
mod share_map;
mod sight;
mod silhouette;
mod smooth;
mod steps;
mod texture;

pub use complexion::{Complexion, SkinTone, Stubble, Undertone};
pub use cues::Cues;
pub use lab::Lab;
pub use reading::Reading;
pub use share_map::ShareMap;
pub use silhouette::Silhouette;
pub use steps::Steps;

use crate::composite::Pyramid;
use crate::head::HeadPlacement;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Most mirror light that plain skin is taken to reflect, scene light, and the most as a share of
/// its green light.
///
/// 0.056 was measured on a pair of rendered heads with and without pigment: what pigment left
/// over of an evenly lit, plain light skin. It belongs to light skin (green scene light 0.5–1)
/// under a studio's light; dark skin under less light must not become all mirror.
const PLAIN_GLOSS: f64 = 0.056;
const LARGEST_GLOSS_SHARE: f64 = 0.13;

/// What one photo of one head says about the skin where dots go.
#[derive(Debug, Clone, PartialEq)]
pub struct Skin {
    /// Where the head ends.
    pub silhouette: Silhouette,
    /// The photo's own blur (lens, pixel, sharpening, JPEG): σ of a Gaussian, photo px, 0.35–3.
    pub blur_px: f32,
    /// Scene light ([`crate::composite::scene_of_code`]) of plain bare skin behind the line, as a
    /// median: red, green, blue.
    pub light: [f64; 3],
    /// The part of [`Skin::light`] that plain skin mirrors, the same in every channel. Pigment lies
    /// below it: a dot multiplies `light − gloss`.
    pub gloss: f64,
    /// Share of the light that comes from within the skin, relative to plain skin: 1 there,
    /// towards 0 in a highlight. It is a share of the mean of the three channels of scene light:
    /// a highlight adds `(1 − share) · (r + g + b) / 3` to each of them.
    pub diffuse: ShareMap,
    /// How much room there is for dots: 1 on bare skin, less among stubble; 0 where hair covers
    /// the skin, on eyes, clothes, background.
    pub room: ShareMap,
    /// How surely a place shows the person. It covers the head's box ([`ShareMap::covers`]); beyond
    /// that only the coarse mask knows. Without one it shows the head alone.
    pub person: ShareMap,
    /// How surely a place is hair of the scalp, stubble included: from 0.5 on it has more than
    /// about 15 % of a full head's.
    pub hair: ShareMap,
    /// How surely a place is bare skin of the head (skull, face, ears); brows, eyes and lips count as
    /// the face that they are in. Unsure places have less.
    pub bare: ShareMap,
    /// The person's colours.
    pub complexion: Complexion,
}

impl Skin {
    /// Reads the skin of the placed head. `line` is the hairline as a polyline; dots go behind it.
    ///
    /// The maps hardly depend on the line: it only says which skin is the most worth asking, so
    /// they need not be read anew while a line is dragged. `cues` may be empty: a crown has no face,
    /// and the models may not have been asked.
    pub fn read(
        photo: &Photo,
        pyramid: &Pyramid,
        placement: &HeadPlacement,
        line: &[PhotoPoint],
        cues: &Cues,
    ) -> Self {
        let mut reading = Reading::default();
        loop {
            match reading.advance(photo, pyramid, placement, line, cues) {
                Ok(skin) => return skin,
                Err(rest) => reading = rest,
            }
        }
    }
}
