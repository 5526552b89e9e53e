//! What is known of the person besides the pixels.

use crate::face::{FaceMesh, PersonMask};

/// What the face models found, as far as they were asked and found anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cues<'a> {
    /// The face's points: none in a photo of the crown or the back.
    pub mesh: Option<&'a FaceMesh>,
    /// Where the person is, coarsely.
    pub person: Option<&'a PersonMask>,
}
