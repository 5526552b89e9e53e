//! The plan that a practitioner would begin with.

use super::{Placed, Request};
use crate::advice::ShadeSuggestion;
use crate::document::{Document, MeasuredFace, PhotoSize};
use crate::space::PhotoPoint;

/// The suggested hairline, as pieces short beside the head: skin behind it is asked first.
pub(super) fn line(placed: &Placed, size: PhotoSize, request: &Request) -> Vec<PhotoPoint> {
    let document = outline(size, placed, request);
    document.hairline.polyline(document.head.half_width / 40.0)
}

/// The whole plan.
pub(super) fn begin(
    size: PhotoSize,
    placed: &Placed,
    shade: &ShadeSuggestion,
    request: &Request,
) -> Document {
    let mut document = outline(size, placed, request);
    shade.apply(&mut document);
    document
}

/// Head, face and line; the dots as in every new plan.
fn outline(size: PhotoSize, placed: &Placed, request: &Request) -> Document {
    let mut document = Document::starting(size);
    document.head = placed.placement.clone();
    document.face = placed.measured.as_ref().map(|measured| MeasuredFace {
        points: measured.points.clone(),
        measured: measured.scale,
        told_pupil_distance_mm: request.pupil_distance_mm,
    });
    document.choose_style(request.style);
    document
}
