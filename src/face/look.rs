//! A part of the photo as a network takes it in.

use crate::composite::Pyramid;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// A part of the photo, turned and stretched: where its corner lies, and where its sides lead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    corner: PhotoPoint,
    /// Photo px along the whole upper side.
    across: [f64; 2],
    /// Photo px along the whole left side.
    down: [f64; 2],
}

/// What is seen beyond the photo's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// Black.
    Black,
    /// The pixel at the edge.
    Edge,
}

/// Codes below which nearly all of a dark part lie; it is lifted to where a good exposure has them.
const DARK: usize = 120;
const LIFTED: f32 = 190.0;
/// Beyond this noise is lifted rather than a face.
const LARGEST_LIFT: f32 = 8.0;

impl Part {
    /// The whole photo, stretched into a square.
    pub(super) fn whole(photo: &Photo) -> Self {
        let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
        Self { corner: PhotoPoint::new(0.0, 0.0), across: [width, 0.0], down: [0.0, height] }
    }

    /// The smallest square around the photo, in the direction `roll` radians clockwise.
    pub(super) fn around(photo: &Photo, roll: f64) -> Self {
        let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
        Self::square(PhotoPoint::new(width / 2.0, height / 2.0), width.max(height), roll)
    }

    /// A square of `side` photo px, its upper side turned `roll` radians clockwise in the photo.
    pub(super) fn square(centre: PhotoPoint, side: f64, roll: f64) -> Self {
        let (sin, cos) = libm::sincos(roll);
        let (across, down) = ([cos * side, sin * side], [-sin * side, cos * side]);
        let corner = PhotoPoint::new(
            centre.x - f64::midpoint(across[0], down[0]),
            centre.y - f64::midpoint(across[1], down[1]),
        );
        Self { corner, across, down }
    }

    /// Where in the photo the place (`u`, `v`) lies, each from 0 to 1.
    pub(super) fn to_photo(self, u: f64, v: f64) -> PhotoPoint {
        PhotoPoint::new(
            self.corner.x + u * self.across[0] + v * self.down[0],
            self.corner.y + u * self.across[1] + v * self.down[1],
        )
    }

    /// Length of the upper side, photo px.
    pub(super) fn side(self) -> f64 {
        libm::hypot(self.across[0], self.across[1])
    }

    /// How far the upper side is turned, radians clockwise.
    pub(super) fn roll(self) -> f64 {
        libm::atan2(self.across[1], self.across[0])
    }

    /// The part as `size` × `size` colours of 0–1, row by row, averaged where the photo is finer. One that
    /// is dark is lifted: networks have learnt from well exposed photos.
    pub(super) fn look(self, photo: &Photo, pyramid: &Pyramid, size: usize, beyond: Beyond) -> Vec<f32> {
        let step = self.side().max(libm::hypot(self.down[0], self.down[1])) / size as f64;
        let (rgba, width, height, factor) = pyramid.for_step(photo, step);
        let mut colours = Vec::with_capacity(size * size * 3);
        let mut histogram = [0_usize; 256];
        for i in 0..size * size {
            let place = |i: usize| (i as f64 + 0.5) / size as f64;
            let at = self.to_photo(place(i % size), place(i / size));
            let inside = at.x >= 0.0
                && at.y >= 0.0
                && at.x < f64::from(photo.width())
                && at.y < f64::from(photo.height());
            if !inside && beyond == Beyond::Black {
                colours.extend([0.0; 3]);
                continue;
            }
            let (x, u) = neighbours(at.x * factor, width);
            let (y, v) = neighbours(at.y * factor, height);
            let pixel = |x: usize, y: usize, k: usize| f32::from(rgba[(y * width + x) * 4 + k]);
            let colour = [0, 1, 2].map(|k| {
                let row = |y| pixel(x[0], y, k) * (1.0 - u) + pixel(x[1], y, k) * u;
                row(y[0]) * (1.0 - v) + row(y[1]) * v
            });
            histogram[colour[1] as usize & 255] += usize::from(inside);
            colours.extend(colour);
        }
        let lift = lift(&histogram);
        for code in &mut colours {
            *code = (*code * lift).min(255.0) / 255.0;
        }
        colours
    }
}

/// The two pixels around a place along one side of a picture, and the second one's weight.
fn neighbours(at: f64, size: usize) -> ([usize; 2], f32) {
    let at = (at - 0.5).clamp(0.0, (size - 1) as f64);
    let first = at as usize;
    ([first, (first + 1).min(size - 1)], (at - first as f64) as f32)
}

/// By what the codes are to be multiplied: 1 unless 19 of 20 are dark, and no more than the brightest
/// bear, for a small face may be among them.
fn lift(histogram: &[usize; 256]) -> f32 {
    let code_above = |share_below: f32| {
        let wanted = (histogram.iter().sum::<usize>() as f32 * share_below) as usize;
        let mut below = 0;
        let code = histogram.iter().position(|count| {
            below += count;
            below > wanted
        });
        code.unwrap_or(usize::from(u8::MAX)).max(1)
    };
    let (most, brightest) = (code_above(0.95), code_above(0.997));
    if most < DARK {
        (LIFTED / most as f32).min(255.0 / brightest as f32).clamp(1.0, LARGEST_LIFT)
    } else {
        1.0
    }
}
