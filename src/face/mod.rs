//! What the face says: where it is in the photo, and where the person ends.
//!
//! ```text
//! photo ─ detect (boxes) ─ trace (478 points, twice) ─ guard ─ faces
//!       └ person (silhouette) ─────────────────────────┘
//! ```
//!
//! Optional everywhere: a crown or back view has no face, and a person may not want theirs
//! measured.

mod canonical;
mod detect;
mod finding;
mod guard;
mod look;
mod mesh;
mod models;
mod person;
mod points;
mod trace;

pub use canonical::{CANONICAL_POINTS, canonical_point};
pub use finding::{Face, Finding, Found, find};
pub use mesh::{
    BROW_LOWER_LEFT, BROW_LOWER_RIGHT, BROW_UPPER_LEFT, BROW_UPPER_RIGHT, Bounds, EYE_LEFT, EYE_RIGHT,
    FACE_OVAL, FaceMesh, IRIS_LEFT, IRIS_RIGHT, LIPS, MESH_POINTS,
};
pub use models::{ModelFiles, Models};
pub use person::PersonMask;
pub use points::{FacePoints, eye_middles, iris_diameters};
