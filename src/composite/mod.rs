//! Dots over photo to pixels: a coverage plane, then a multiplication of linear light.

mod coverage;
mod darkening;
mod frame;
mod grain;
mod kernel;
mod light;
mod pixels;
mod pyramid;
mod response;
mod tiles;
mod tone;
mod view;

pub use coverage::{Coverage, ONE, Spread};
pub use frame::Frame;
pub use grain::Grain;
pub use light::{decode_srgb, encode_srgb};
pub use pyramid::Pyramid;
pub use response::{code_of_scene, display_light, scene_light, scene_of_code};
pub use tiles::{Rect, Tiles};
pub use tone::{SkinLight, Tone, ToneSource};
pub use view::{LARGEST_VIEW_PX, View};
