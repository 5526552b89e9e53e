//! The steps of reading skin, one by one.

use super::area::Area;
use super::highlight::Highlight;
use super::sight::Sight;
use super::texture::Texture;
use super::{LARGEST_GLOSS_SHARE, PLAIN_GLOSS, ShareMap, Silhouette, Skin, bare, blur};
use crate::composite::Pyramid;
use crate::head::{Head, HeadPlacement};
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// What all steps look at; [`super::Reading`] takes them in order. Apart they are of use to benches
/// only.
#[derive(Debug)]
pub struct Steps {
    silhouette: Silhouette,
    sight: Sight,
    area: Area,
    texture: Texture,
}

impl Steps {
    /// Looks at the head's box at the sizes that the maps and the texture of hair need.
    pub fn new(
        photo: &Photo,
        pyramid: &Pyramid,
        placement: &HeadPlacement,
        line: &[PhotoPoint],
        silhouette: Silhouette,
    ) -> Self {
        let head = Head::fit(placement);
        let sight = Sight::new(photo, pyramid, &head);
        let area = Area::new(&sight, &head, &silhouette, line);
        let texture = Texture::find(photo, pyramid, &sight);
        Self { silhouette, sight, area, texture }
    }

    /// The photo's own blur.
    pub fn blur(photo: &Photo, placement: &HeadPlacement) -> f32 {
        blur::find(photo, placement)
    }

    /// Plain skin, and how each pixel's light splits.
    pub fn highlight(&self) -> Highlight {
        Highlight::find(&self.sight, &self.area, &self.texture)
    }

    /// Where bare skin is.
    pub fn bare(&self, highlight: &Highlight) -> ShareMap {
        let bare = bare::find(&self.sight, &self.area, &self.texture, highlight);
        ShareMap::of_sight(&self.sight, &bare, 0.0)
    }

    /// Everything together.
    pub(super) fn into_skin(self, highlight: &Highlight, bare: ShareMap, blur_px: f32) -> Skin {
        let light = self.area.median_light(&self.sight, &bare, highlight);
        Skin {
            blur_px,
            gloss: PLAIN_GLOSS.min(LARGEST_GLOSS_SHARE * light[1]),
            light,
            diffuse: ShareMap::of_sight(&self.sight, &highlight.diffuse, 1.0),
            bare,
            silhouette: self.silhouette,
        }
    }
}
