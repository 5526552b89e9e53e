//! The follicles: one ranked blue-noise set on the skull, the same in every photo.
//!
//! The set is an asset, built by `cargo xtask assets` and only decoded here. Rank is order: the
//! first `n` points are evenly spaced for every `n`, so a density is a threshold on rank, a later
//! session only adds dots, and no dot ever moves. An [`Individual`] makes of it a set for one
//! client, by a seed.

pub mod format;
mod individual;
pub mod quality;

pub use individual::Individual;

use crate::error::Error;
use crate::space::ScalpPoint;

/// [`FollicleSet::decoded_hash`] of the shipped asset, on every platform.
pub const ASSET_DECODED_HASH: u64 = 0x1310_0134_d4d6_503a;

/// FNV-1a 64 of the shipped asset's places for [`Individual`] 7, on every platform: x, y and z of
/// each follicle, little-endian.
pub const ASSET_INDIVIDUAL_HASH: u64 = 0x16a9_5897_93b9_233e;

/// A ranked set of follicles on the canonical skull ([`crate::head::SKULL_SEMI_AXES_MM`]).
#[derive(Debug, Clone, PartialEq)]
pub struct FollicleSet {
    points: Vec<ScalpPoint>,
    area_cm2: f32,
}

impl FollicleSet {
    /// Decodes the asset; [`Error::BadFollicleSet`] for anything that is not a whole one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        format::decode(bytes)
    }

    /// All follicles in rank order, as unit vectors; times the semi-axes they lie on the skull.
    pub fn points(&self) -> &[ScalpPoint] {
        &self.points
    }

    /// Number of follicles.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there are none; a decoded set always has some.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Area of the domain on the canonical skull in cm².
    pub fn area_cm2(&self) -> f32 {
        self.area_cm2
    }

    /// Density of all ranks together on the canonical skull, follicles per cm².
    ///
    /// The first `n` ranks have `n / len()` of it, everywhere in the domain alike.
    pub fn density_per_cm2(&self) -> f32 {
        self.points.len() as f32 / self.area_cm2
    }

    /// Hash of every bit of the decoded points and the area: equal on every platform.
    pub fn decoded_hash(&self) -> u64 {
        let mut bytes = Vec::with_capacity(self.points.len() * 12 + 4);
        for p in &self.points {
            for v in [p.x, p.y, p.z] {
                bytes.extend_from_slice(&v.to_le_bytes());
            }
        }
        bytes.extend_from_slice(&self.area_cm2.to_le_bytes());
        format::fnv1a64(&bytes)
    }
}
