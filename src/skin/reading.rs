//! Reading skin in pieces, so that a newer wish can come between.

use super::highlight::Highlight;
use super::{ShareMap, Silhouette, Skin, Steps};
use crate::composite::Pyramid;
use crate::head::{Head, HeadPlacement};
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// How far the reading has come.
#[derive(Debug, Default)]
pub enum Reading {
    /// Nothing is known yet.
    #[default]
    Begun,
    /// Where the head ends.
    Outlined(Silhouette),
    /// The head's box has been looked at.
    Seen(Box<Steps>),
    /// How the light of each pixel splits.
    Split(Box<Steps>, Box<Highlight>),
    /// Where bare skin is.
    Mapped(Box<Steps>, Box<Highlight>, ShareMap),
}

impl Reading {
    /// Does the next piece, always with the same arguments: what is left to do, or the skin.
    pub fn advance(
        self,
        photo: &Photo,
        pyramid: &Pyramid,
        placement: &HeadPlacement,
        line: &[PhotoPoint],
    ) -> Result<Skin, Self> {
        match self {
            Self::Begun => Err(Self::Outlined(Silhouette::find(photo, pyramid, &Head::fit(placement)))),
            Self::Outlined(silhouette) => {
                Err(Self::Seen(Box::new(Steps::new(photo, pyramid, placement, line, silhouette))))
            }
            Self::Seen(steps) => {
                let highlight = Box::new(steps.highlight());
                Err(Self::Split(steps, highlight))
            }
            Self::Split(steps, highlight) => {
                let bare = steps.bare(&highlight);
                Err(Self::Mapped(steps, highlight, bare))
            }
            Self::Mapped(steps, highlight, bare) => {
                let blur_px = Steps::blur(photo, placement);
                Ok(steps.into_skin(&highlight, bare, blur_px))
            }
        }
    }
}
