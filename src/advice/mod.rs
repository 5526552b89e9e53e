//! What to tell a person before they decide anything: which shade to begin with, and what is wrong
//! with the photo.

mod photo;
mod shade;

pub use photo::{Measures, Remark, Weight, advise};
pub use shade::{Reason, ShadeSuggestion, suggest_shade};
