//! A place on the fitted skull, as the camera sees it.

use glam::DVec3;

use crate::space::{CameraPoint, PhotoPoint, ScalpPoint};

/// A place on the fitted skull with all that the dots there need.
#[derive(Debug, Clone, Copy)]
pub struct SurfacePoint {
    /// Which place of the skull it is.
    pub scalp: ScalpPoint,
    /// Where it is before the camera, mm.
    pub camera: CameraPoint,
    /// Where it is seen, whether or not something is in front.
    pub photo: PhotoPoint,
    /// Cosine between the outward normal and the direction to the camera; negative on the far
    /// side.
    pub cosine: f64,
    /// Photo px per mm at that depth, across the line of sight.
    pub px_per_mm: f64,
    /// Outward unit normal, camera axes.
    pub(super) normal: DVec3,
}

impl SurfacePoint {
    /// Covariance in photo px² (xx, xy, yy) of an isotropic spot of variance 1 mm² on the skin:
    /// the foreshortened ellipse as it is seen.
    pub fn spot_covariance(&self) -> [f64; 3] {
        let (gx, gy) = (self.camera.x / self.camera.z, self.camera.y / self.camera.z);
        let s2 = self.px_per_mm * self.px_per_mm;
        let n = self.normal;
        let (nx, ny) = (n.x - gx * n.z, n.y - gy * n.z);
        [s2 * (1.0 + gx * gx - nx * nx), s2 * (gx * gy - nx * ny), s2 * (1.0 + gy * gy - ny * ny)]
    }

    /// Millimetres of skin per photo px when one goes in the picture direction (`dx`, `dy`), a
    /// unit vector. Grows without bound at the limb.
    pub fn mm_per_px(&self, dx: f64, dy: f64) -> f64 {
        let [xx, xy, yy] = self.spot_covariance();
        let det = (xx * yy - xy * xy).max(1e-9);
        ((dx * dx * yy - 2.0 * dx * dy * xy + dy * dy * xx) / det).max(0.0).sqrt()
    }
}
