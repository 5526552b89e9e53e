//! The skull ellipsoid behind a placed outline, and the way between photo and scalp.

use glam::{DMat2, DMat3, DVec2, DVec3};

use super::{HeadPlacement, SKULL_SEMI_AXES_MM};
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
    normal: DVec3,
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

/// The fitted head: a skull ellipsoid before a pinhole camera.
#[derive(Debug, Clone)]
pub struct Head {
    /// Skull directions (unit sphere) to camera mm, relative to the skull's centre.
    shape: DMat3,
    inverse: DMat3,
    /// Canonical skull mm to camera mm; carries areas over.
    stretch: DMat3,
    stretch_inverse_transposed: DMat3,
    distance: f64,
    focal_px: f64,
    principal: DVec2,
    outline: HeadPlacement,
}

impl Head {
    /// Fits the canonical skull to a placed outline.
    ///
    /// The breadth gives the scale, the turn gives the rotation. What is left over (a taller or
    /// flatter outline than the canonical skull's) is taken up by the symmetric stretch across
    /// the line of sight that brings one outline onto the other; depth stays as it is, since the
    /// outline says nothing about it.
    pub fn fit(placement: &HeadPlacement) -> Self {
        let rotation = rotation(placement);
        let axes = DVec3::from(SKULL_SEMI_AXES_MM.map(f64::from));
        let scale = placement.breadth_mm / (2.0 * axes.x);
        let distance = placement.camera_distance_mm;
        let sphere_to_mm = rotation * DMat3::from_diagonal(axes * scale);

        let [across, along] = placement.axes();
        let (e, g) = (DVec2::new(across.x, across.y), DVec2::new(along.x, along.y));
        let target = outer(e) * (placement.half_width * placement.half_width)
            + outer(g) * (placement.half_height * placement.half_height);
        let (seen, _) = silhouette(sphere_to_mm, distance);
        let focal_px = placement.half_width / e.dot(seen * e).max(1e-12).sqrt();
        let target = target * (1.0 / (focal_px * focal_px));

        // Perspective couples depth into the outline, so one step is not exact; each step shrinks
        // the error about tenfold.
        let mut stretch = DMat3::IDENTITY;
        let mut middle = DVec2::ZERO;
        for _ in 0..8 {
            let (seen, m) = silhouette(stretch * sphere_to_mm, distance);
            middle = m;
            let map = transport(seen, target);
            stretch = DMat3::from_cols(map.x_axis.extend(0.0), map.y_axis.extend(0.0), DVec3::Z) * stretch;
        }
        let shape = stretch * sphere_to_mm;
        let stretch = stretch * rotation * DMat3::from_diagonal(DVec3::splat(scale));
        Self {
            shape,
            inverse: shape.inverse(),
            stretch,
            stretch_inverse_transposed: stretch.inverse().transpose(),
            distance,
            focal_px,
            principal: DVec2::new(placement.centre.x, placement.centre.y) - middle * focal_px,
            outline: placement.clone(),
        }
    }

    /// The placement this head was fitted to.
    pub fn placement(&self) -> &HeadPlacement {
        &self.outline
    }

    /// Where a place on the skull is, and how it is seen.
    pub fn project(&self, scalp: ScalpPoint) -> SurfacePoint {
        let direction = DVec3::new(f64::from(scalp.x), f64::from(scalp.y), f64::from(scalp.z));
        let at = self.shape * direction + DVec3::new(0.0, 0.0, self.distance);
        // The gradient of |shape⁻¹ p|² is the outward normal.
        let normal = (self.inverse.transpose() * direction).normalize();
        let px_per_mm = self.focal_px / at.z;
        SurfacePoint {
            scalp,
            camera: CameraPoint { x: at.x, y: at.y, z: at.z },
            photo: PhotoPoint::new(self.principal.x + px_per_mm * at.x, self.principal.y + px_per_mm * at.y),
            cosine: -normal.dot(at) / at.length(),
            px_per_mm,
            normal,
        }
    }

    /// The place on the skull seen at a photo point. Outside the outline it is the nearest place
    /// of the limb, so that there is an answer everywhere and no seam.
    pub fn unproject(&self, p: PhotoPoint) -> SurfacePoint {
        let ray = DVec3::new(
            (p.x - self.principal.x) / self.focal_px,
            (p.y - self.principal.y) / self.focal_px,
            1.0,
        );
        let centre = DVec3::new(0.0, 0.0, self.distance);
        let (r, c) = (self.inverse * ray, self.inverse * centre);
        let (rr, rc, cc) = (r.dot(r), r.dot(c), c.dot(c));
        let discriminant = (rc * rc - rr * (cc - 1.0)).max(0.0);
        let direction = (r * ((rc - discriminant.sqrt()) / rr) - c).normalize();
        self.project(ScalpPoint { x: direction.x as f32, y: direction.y as f32, z: direction.z as f32 })
    }

