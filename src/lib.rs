//! Scalp micropigmentation, previewed on a photo.
//!
//! The modules stand in the order in which the data goes:
//!
//! ```text
//! photo file ─ photo ─ face ─ head ─ skin ─┐
//!                                          ├─ density ─ follicles ─ dots ─ composite ─ screen / export
//! document (hairline, pigment, dots, …) ───┘
//! ```
//!
//! Nothing here knows a browser; the one file that does is `web`.

pub mod error;
mod noise;
pub mod space;

pub mod photo;

pub mod nn;

pub mod face;

pub mod head;

pub mod skin;

pub mod hairline;

pub mod document;

pub mod advice;

pub mod density;

pub mod follicles;

pub mod pigment;

pub mod dots;

pub mod estimate;

pub mod composite;

pub mod export;

pub mod analysis;

pub mod renderer;
pub mod studio;

#[cfg(target_arch = "wasm32")]
pub mod web;

pub use error::Error;
