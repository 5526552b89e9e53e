//! The camera that has taken a photo, and a skull before it.

use glam::{DMat3, DQuat, DVec2, DVec3};

use super::fit::silhouette;
use super::{Head, HeadPlacement, SKULL_SEMI_AXES_MM, pose};
use crate::space::PhotoPoint;

/// Focal length as a share of the photo's longer side that is taken where the file tells none: 60 mm
/// on a 36 mm side, between a phone's main camera (26) and a portrait lens (85).
const FOCAL_SHARE: f64 = 60.0 / 36.0;

/// Focal length in photo px of a photo of that size whose file tells the focal length as it would be
/// on 35 mm film: film and photo are compared by their diagonals, as EXIF has it.
pub fn focal_px_of_35mm(focal_mm: f64, [width, height]: [f64; 2]) -> f64 {
    const FILM_DIAGONAL_MM: f64 = 43.27;
    focal_mm / FILM_DIAGONAL_MM * (width * width + height * height).sqrt()
}

/// The camera of a photo that is not cropped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Camera {
    /// Focal length, photo px.
    pub(super) focal: f64,
    /// Where its axis meets the picture, photo px.
    pub(super) principal: DVec2,
}

impl Camera {
    /// The camera of a photo of that size, of this focal length, photo px, if it is known.
    pub(super) fn new([width, height]: [f64; 2], focal_px: Option<f64>) -> Self {
        let longer = width.max(height);
        let focal = focal_px.map_or(FOCAL_SHARE * longer, |f| f.clamp(0.4 * longer, 12.0 * longer));
        Self { focal, principal: DVec2::new(0.5 * width, 0.5 * height) }
    }

    /// Direction in which a photo point lies, one unit deep.
    pub(super) fn ray(&self, p: PhotoPoint) -> DVec3 {
        ((DVec2::new(p.x, p.y) - self.principal) / self.focal).extend(1.0)
    }

    /// The skull of this breadth with its centre there, mm before the camera. A placement looks along
    /// the line of sight to the head, so the turn is taken against that.
    pub(super) fn placement(&self, rotation: DMat3, centre: DVec3, breadth_mm: f64) -> HeadPlacement {
        let toward = DMat3::from_quat(DQuat::from_rotation_arc(centre.normalize(), DVec3::Z));
        let turned = toward * rotation;
        let [yaw_degrees, pitch_degrees, roll_degrees] = pose::angles(turned);
        let at = self.principal + centre.truncate() / centre.z * self.focal;
        let distance = centre.length();
        let mut placement = HeadPlacement {
            centre: PhotoPoint::new(at.x, at.y),
            half_width: 0.0,
            half_height: 0.0,
            roll_degrees,
            yaw_degrees,
            pitch_degrees,
            breadth_mm,
            camera_distance_mm: distance,
        };
        // Outline of an ellipsoid before a pinhole camera: see `silhouette` in `fit`.
        let half_axes = DVec3::from(SKULL_SEMI_AXES_MM.map(f64::from))
            * (breadth_mm / (2.0 * f64::from(SKULL_SEMI_AXES_MM[0])));
        let shape = turned * DMat3::from_diagonal(half_axes);
        let [across, along] = placement.axes();
        let extent = |axis: PhotoPoint| {
            let (seen, _) = silhouette(shape, distance);
            let axis = DVec2::new(axis.x, axis.y);
            self.focal * axis.dot(seen * axis).max(0.0).sqrt()
        };
        (placement.half_width, placement.half_height) = (extent(across), extent(along));
        placement
    }

    /// The same outline at the breadth that belongs to this focal length.
    pub(super) fn with_its_breadth(&self, mut placement: HeadPlacement) -> HeadPlacement {
        // A larger skull needs a shorter lens for the same outline, nearly in proportion.
        for _ in 0..4 {
            placement.breadth_mm *= Head::fit(&placement).focal_px() / self.focal;
        }
        placement
    }
}
