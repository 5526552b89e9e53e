//! A view on its way to the screen: what it showed last, and what of that has to change.

use std::cmp::Ordering;

use super::coverage::{Coverage, Spread};
use super::tiles::{Rect, Tiles};
use super::{Tone, View};
use crate::dots::Dot;

/// The photo in a view, and the dots that are drawn on it.
#[derive(Debug)]
pub struct Frame {
    view: View,
    spread: Spread,
    before: Vec<u8>,
    diffuse: Vec<u8>,
    after: Vec<u8>,
    coverage: Coverage,
    drawn: Vec<Dot>,
    /// Tiles that a dot has touched since the plane was empty.
    touched: Tiles,
    /// Tiles whose pixels are not those of the plane.
    tiles: Tiles,
}

impl Frame {
    /// A view of the untreated photo: its pixels, and the diffuse share of each (empty: all of it).
    pub fn new(
        view: View,
        spread: Spread,
        before: Vec<u8>,
        diffuse: Vec<u8>,
        mut coverage: Coverage,
    ) -> Self {
        coverage.reset(&view);
        let tiles = Tiles::of(&view);
        Self {
            view,
            spread,
            after: before.clone(),
            before,
            diffuse,
            coverage,
            drawn: Vec::new(),
            touched: tiles.clone(),
            tiles,
        }
    }

    /// The view.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Blur and scale that its dots are drawn with.
    pub fn spread(&self) -> &Spread {
        &self.spread
    }

    /// The untreated pixels, RGBA.
    pub fn before(&self) -> &[u8] {
        &self.before
    }

    /// The treated pixels, RGBA.
    pub fn after(&self) -> &[u8] {
        &self.after
    }

    /// Gives the coverage plane's memory back for the next view.
    pub fn into_coverage(self) -> Coverage {
        self.coverage
    }

    /// Draws the dots from nothing. What no dot touches, before or now, is not touched either.
    pub fn redraw(&mut self, dots: &[Dot]) {
        let Self { coverage, touched, tiles, .. } = self;
        touched.take(|rect| {
            coverage.clear(rect);
            tiles.mark_rect(rect);
        });
        coverage.add(&self.view, &self.spread, dots, touched);
        tiles.mark_also(touched);
        self.drawn.clear();
        self.drawn.extend_from_slice(dots);
    }

    /// Brings what is drawn to these dots (in the order of their follicles): those that differ are
    /// taken away and added, the others stay.
    pub fn update(&mut self, dots: &[Dot]) {
        let changes = differences(&self.drawn, dots);
        // A plan that shares little with what is drawn is drawn sooner from nothing.
        if changes.len() > dots.len() / 2 {
            self.redraw(dots);
            return;
        }
        for (old, new) in changes {
            if let Some(old) = old {
                self.coverage.remove_dot(&self.view, &self.spread, old, &mut self.tiles);
            }
            if let Some(new) = new {
                self.coverage.add_dot(&self.view, &self.spread, new, &mut self.tiles);
            }
        }
        self.touched.mark_also(&self.tiles);
        self.drawn.clear();
        self.drawn.extend_from_slice(dots);
    }

    /// Every pixel that pigment covers is to be written again: the pigment is another one.
    pub fn repaint(&mut self) {
        self.tiles.mark_also(&self.touched);
    }

    /// Writes the pixels that have changed; the smallest rectangle around them, if any.
    pub fn paint(&mut self, tone: &Tone) -> Option<Rect> {
        let Self { before, diffuse, after, coverage, tiles, view, .. } = self;
        let stride = view.width as usize;
        tiles.take(|rect| tone.write(rect, stride, before, after, coverage.plane(), diffuse))
    }
}

/// The dots that differ between two lists in the order of their follicles: as it was, as it is.
fn differences<'a>(old: &'a [Dot], new: &'a [Dot]) -> Vec<(Option<&'a Dot>, Option<&'a Dot>)> {
    let mut changes = Vec::new();
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.place.cmp(&b.place),
        };
        let pair = (old.next_if(|_| order != Ordering::Greater), new.next_if(|_| order != Ordering::Less));
        if pair.0 != pair.1 {
            changes.push(pair);
        }
    }
}
