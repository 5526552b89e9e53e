//! The sRGB profile that written JPEGs carry.

/// `moxcms`' sRGB profile as bytes, its date (the only thing that would change from one day to
/// the next, and that needs a clock) set to 1 January 2000. `tests/photo.rs` reads it back.
pub(super) const PROFILE: &[u8] = include_bytes!("srgb.icc");
