//! A first guess of the head where there is no face: from behind, from above, in profile.

use glam::DVec3;

use super::camera::Camera;
use super::{Head, HeadPlacement, outline_fit, pose};
use crate::face::PersonMask;
use crate::space::PhotoPoint;

/// Rows that the person is looked at in.
const ROWS: usize = 256;
/// Above this height in breadths from the top there are no ears yet.
const ABOVE_EARS: f64 = 0.6;
/// A chin and a nose shift the middle of a profile against the back of the head by this share of
/// its breadth and more; front and back are even.
const UNEVEN: f64 = 0.07;
/// A row narrower than this share of the breadth is neck; below it come shoulders, wider than that.
const NECK: f64 = 0.85;
const SHOULDERS: f64 = 1.2;
/// From above the neck is hidden but for this height, in breadths.
const LONG_NECK: f64 = 0.2;
/// Breadth assumed of a head, mm: between men (154.3) and women (147.8), ANSUR II.
const BREADTH_MM: f64 = 152.0;

/// Which way a head is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Back,
    Crown,
    /// The nose to the picture's left or right.
    Profile {
        left: bool,
    },
}

impl View {
    /// Yaw and pitch, degrees.
    fn turn(self) -> (f64, f64) {
        match self {
            Self::Back => (180.0, 0.0),
            Self::Crown => (180.0, 55.0),
            Self::Profile { left } => (if left { -85.0 } else { 85.0 }, 0.0),
        }
    }

    /// How far off the guess is likely to be: see [`outline_fit::to_person`]. Upright heads have much
    /// the same shape; from above it depends on how far the head is bent.
    fn spread(self) -> outline_fit::Change {
        match self {
            Self::Crown => [0.10, 0.15, 0.15, 0.20],
            Self::Back | Self::Profile { .. } => [0.05, 0.025, 0.10, 0.15],
        }
    }
}

/// The topmost part of a person, row by row.
struct Rows {
    /// Height of a row, photo px.
    step: f64,
    /// Of the first row.
    top: f64,
    /// Left and right end of each row, photo px.
    ends: Vec<[f64; 2]>,
}

/// Where the head of a person without a face is, as well as their outline tells: view, size and
/// place are a guess to be corrected. None where there is no person.
pub fn without_face(person: &PersonMask, photo: [f64; 2]) -> Option<HeadPlacement> {
    let rows = Rows::of(person, photo)?;
    let (widest, width) = rows.head()?;
    let view = rows.view(widest, width);
    let (yaw, pitch) = view.turn();
    let camera = Camera::new(photo, None);
    let rotation = pose::of_angles(yaw, pitch, 0.0);
    let [left, right] = rows.ends[widest];
    // The size that the outline has there, then the place.
    let axis = DVec3::new(0.0, 0.0, 1.0);
    let mut distance = 800.0;
    for _ in 0..4 {
        let placement = camera.placement(rotation, axis * distance, BREADTH_MM);
        distance *= 2.0 * placement.half_width / width;
    }
    let mut placement = camera.placement(rotation, axis * distance, BREADTH_MM);
    let up = Head::fit(&placement).limb_radius(1.5 * std::f64::consts::PI);
    placement.centre = PhotoPoint::new(0.5 * (left + right), rows.top + up * placement.half_height);
    let fitted = outline_fit::to_person(&placement, person, photo, view.spread());
    // The head keeps its breadth; how far away it is follows from that and the camera.
    let [width, height] = photo;
    let scale = camera.with_its_breadth(fitted.clone()).breadth_mm / BREADTH_MM;
    Some(
        HeadPlacement {
            camera_distance_mm: fitted.camera_distance_mm / scale,
            breadth_mm: BREADTH_MM,
            ..fitted
        }
        .clamped(width, height),
    )
}

impl Rows {
    fn of(person: &PersonMask, [width, height]: [f64; 2]) -> Option<Self> {
        let step = height / ROWS as f64;
        let columns = (width / step).ceil().max(1.0) as usize;
        let ends_of = |row: usize| {
            let y = (row as f64 + 0.5) * step;
            let inside = |column: &usize| person.at(PhotoPoint::new((*column as f64 + 0.5) * step, y)) >= 0.5;
            let first = (0..columns).find(inside)?;
            let last = (0..columns).rev().find(inside)?;
            Some([first as f64 * step, (last + 1) as f64 * step])
        };
        let top = (0..ROWS).find(|&row| ends_of(row).is_some())?;
        let ends = (top..ROWS).map_while(ends_of).collect();
        Some(Self { step, top: top as f64 * step, ends })
    }

    fn width(&self, row: usize) -> f64 {
        self.ends[row][1] - self.ends[row][0]
    }

    fn middle(&self, row: usize) -> f64 {
        0.5 * (self.ends[row][0] + self.ends[row][1])
    }

    /// The widest row of the head above the ears, and its width; none if it is hardly there.
    fn head(&self) -> Option<(usize, f64)> {
        let mut widest = 0;
        for row in 0..self.ends.len() {
            if self.width(row) > self.width(widest) {
                widest = row;
            }
            if row as f64 * self.step > ABOVE_EARS * self.width(widest) {
                return (row > 4).then(|| (widest, self.width(widest)));
            }
        }
        None
    }

    fn view(&self, widest: usize, width: f64) -> View {
        let height = |row: usize| row as f64 * self.step / width;
        let below: Vec<usize> = (widest..self.ends.len())
            .take_while(|&row| self.width(row) < SHOULDERS * width && height(row) < 1.2)
            .collect();
        let shift = |row: usize| (self.middle(row) - self.middle(widest)) / width;
        let most =
            below.iter().map(|&row| shift(row)).fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        if most.abs() > UNEVEN {
            return View::Profile { left: most < 0.0 };
        }
        let neck = (widest..self.ends.len())
            .take_while(|&row| self.width(row) < SHOULDERS * width)
            .filter(|&row| self.width(row) < NECK * width)
            .count();
        if neck as f64 * self.step > LONG_NECK * width { View::Back } else { View::Crown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_person_no_head() {
        let photo = [300.0, 400.0];
        let mask = |share: u8| PersonMask::new(30, 40, photo, vec![share; 1200]);
        assert!(mask(0).is_some_and(|m| without_face(&m, photo).is_none()));
        // A picture full of person ends nowhere: whatever comes of it is finite.
        let full = mask(255).and_then(|m| without_face(&m, photo));
        assert!(full.is_none_or(|p| p.is_finite()));
    }
}
