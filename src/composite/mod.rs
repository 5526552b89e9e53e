//! Dots over photo to pixels: a coverage plane, then a multiplication of linear light.

mod coverage;
mod light;
mod pyramid;
mod response;
mod tone;
mod view;

pub use coverage::{Coverage, ONE};
pub use light::{decode_srgb, encode_srgb};
pub use pyramid::Pyramid;
pub use response::{code_of_scene, display_light, scene_light, scene_of_code};
pub use tone::Tone;
pub use view::{LARGEST_VIEW_PX, View};
