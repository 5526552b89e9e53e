//! The steps of reading skin, one by one.

use super::area::Area;
use super::complexion::Seen;
use super::hair::Hair;
use super::highlight::Highlight;
use super::region::{Parts, Region};
use super::sight::Sight;
use super::texture::Texture;
use super::{Cues, LARGEST_GLOSS_SHARE, PLAIN_GLOSS, ShareMap, Silhouette, Skin, blur, person, room};
use crate::composite::Pyramid;
use crate::head::{Head, HeadPlacement};
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// What all steps look at; [`super::Reading`] takes them in order. Apart they are of use to benches
/// only.
#[derive(Debug)]
pub struct Steps {
    head: Head,
    silhouette: Silhouette,
    sight: Sight,
    area: Area,
    parts: Parts,
    texture: Texture,
}

/// Which pixels are the person's and the head's.
#[derive(Debug)]
pub struct Shape {
    pub(super) region: Region,
    /// The person's share of each pixel of the sight.
    pub(super) person: Vec<f32>,
}

impl Steps {
    /// Looks at the head's box at the sizes that the maps and the texture of hair need.
    pub fn new(
        photo: &Photo,
        pyramid: &Pyramid,
        placement: &HeadPlacement,
        line: &[PhotoPoint],
        silhouette: Silhouette,
        cues: &Cues,
    ) -> Self {
        let head = Head::fit(placement);
        let parts = Parts::of(&head, cues);
        let sight = Sight::new(photo, pyramid, &head, &parts.reach());
        let area = Area::new(&sight, &head, &silhouette, line);
        let texture = Texture::find(photo, pyramid, &sight);
        Self { head, silhouette, sight, area, parts, texture }
    }

    /// The photo's own blur.
    pub fn blur(photo: &Photo, placement: &HeadPlacement) -> f32 {
        blur::find(photo, placement)
    }

    /// Plain skin, and how each pixel's light splits.
    pub fn highlight(&self, shape: &Shape) -> Highlight {
        let head: Vec<f32> = shape.region.head.iter().zip(&shape.person).map(|(h, p)| h * p).collect();
        Highlight::find(&self.sight, &self.area, &self.texture, &head)
    }

    /// Person and head. Where no model says where the person ends, the head is all that is known.
    pub fn shape(&self, cues: &Cues) -> Shape {
        let region = Region::new(&self.sight, &self.head, &self.area, &self.parts);
        let person = match cues.person {
            Some(mask) => person::find(&self.sight, mask),
            None => region.head.clone(),
        };
        Shape { region, person }
    }

    /// Where hair of the scalp stands.
    pub fn hair(&self, highlight: &Highlight, shape: &Shape) -> Hair {
        let foreign = room::foreign_to_skin(highlight);
        Hair::find(&self.sight, &self.area, &self.texture, &shape.region, &shape.person, foreign)
    }

    /// Where there is room for dots.
    pub fn room(&self, highlight: &Highlight, shape: &Shape, hair: &Hair) -> ShareMap {
        let room = room::room(&self.sight, &self.area, &self.texture, highlight, &shape.region.ear, hair);
        ShareMap::of_sight(&self.sight, &room, 0.0)
    }

    /// Everything together.
    pub(super) fn into_skin(
        self,
        highlight: &Highlight,
        shape: &Shape,
        hair: &Hair,
        room: ShareMap,
        blur_px: f32,
        cues: &Cues,
    ) -> Skin {
        let light = self.area.median_light(&self.sight, &room, highlight);
        let map = |shares: &[f32], outside| ShareMap::of_sight(&self.sight, shares, outside);
        let bare: Vec<f32> = (0..hair.share.len())
            .map(|i| {
                let foreign = if shape.region.face[i] { 0.0 } else { hair.foreign[i] };
                shape.region.head[i] * shape.person[i] * (1.0 - hair.share[i]) * (1.0 - foreign)
            })
            .collect();
        let (sight, area) = (&self.sight, &self.area);
        let seen = Seen { sight, area, region: &shape.region, highlight, hair, bare: &bare };
        Skin {
            complexion: seen.complexion(cues.mesh),
            blur_px,
            gloss: PLAIN_GLOSS.min(LARGEST_GLOSS_SHARE * light[1]),
            light,
            diffuse: map(&highlight.diffuse, 1.0),
            person: map(&shape.person, 0.0),
            hair: map(&hair.share, 0.0),
            bare: map(&bare, 0.0),
            room,
            silhouette: self.silhouette,
        }
    }
}
