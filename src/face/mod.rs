//! What the face says: where it is in the photo, and where the person ends.
//!
//! Optional everywhere: a crown or back view has no face, and a person may not want theirs
//! measured.

mod mesh;
mod person;
mod points;

pub use mesh::{FaceMesh, MESH_POINTS};
pub use person::PersonMask;
pub use points::{FacePoints, eye_middles, iris_diameters};