    /// How much larger a small piece of skin is here than on the canonical skull, as areas.
    pub fn area_ratio(&self, scalp: ScalpPoint) -> f64 {
        let [a, b, c] = SKULL_SEMI_AXES_MM.map(f64::from);
        let n =
            DVec3::new(f64::from(scalp.x) / a, f64::from(scalp.y) / b, f64::from(scalp.z) / c).normalize();
        self.stretch.determinant().abs() * (self.stretch_inverse_transposed * n).length()
    }

    /// Photo px per mm at the skull's centre.
    pub fn px_per_mm_at_centre(&self) -> f64 {
        self.focal_px / self.distance
    }

    /// Whether a photo point lies within the outline shrunk or grown by `factor`.
    pub fn outline_contains(&self, p: PhotoPoint, factor: f64) -> bool {
        self.outline_radius(p) <= factor
    }

    /// 0 at the outline's centre, 1 on the outline, beyond it more.
    pub fn outline_radius(&self, p: PhotoPoint) -> f64 {
        let [across, along] = self.outline.axes();
        let (dx, dy) = (p.x - self.outline.centre.x, p.y - self.outline.centre.y);
        let u = (dx * across.x + dy * across.y) / self.outline.half_width;
        let v = (dx * along.x + dy * along.y) / self.outline.half_height;
        (u * u + v * v).sqrt()
    }

    /// The nearest point along the line to the outline's centre that lies within `factor` of it.
    pub fn clamp_to_outline(&self, p: PhotoPoint, factor: f64) -> PhotoPoint {
        if self.outline_radius(p) <= factor { p } else { self.at_radius(p, factor) }
    }

    /// Where the same place of the other side of the head is seen. A place that the camera does
    /// not see is put on the limb.
    pub fn mirror(&self, p: PhotoPoint) -> PhotoPoint {
        let here = self.unproject(p).scalp;
        let there = self.project(ScalpPoint { x: -here.x, ..here });
        self.reachable(&there, 1.0, 1.0)
    }

    /// Where a place is seen, never beyond `within` of the outline; one that the camera does not see
    /// is put in the same direction at `hidden` of the outline.
    pub fn reachable(&self, place: &SurfacePoint, within: f64, hidden: f64) -> PhotoPoint {
        if place.cosine > 0.0 {
            self.clamp_to_outline(place.photo, within)
        } else {
            self.at_radius(place.photo, hidden)
        }
    }

    /// The point in the same direction from the outline's centre, at `radius` of the outline.
    fn at_radius(&self, p: PhotoPoint, radius: f64) -> PhotoPoint {
        let c = self.outline.centre;
        let k = radius / self.outline_radius(p).max(1e-6);
        PhotoPoint::new(c.x + (p.x - c.x) * k, c.y + (p.y - c.y) * k)
    }
}

/// Head frame to camera axes: `Rz(roll) · diag(1, −1, −1) · Rx(pitch) · Ry(yaw)`.
fn rotation(placement: &HeadPlacement) -> DMat3 {
    let sincos = |degrees: f64| libm::sincos(degrees.to_radians());
    let (sr, cr) = sincos(placement.roll_degrees);
    let (sp, cp) = sincos(placement.pitch_degrees);
    let (sy, cy) = sincos(placement.yaw_degrees);
    let rows = |a: [f64; 9]| DMat3::from_cols_array(&a).transpose();
    rows([cr, -sr, 0.0, sr, cr, 0.0, 0.0, 0.0, 1.0])
        * DMat3::from_diagonal(DVec3::new(1.0, -1.0, -1.0))
        * rows([1.0, 0.0, 0.0, 0.0, cp, -sp, 0.0, sp, cp])
        * rows([cy, 0.0, sy, 0.0, 1.0, 0.0, -sy, 0.0, cy])
}

/// Outline of the ellipsoid `shape · unit sphere` at `distance` before a camera of focal length 1:
/// its shape matrix (outline = middle + √matrix · unit circle) and its middle.
///
/// The outline of a quadric is the projection of its dual: `C* = shape shapeᵀ − centre centreᵀ`
/// (Hartley & Zisserman, Multiple View Geometry, section 8.3).
fn silhouette(shape: DMat3, distance: f64) -> (DMat2, DVec2) {
    let s = shape * shape.transpose();
    let k = 1.0 / (distance * distance - s.z_axis.z).max(1e-9);
    let middle = DVec2::new(s.x_axis.z, s.y_axis.z) * -k;
    let m = DMat2::from_cols(DVec2::new(s.x_axis.x, s.x_axis.y) * k, DVec2::new(s.y_axis.x, s.y_axis.y) * k);
    (m + outer(middle), middle)
}

