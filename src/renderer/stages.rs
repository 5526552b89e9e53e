//! From document to dots, in pieces.

use std::sync::Arc;

use super::Opened;
use crate::density::{Behind, Grid, Lattice, Region, SkinScale, ZoneMap};
use crate::document::Document;
use crate::dots::{Dot, Moment, PlacedFollicles, reselect, select, treated_region};
use crate::follicles::FollicleSet;
use crate::hairline::Hairline;
use crate::head::Head;
use crate::skin::{Reading, Skin};

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
    /// Of heads with zones only, and what the zones do.
    lattice: Option<Lattice>,
    zones: Option<Arc<ZoneMap>>,
    region: Option<Region>,
    dots: Option<Vec<Dot>>,
    /// Region and dots before line or zones were moved.
    moved: Option<(Region, Vec<Dot>)>,
}

/// Follicles on their way onto the head.
struct Placing {
    follicles: PlacedFollicles,
    next: usize,
}

impl Stages {
    /// A head whose skin has been read already.
    pub fn of_skin(head: Head, skin: Skin) -> Self {
        Self { head: Some(head), skin: Some(skin), ..Self::default() }
    }

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

    /// Skin that dots go on, as far as the photo shows it, cm²: once the dots are there.
    pub fn treated_area_cm2(&self) -> Option<f64> {
        // Nearer to the limb than this hardly any dot is seen, and the skin behind a pixel grows without
        // bound.
        const LEAST_COSINE: f64 = 0.1;
        // Fewer dots than this are the soft edge of a zone.
        const FEWEST_PER_CM2: f32 = 20.0;
        let (head, skin, region) = (self.head.as_ref()?, self.skin.as_ref()?, self.region.as_ref()?);
        let grid = region.grid();
        let mm2 = (0..grid.len()).filter_map(|cell| {
            let at = grid.at((cell % grid.side) as f64 + 0.5, (cell / grid.side) as f64 + 0.5);
            let place = head.unproject(at);
            let seen = head.outline_contains(at, 1.0) && place.cosine > LEAST_COSINE;
            let zones = region.zones().at(grid, at);
            let kept = region.locate(cell, at, |_| 0.0) != Behind::Not && zones.keep >= 0.5;
            if !seen || !(kept || zones.add >= FEWEST_PER_CM2) {
                return None;
            }
            let side_mm = grid.cell / place.px_per_mm;
            let room = zones.room * skin.room.at(at) + zones.skin;
            Some(side_mm * side_mm / place.cosine * head.scalp_share(&place) * f64::from(room))
        });
        Some(mm2.sum::<f64>() / 100.0)
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

    /// The zones, and nothing else, are others.
    pub fn zones_have_moved(&mut self) {
        self.zones = None;
        self.line_has_moved();
    }

    /// What zones add is measured by other dots.
    pub fn forget_zones(&mut self) {
        self.zones = None;
        self.forget_region();
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
            let line = Hairline { points: document.suggested_points(head), ..document.hairline.clone() };
            let line = line.polyline(document.head.half_width / 40.0);
            let reading = std::mem::take(&mut self.reading);
            match reading.advance(&opened.photo, &opened.pyramid, &document.head, &line, &opened.cues()) {
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
            if self.zones.is_none() && !document.zones.is_empty() {
                let lattice = self.lattice.get_or_insert_with(|| Lattice::new(head));
                self.zones = Some(Arc::new(ZoneMap::new(document, lattice)));
            }
            let zones = self.zones.get_or_insert_default();
            let region = self
                .region
                .get_or_insert_with(|| treated_region(document, head, scale).with_zones(Arc::clone(zones)));
            self.dots = Some(match self.moved.take() {
                Some((was, dots)) => reselect(document, region, &placing.follicles, moment, &was, &dots),
                None => select(document, region, &placing.follicles, moment),
            });
        }
        true
    }
}
