//! Reading skin in pieces, so that a newer wish can come between.

use super::hair::Hair;
use super::highlight::Highlight;
use super::steps::Shape;
use super::{Cues, ShareMap, Silhouette, Skin, Steps};
use crate::composite::Pyramid;
use crate::head::HeadPlacement;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// How far the reading has come.
#[derive(Debug, Default)]
pub struct Reading(Stage);

#[derive(Debug, Default)]
enum Stage {
    /// Nothing is known yet.
    #[default]
    Begun,
    /// Where the head ends.
    Outlined(Silhouette),
    /// The head's box has been looked at.
    Seen(Box<Steps>),
    /// Which pixels are the person's and the head's.
    Shaped(Box<Steps>, Box<Shape>),
    /// How the light of each pixel splits.
    Split(Box<Steps>, Box<Highlight>, Box<Shape>),
    /// Where hair stands.
    Haired(Box<Steps>, Box<Highlight>, Box<Shape>, Box<Hair>),
    /// Where there is room for dots.
    Mapped(Box<Steps>, Box<Highlight>, Box<Shape>, Box<Hair>, ShareMap),
}

impl Reading {
    /// Does the next piece, always with the same arguments: what is left to do, or the skin.
    pub fn advance(
        self,
        photo: &Photo,
        pyramid: &Pyramid,
        placement: &HeadPlacement,
        line: &[PhotoPoint],
        cues: &Cues,
    ) -> Result<Skin, Self> {
        let next = match self.0 {
            Stage::Begun => Stage::Outlined(Silhouette::find(photo, pyramid, placement, cues.person)),
            Stage::Outlined(silhouette) => {
                Stage::Seen(Box::new(Steps::new(photo, pyramid, placement, line, silhouette, cues)))
            }
            Stage::Seen(steps) => {
                let shape = Box::new(steps.shape(cues));
                Stage::Shaped(steps, shape)
            }
            Stage::Shaped(steps, shape) => {
                let highlight = Box::new(steps.highlight(&shape));
                Stage::Split(steps, highlight, shape)
            }
            Stage::Split(steps, highlight, shape) => {
                let hair = Box::new(steps.hair(&highlight, &shape));
                Stage::Haired(steps, highlight, shape, hair)
            }
            Stage::Haired(steps, highlight, shape, hair) => {
                let room = steps.room(&highlight, &shape, &hair);
                Stage::Mapped(steps, highlight, shape, hair, room)
            }
            Stage::Mapped(steps, highlight, shape, hair, room) => {
                let blur_px = Steps::blur(photo, placement);
                return Ok(steps.into_skin(&highlight, &shape, &hair, room, blur_px, cues));
            }
        };
        Err(Self(next))
    }
}
