//! Dots over photo to pixels: a coverage plane, then a multiplication of linear light.

mod coverage;
mod light;
mod pyramid;
mod tone;
mod view;

pub use coverage::{Coverage, ONE};
pub use light::{decode_srgb, encode_srgb};
pub use pyramid::Pyramid;
pub use tone::Tone;
pub use view::{LARGEST_VIEW_PX, View};
