//! What is known of each place of the photo, as numbers from 0 to 1.

use crate::face::PersonMask;
use crate::head::Head;
use crate::skin::Skin;
use crate::space::PhotoPoint;

/// A map: a number from 0 to 1 for each place of the photo.
pub type Map<'a> = Box<dyn Fn(PhotoPoint) -> f64 + 'a>;

/// What is known of each place of the photo.
#[derive(Debug, Clone, Copy)]
pub struct Maps<'a> {
    head: &'a Head,
    skin: &'a Skin,
    person: Option<&'a PersonMask>,
}

impl<'a> Maps<'a> {
    /// The maps of a head and its skin; `person` tells of the rest of the photo.
    pub fn new(head: &'a Head, skin: &'a Skin, person: Option<&'a PersonMask>) -> Self {
        Self { head, skin, person }
    }

    /// The maps by the names of their files.
    pub fn by_name(&self) -> [(&'static str, Map<'_>); 6] {
        let Self { head, skin, person } = *self;
        let coarse = move |p| person.map_or(0.0, |mask| mask.at(p));
        [
            (
                "person",
                Box::new(
                    move |p| if skin.person.covers(p) { f64::from(skin.person.at(p)) } else { coarse(p) },
                ),
            ),
            ("hair", Box::new(|p| f64::from(skin.hair.at(p)))),
            ("skin", Box::new(|p| f64::from(skin.bare.at(p)))),
            (
                "scalp",
                Box::new(|p| {
                    if head.outline_contains(p, 1.0) { head.scalp_share(&head.unproject(p)) } else { 0.0 }
                }),
            ),
            ("highlight", Box::new(|p| 1.0 - f64::from(skin.diffuse.at(p)))),
            // Beside the head there is no surface.
            (
                "cosine",
                Box::new(
                    |p| if head.outline_contains(p, 1.0) { head.unproject(p).cosine.max(0.0) } else { 0.0 },
                ),
            ),
        ]
    }
}
