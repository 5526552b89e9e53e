//! Where the head is: camera, millimetre scale and skull surface.
//!
//! Placed by hand for now: an ellipse around the skull as it is seen in the photo, the head's true
//! breadth and its turn. From these [`Head::fit`] finds the skull ellipsoid whose outline, seen
//! from a pinhole camera, is that ellipse.

mod fit;
mod placement;

pub use fit::{Head, SurfacePoint};
pub use placement::{HEAD_BREADTH_MM, HeadPlacement, PITCH_DEGREES, ROLL_DEGREES, YAW_DEGREES};

/// Semi-axes of the canonical skull ellipsoid in mm: half breadth (x), vault height above the
/// ellipsoid's centre (y), half length (z).
///
/// Half of ANSUR II mean male head breadth (154.3) and length (199.5), domain.md section C; the
/// vault is that of ellipsoids fitted to the rendered heads (82–92 mm).
pub const SKULL_SEMI_AXES_MM: [f32; 3] = [77.0, 92.0, 100.0];
