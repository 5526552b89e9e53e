//! Pigment in skin: how much light it lets through, and what time makes of that.
//!
//! ```text
//! dilution step ─ optical density over wavelength ─ depth in the skin ─ years ─ transmittance
//! ```
//!
//! A transmittance is always that of the middle of a fully covered place, in linear light of the
//! scene, red, green, blue, 0–1. How much of a place is covered is the business of `dots`.

mod ageing;
mod dilution;

pub use ageing::{cooled, retention, spread};
pub use dilution::{DILUTIONS, Dilution, at_shade};
