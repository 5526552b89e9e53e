//! Photo files in, picture files out: right way up, right colours, honest errors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![cfg(not(target_arch = "wasm32"))]

#[path = "photo/colour.rs"]
mod colour;
#[path = "photo/damage.rs"]
mod damage;
#[path = "photo/draw.rs"]
mod draw;
#[path = "photo/export.rs"]
mod export;
#[path = "photo/fixtures.rs"]
mod fixtures;
#[path = "photo/orientation.rs"]
mod orientation;
#[path = "photo/same_everywhere.rs"]
mod same_everywhere;
