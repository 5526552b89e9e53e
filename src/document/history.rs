//! Undo and redo.

use super::Document;

/// Steps that are kept; the oldest are forgotten first.
const LONGEST: usize = 200;

/// A document with its past and its undone future.
///
/// A gesture (finger down to finger up, one pull of a slider) is one step: [`History::begin`] …
/// [`History::commit`].
#[derive(Debug, Clone)]
pub struct History {
    present: Document,
    past: Vec<Document>,
    future: Vec<Document>,
    gesture: Option<Document>,
    revision: u32,
}

impl History {
    /// A history that starts here.
    pub fn new(document: Document) -> Self {
        Self { present: document, past: Vec::new(), future: Vec::new(), gesture: None, revision: 0 }
    }

    /// The document as it is now.
    pub fn present(&self) -> &Document {
        &self.present
    }

    /// A number that changes whenever the document does.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Starts a gesture. One that is still open is committed first.
    pub fn begin(&mut self) {
        self.commit();
        self.gesture = Some(self.present.clone());
    }

    /// Ends the gesture; one step if it changed anything.
    pub fn commit(&mut self) {
        if let Some(before) = self.gesture.take()
            && before != self.present
        {
            self.step(before);
        }
    }

    /// Ends the gesture and takes back what it changed.
    pub fn cancel(&mut self) {
        if let Some(before) = self.gesture.take()
            && before != self.present
        {
            self.present = before;
            self.revision += 1;
        }
    }

    /// Changes the document; outside a gesture this is a step of its own.
    pub fn change(&mut self, edit: impl FnOnce(&mut Document)) {
        let before = self.present.clone();
        edit(&mut self.present);
        if before == self.present {
            return;
        }
        self.revision += 1;
        if self.gesture.is_none() {
            self.step(before);
        }
    }

    /// Goes a step back; an open gesture is what is taken back first. False when there is none.
    pub fn undo(&mut self) -> bool {
        self.commit();
        let Some(before) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.present, before));
        self.revision += 1;
        true
    }

    /// Goes a step forward again. False when there is none.
    pub fn redo(&mut self) -> bool {
        self.commit();
        let Some(after) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.present, after));
        self.revision += 1;
        true
    }

    /// Whether there is a step to go back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty() || self.gesture.as_ref().is_some_and(|g| *g != self.present)
    }

    /// Whether there is a step to go forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    fn step(&mut self, before: Document) {
        if self.past.len() == LONGEST {
            self.past.remove(0);
        }
        self.past.push(before);
        self.future.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PhotoSize, Setting};

    fn history() -> History {
        History::new(Document::starting(PhotoSize { width: 600, height: 800 }))
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut h = history();
        let start = h.present().clone();
        h.begin();
        for d in 0..10 {
            h.change(|doc| doc.set_number(Setting::Density, 100.0 + f64::from(d)));
        }
        h.commit();
        let end = h.present().clone();
        assert!(h.undo() && *h.present() == start && !h.can_undo());
        assert!(h.redo() && *h.present() == end && !h.can_redo());
    }

    #[test]
    fn a_cancelled_gesture_leaves_nothing() {
        let mut h = history();
        let start = h.present().clone();
        h.begin();
        h.change(|doc| doc.set_number(Setting::Density, 100.0));
        h.cancel();
        assert!(*h.present() == start && !h.can_undo());
    }

    #[test]
    fn a_change_that_changes_nothing_is_no_step() {
        let mut h = history();
        let same = h.present().dots.per_cm2;
        h.change(|doc| doc.set_number(Setting::Density, same));
        assert!(!h.can_undo());
        assert_eq!(h.revision(), 0);
    }

    #[test]
    fn a_new_step_forgets_the_undone_ones() {
        let mut h = history();
        h.change(|doc| doc.set_number(Setting::Density, 100.0));
        h.undo();
        h.change(|doc| doc.set_number(Setting::Density, 120.0));
        assert!(!h.can_redo());
    }
}
