//! Where the head is: camera, millimetre scale and skull surface.
//!
//! A [`HeadPlacement`] holds an ellipse around the skull as it is seen in the photo, the head's true
//! breadth and its turn. From these [`Head::fit`] finds the skull whose ellipsoid, seen from a
//! pinhole camera, has that ellipse for its outline; the skin stands a little off the ellipsoid
//! (`skull`), so the head's own outline is its [`Head::outline`].

mod along_skin;
mod camera;
mod canonical_face;
mod fit;
mod least_squares;
mod limb;
mod measure;
mod outline_fit;
mod placement;
mod pose;
mod ray;
mod scale;
mod scalp;
mod skull;
mod surface;
mod without_face;

pub use along_skin::{GLABELLA_ANGLE, level};
pub use camera::focal_px_of_35mm;
pub use fit::Head;
pub use measure::{MeasuredHead, from_face};
pub use placement::{HEAD_BREADTH_MM, HeadPlacement, PITCH_DEGREES, ROLL_DEGREES, YAW_DEGREES};
pub use scale::{PUPIL_DISTANCE_MM, PUPIL_DISTANCES_MM, Scale, ScaleSource};
pub use skull::SKULL_SEMI_AXES_MM;
pub use surface::SurfacePoint;
pub use without_face::without_face;
