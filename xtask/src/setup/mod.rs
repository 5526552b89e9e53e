//! Everything that has to be on a machine before the project can be built, served or tested.
//!
//! Each part looks first and does nothing when it finds what it needs; otherwise it says what it
//! installs and why, and lets the installer's own progress show. Nothing here needs input.

pub mod apt;
pub mod browsers;
pub mod node;
pub mod tools;
pub mod versions;
pub mod wasm_opt;
pub mod wasm_target;

/// Says what set-up is doing.
pub fn say(message: impl AsRef<str>) {
    eprintln!("set-up: {}", message.as_ref());
}