fn outer(v: DVec2) -> DMat2 {
    DMat2::from_cols(v * v.x, v * v.y)
}

/// The symmetric map that takes the ellipse of shape matrix `from` to that of `to`.
fn transport(from: DMat2, to: DMat2) -> DMat2 {
    let root = square_root(to);
    root * square_root(root * from * root).inverse() * root
}

/// Square root of a symmetric positive 2×2 matrix, by Cayley–Hamilton.
fn square_root(m: DMat2) -> DMat2 {
    let d = m.determinant().max(0.0).sqrt();
    let t = (m.x_axis.x + m.y_axis.y + 2.0 * d).max(1e-300).sqrt();
    (m + DMat2::IDENTITY * d) * (1.0 / t)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads() -> Vec<HeadPlacement> {
        let mut all = Vec::new();
        for (yaw, pitch, roll) in [(0.0, 0.0, 0.0), (30.0, 6.0, 4.0), (-84.0, 2.0, 0.0), (180.0, 56.0, -7.0)]
        {
            for stretch in [0.9, 1.0, 1.3] {
                let mut p = HeadPlacement::starting(1536.0, 2048.0);
                (p.yaw_degrees, p.pitch_degrees, p.roll_degrees) = (yaw, pitch, roll);
                p.half_height *= stretch;
                all.push(p);
            }
        }
        all
    }

    #[test]
    fn limb_of_the_fitted_skull_is_the_placed_outline() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for p in placement.outline(64) {
                // A hair outside, the nearest limb point is asked for.
                let c = placement.centre;
                let out = PhotoPoint::new(c.x + (p.x - c.x) * 1.002, c.y + (p.y - c.y) * 1.002);
                let s = head.unproject(out);
                assert!(s.cosine.abs() < 0.05, "{placement:?}: {}", s.cosine);
                assert!(
                    s.photo.distance(p) < 0.02 * placement.half_width,
                    "{placement:?} {}",
                    s.photo.distance(p)
                );
            }
        }
    }

    #[test]
    fn photo_to_scalp_and_back() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for p in placement.outline(16) {
                for k in [0.0, 0.3, 0.7, 0.97] {
                    let c = placement.centre;
                    let q = PhotoPoint::new(c.x + (p.x - c.x) * k, c.y + (p.y - c.y) * k);
                    let s = head.unproject(q);
                    assert!(s.photo.distance(q) < 1e-2, "{placement:?} {k} {}", s.photo.distance(q));
                    assert!(s.cosine > 0.0);
                }
            }
        }
    }

    #[test]
    fn breadth_sets_the_scale() {
        let placement = HeadPlacement { pitch_degrees: 0.0, ..HeadPlacement::starting(1000.0, 1000.0) };
        let head = Head::fit(&placement);
        let left = head.project(ScalpPoint { x: 1.0, y: 0.0, z: 0.0 });
        let right = head.project(ScalpPoint { x: -1.0, y: 0.0, z: 0.0 });
        assert!((left.camera.x - right.camera.x - placement.breadth_mm).abs() < 0.5);
        assert!(left.photo.x > right.photo.x, "the subject's left is on the image's right");
    }

    #[test]
    fn mirror_twice_is_the_same_place() {
        let placement = HeadPlacement { yaw_degrees: 12.0, ..HeadPlacement::starting(1000.0, 1000.0) };
        let head = Head::fit(&placement);
        let p = PhotoPoint::new(placement.centre.x + 80.0, placement.centre.y - 120.0);
        let q = head.mirror(head.mirror(p));
        assert!(p.distance(q) < 1e-2);
    }

    #[test]
    fn area_ratio_of_a_uniformly_larger_head() {
        let mut placement = HeadPlacement { pitch_degrees: 0.0, ..HeadPlacement::starting(1000.0, 1000.0) };
        placement.breadth_mm = 154.0;
        let a = Head::fit(&placement).area_ratio(ScalpPoint { x: 0.0, y: 0.8, z: 0.6 });
        placement.breadth_mm = 169.4;
        // The camera stays where it is, so perspective changes the fit a little.
        let b = Head::fit(&placement).area_ratio(ScalpPoint { x: 0.0, y: 0.8, z: 0.6 });
        assert!((b / a - 1.21).abs() < 0.03, "{}", b / a);
    }
}
