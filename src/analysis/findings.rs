//! What a photo has said.

use crate::advice::{Remark, ShadeSuggestion};
use crate::document::Document;
use crate::face::{Face, PersonMask};
use crate::head::MeasuredHead;
use crate::skin::Skin;

/// Everything found in a photo.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The faces, the largest first.
    pub faces: Vec<Face>,
    /// Which of them the plan is for.
    pub chosen: Option<usize>,
    /// Where the person is.
    pub person: PersonMask,
    /// No face was found, and small ones could not be looked for.
    pub far_detector_wanted: bool,
    /// What the chosen face says of the head.
    pub measured: Option<MeasuredHead>,
    /// What the pixels say of the skin.
    pub skin: Skin,
    /// The pigment and tone of the plan, and why.
    pub shade: ShadeSuggestion,
    /// What would make the photo better, the most important first.
    pub advice: Vec<Remark>,
    /// The plan to begin with.
    pub document: Document,
}
