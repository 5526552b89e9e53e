//! The steps of reading skin, one by one.

use super::area::Area;
use super::highlight::Highlight;
use super::sight::Sight;
use super::texture::Texture;
use super::{ShareMap, Silhouette, bare, blur};
use crate::composite::Pyramid;
use crate::head::{Head, HeadPlacement};
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// What all steps look at; [`super::Skin::read`] takes them in order. Apart they are of use to
/// benches only.
#[derive(Debug)]
pub struct Steps<'a> {
    photo: &'a Photo,
    placement: &'a HeadPlacement,
    pub(super) silhouette: Silhouette,
    pub(super) sight: Sight,
    pub(super) area: Area,
    texture: Texture,
}

impl<'a> Steps<'a> {
    /// Finds the silhouette, and looks at the head's box at the sizes that the maps and the texture
    /// of hair need.
    pub fn new(
        photo: &'a Photo,
        pyramid: &Pyramid,
        placement: &'a HeadPlacement,
        line: &[PhotoPoint],
    ) -> Self {
        let silhouette = Silhouette::find(photo, pyramid, placement);
        let head = Head::fit(placement);
        let sight = Sight::new(photo, pyramid, &head);
        let area = Area::new(&sight, &head, &silhouette, line);
        let texture = Texture::find(photo, pyramid, &sight);
        Self { photo, placement, silhouette, sight, area, texture }
    }

    /// The photo's own blur.
    pub fn blur(&self) -> f32 {
        blur::find(self.photo, self.placement)
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
}
