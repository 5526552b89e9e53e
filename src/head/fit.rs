//! The skull behind a placed outline, and the way between photo and scalp.

use glam::{DMat2, DMat3, DVec2, DVec3};

use super::limb::{Limb, in_outline, scalp};
use super::skull::stand_off;
use super::{HeadPlacement, SKULL_SEMI_AXES_MM, SurfacePoint};
use super::{pose, ray};
use crate::space::{CameraPoint, PhotoPoint, ScalpPoint};

/// The fitted head: a skull before a pinhole camera.
#[derive(Debug, Clone)]
pub struct Head {
    /// The ellipsoid's own space, where it is the unit sphere, to camera mm; relative to the skull's
    /// centre.
    shape: DMat3,
    inverse: DMat3,
    /// Canonical skull mm to camera mm; carries areas over.
    stretch: DMat3,
    stretch_inverse_transposed: DMat3,
    distance: f64,
    /// The camera in the ellipsoid's own space.
    camera: DVec3,
    focal_px: f64,
    principal: DVec2,
    outline: HeadPlacement,
    limb: Limb,
}

impl Head {
    /// Fits the canonical skull to a placed outline.
    ///
    /// The breadth gives the scale, the turn gives the rotation. What is left over (a taller or
    /// flatter outline than the canonical skull's) is taken up by the symmetric stretch across
    /// the line of sight that brings one outline onto the other; depth stays as it is, since the
    /// outline says nothing about it.
    pub fn fit(placement: &HeadPlacement) -> Self {
        let rotation =
            pose::of_angles(placement.yaw_degrees, placement.pitch_degrees, placement.roll_degrees);
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
        let mut head = Self {
            shape,
            inverse: shape.inverse(),
            stretch,
            stretch_inverse_transposed: stretch.inverse().transpose(),
            distance,
            camera: shape.inverse() * DVec3::new(0.0, 0.0, -distance),
            focal_px,
            principal: DVec2::new(placement.centre.x, placement.centre.y) - middle * focal_px,
            outline: placement.clone(),
            limb: Limb::none(),
        };
        head.limb = Limb::of(&head);
        head
    }

    /// The placement this head was fitted to.
    pub fn placement(&self) -> &HeadPlacement {
        &self.outline
    }

    /// Where a place on the skull is, and how it is seen.
    pub fn project(&self, scalp: ScalpPoint) -> SurfacePoint {
        let u = DVec3::new(f64::from(scalp.x), f64::from(scalp.y), f64::from(scalp.z));
        let (radius, outward) = stand_off(u);
        let at = self.shape * (u * radius) + DVec3::new(0.0, 0.0, self.distance);
        let normal = (self.inverse.transpose() * outward).normalize();
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
        // In the ellipsoid's own space, where the skull is nearly the unit sphere.
        let ray = self.inverse * self.ray(p);
        self.project(scalp(ray::meets(self.camera_seen_from_skull(), ray)))
    }

    /// The direction in which a photo point lies, camera axes, one unit deep.
    pub(super) fn ray(&self, p: PhotoPoint) -> DVec3 {
        ((DVec2::new(p.x, p.y) - self.principal) / self.focal_px).extend(1.0)
    }

    /// Where the camera is in the skull's own space, in half axes from its centre.
    pub(super) fn camera_seen_from_skull(&self) -> DVec3 {
        self.camera
    }

    /// Towards the camera, right and down in the picture, in the skull's own space where directions
    /// are [`ScalpPoint`]s; each of length 1 and across the others.
    pub(super) fn seen_axes(&self) -> [DVec3; 3] {
        let toward = self.camera.normalize();
        let right = self.inverse * DVec3::X;
        let right = (right - toward * right.dot(toward)).normalize();
        let down = self.inverse * DVec3::Y;
        let down = down - toward * down.dot(toward) - right * down.dot(right);
        [toward, right, down.normalize()]
    }

    /// How much larger a small piece of skin is here than on the canonical skull, as areas.
    pub fn area_ratio(&self, scalp: ScalpPoint) -> f64 {
        let axes = DVec3::from(SKULL_SEMI_AXES_MM.map(f64::from));
        let u = DVec3::new(f64::from(scalp.x), f64::from(scalp.y), f64::from(scalp.z));
        let (radius, outward) = stand_off(u);
        // A piece of the sphere becomes radius² outward on the skull, and a linear map takes such an
        // area vector along by its inverse transposed and its determinant.
        let here = self.stretch_inverse_transposed * (outward / axes);
        self.stretch.determinant().abs() * radius * radius * here.length() / (u / axes).length()
    }

    /// Focal length of the camera that the head was fitted before, photo px.
    pub fn focal_px(&self) -> f64 {
        self.focal_px
    }

    /// Photo px per mm at the skull's centre.
    pub fn px_per_mm_at_centre(&self) -> f64 {
        self.focal_px / self.distance
    }

    /// Whether a photo point lies within the outline, shrunk or grown by `factor`.
    pub fn outline_contains(&self, p: PhotoPoint, factor: f64) -> bool {
        self.outline_radius(p) <= factor
    }

    /// 0 at the outline's centre, 1 on the outline, beyond it more.
    pub fn outline_radius(&self, p: PhotoPoint) -> f64 {
        let (angle, radius) = in_outline(&self.outline, p);
        radius / self.limb.radius(angle)
    }

    /// How far out the outline lies at an angle from the placed ellipse's across axis, radians, in
    /// units of that ellipse.
    pub fn limb_radius(&self, angle: f64) -> f64 {
        self.limb.radius(angle)
    }

