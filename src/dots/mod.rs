//! Which follicles are pigmented and how their dots look in the photo.

mod placed;
mod select;

pub use placed::PlacedFollicles;
pub use select::{Dot, select};
