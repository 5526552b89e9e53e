//! From document to dots, in pieces.

use super::Opened;
use crate::density::{Grid, Region, SkinScale};
use crate::document::Document;
use crate::dots::{Dot, Moment, PlacedFollicles, reselect, select, treated_region};
use crate::follicles::FollicleSet;
use crate::hairline::{self, Hairline};
use crate::head::Head;
use crate::skin::{Cues, Reading, Skin};

/// Follicles placed in one piece: a few milliseconds on a phone.
const PLACED_AT_ONCE: usize = 8192;

/// Everything computed from a document before there are pixels.
#[derive(Default)]
pub(super) struct Stages {
    head: Option<Head>,
    reading: Reading,
    skin: Option<Skin>,
    placed: Option<Placing>,
    scale: Option<SkinScale>,
    region: Option<Region>,
    dots: Option<Vec<Dot>>,
    /// Region and dots before the line was moved.
    moved: Option<(Region, Vec<Dot>)>,
}

/// Follicles on their way onto the head.
struct Placing {
    follicles: PlacedFollicles,
    next: usize,
}

impl Stages {
    /// The dots, once they are there.
    pub fn dots(&self) -> Option<&[Dot]> {
        self.dots.as_deref()
    }

    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    pub fn skin(&self) -> Option<&Skin> {
        self.skin.as_ref()
    }

    /// The set, the seed or the head is another one.
    pub fn forget_placed(&mut self) {
        self.placed = None;
        self.forget_dots();
    }

    /// The line, and nothing else, is another.
    pub fn line_has_moved(&mut self) {
        // What was moved twice before anybody looked is still the same line moved.
        if let Some(before) = self.region.take().zip(self.dots.take()) {
            self.moved = Some(before);
        }
    }

    /// How far the edge reaches is another.
    pub fn forget_region(&mut self) {
        self.region = None;
        self.forget_dots();
    }

    /// The dots or the moment are others.
    pub fn forget_dots(&mut self) {
        self.dots = None;
        self.moved = None;
    }

    /// Does the next piece; true when the dots are there.
    pub fn advance(
        &mut self,
        document: &Document,
        moment: &Moment,
        set: &FollicleSet,
        opened: &Opened,
    ) -> bool {
        let head = self.head.get_or_insert_with(|| document.fitted_head());
        let Some(skin) = &self.skin else {
            // The suggested line of this head, not the drawn one: what the pixels say must not
            // depend on where somebody drags a point.
            let line = Hairline { points: hairline::suggest(head), ..document.hairline.clone() };
            let line = line.polyline(document.head.half_width / 40.0);
            let reading = std::mem::take(&mut self.reading);
            match reading.advance(&opened.photo, &opened.pyramid, &document.head, &line, &Cues::default()) {
                Ok(skin) => self.skin = Some(skin),
                Err(rest) => self.reading = rest,
            }
            return false;
        };
        let placing =
            self.placed.get_or_insert_with(|| Placing { follicles: PlacedFollicles::none_of(set), next: 0 });
        if placing.next < set.len() {
            let ranks = placing.next..placing.next + PLACED_AT_ONCE;
            placing.next = ranks.end;
            placing.follicles.place(set, head, skin, document.seed, ranks);
            if placing.next >= set.len() {
                placing.follicles.sort(&Grid::new(head.placement()));
            }
            return false;
        }
        if self.dots.is_none() {
            let scale = self.scale.get_or_insert_with(|| SkinScale::new(head));
            let region = self.region.get_or_insert_with(|| treated_region(document, head, scale));
            self.dots = Some(match self.moved.take() {
                Some((was, dots)) => reselect(document, region, &placing.follicles, moment, &was, &dots),
                None => select(document, region, &placing.follicles, moment),
            });
        }
        true
    }
}