    /// The outline as a closed polyline of `n` points: where the skull turns away from the camera.
    pub fn outline(&self, n: usize) -> Vec<PhotoPoint> {
        let ellipse = self.outline.outline(n).into_iter();
        ellipse.map(|p| self.at_radius(p, 1.0)).collect()
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
        if there.cosine > 0.0 {
            self.clamp_to_outline(there.photo, 1.0)
        } else {
            self.at_radius(there.photo, 1.0)
        }
    }

    /// The point in the same direction from the outline's centre, at `radius` of the outline.
    pub fn at_radius(&self, p: PhotoPoint, radius: f64) -> PhotoPoint {
        let c = self.outline.centre;
        let k = radius / self.outline_radius(p).max(1e-6);
        PhotoPoint::new(c.x + (p.x - c.x) * k, c.y + (p.y - c.y) * k)
    }
}

/// Outline of the ellipsoid `shape · unit sphere` at `distance` before a camera of focal length 1:
/// its shape matrix (outline = middle + √matrix · unit circle) and its middle.
///
/// The outline of a quadric is the projection of its dual: `C* = shape shapeᵀ − centre centreᵀ`
/// (Hartley & Zisserman, Multiple View Geometry, section 8.3).
pub(super) fn silhouette(shape: DMat3, distance: f64) -> (DMat2, DVec2) {
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

    fn from_middle(head: &Head, p: PhotoPoint, k: f64) -> PhotoPoint {
        let c = head.placement().centre;
        PhotoPoint::new(c.x + (p.x - c.x) * k, c.y + (p.y - c.y) * k)
    }

    #[test]
    fn the_outline_is_where_the_skull_turns_away() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for p in head.outline(64) {
                // A hair outside, the nearest limb point is asked for.
                let s = head.unproject(from_middle(&head, p, 1.002));
                assert!(s.cosine.abs() < 0.08, "{placement:?}: {}", s.cosine);
                let off = s.photo.distance(p);
                assert!(off < 0.02 * placement.half_width, "{placement:?} {off}");
            }
        }
    }

    /// The ellipsoid that the skin stands off has the placed ellipse for its outline, so the skin's
    /// own lies near it wherever there is scalp.
    #[test]
    fn the_outline_lies_near_the_placed_ellipse() {
        let head = Head::fit(&HeadPlacement::starting(1000.0, 1000.0));
        for (p, q) in head.placement().outline(64).into_iter().zip(head.outline(64)) {
            if p.y < head.placement().centre.y {
                assert!(p.distance(q) < 0.07 * head.placement().half_width, "{p:?} {q:?}");
            }
        }
    }

    #[test]
    fn photo_to_scalp_and_back() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for p in head.outline(48) {
                for k in [0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.97, 0.995] {
                    let q = from_middle(&head, p, k);
                    let s = head.unproject(q);
                    assert!(s.photo.distance(q) < 2e-2, "{placement:?} {k} {}", s.photo.distance(q));
                    assert!(s.cosine > 0.0);
                }
            }
        }
    }

    /// Across the outline the answer goes on without a jump, and far away there is one too.
    #[test]
    fn there_is_no_seam_at_the_limb() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for p in head.outline(48) {
                let at = |k: f64| head.unproject(from_middle(&head, p, k)).scalp;
                let (inside, outside) = (at(0.9995), at(1.0005));
                let d = [inside.x - outside.x, inside.y - outside.y, inside.z - outside.z];
                assert!(d.iter().all(|d| d.abs() < 0.08), "{placement:?} {inside:?} {outside:?}");
                let far = at(3.0);
                assert!((far.x * far.x + far.y * far.y + far.z * far.z - 1.0).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn normal_and_area_are_those_of_the_surface() {
        for placement in heads() {
            let head = Head::fit(&placement);
            for i in 0..60 {
                let y = 0.98 - 0.026 * f64::from(i);
                let (s, c) = libm::sincos(2.4 * f64::from(i));
                let r = (1.0 - y * y).sqrt();
                let u = DVec3::new(r * s, y, r * c);
                let side = u.cross(DVec3::new(0.3, 0.2, 0.9)).normalize();
                let (side, other) = (side, u.cross(side));
                let camera = |v: DVec3| {
                    let p = head.project(scalp(v.normalize())).camera;
                    DVec3::new(p.x, p.y, p.z)
                };
                let axes = DVec3::from(SKULL_SEMI_AXES_MM.map(f64::from));
                // Directions are single precision: the step must be far above that.
                let step = 2e-3;
                let slope = |d: DVec3| (camera(u + d * step) - camera(u - d * step)) / (2.0 * step);
                let piece = slope(side).cross(slope(other));
                let canonical = (axes * side).cross(axes * other);
                let at = head.project(scalp(u));
                assert!(at.normal.cross(piece.normalize()).length() < 2e-3);
                let ratio = head.area_ratio(at.scalp);
                assert!((piece.length() / canonical.length() / ratio - 1.0).abs() < 2e-3, "{ratio}");
            }
        }
    }

    #[test]
    fn breadth_sets_the_scale() {
        let placement = HeadPlacement { pitch_degrees: 0.0, ..HeadPlacement::starting(1000.0, 1000.0) };
        let head = Head::fit(&placement);
        let left = head.project(ScalpPoint { x: 1.0, y: 0.0, z: 0.0 });
        let right = head.project(ScalpPoint { x: -1.0, y: 0.0, z: 0.0 });
        // The sides of a skull are a little flatter than the ellipsoid's.
        let breadth = (left.camera.x - right.camera.x) / stand_off(DVec3::X).0;
        assert!((breadth - placement.breadth_mm).abs() < 0.5);
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
