//! Where points and cells lie with respect to a line.

use crate::space::PhotoPoint;

/// Where a point lies with respect to the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Behind {
    /// In front of the line.
    Not,
    /// Behind it at this distance along the skin, mm.
    Near(f32),
    /// So far behind it that the distance does not matter.
    Far,
}

/// On which side of the line a cell lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Side {
    /// Every point is [`Behind::Not`].
    InFront,
    /// The line may pass.
    Crossed,
    /// Every point is [`Behind::Near`], at least and at most at these distances, mm.
    Within(f32, f32),
    /// Every point is [`Behind::Far`].
    Behind,
}

/// Squared distance from `p` to the piece `a`–`b`, the way to its nearest place, and how far along it
/// that is, 0–1.
pub(super) fn squared_distance(p: PhotoPoint, a: PhotoPoint, b: PhotoPoint) -> (f64, [f64; 2], f64) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length2 = dx * dx + dy * dy;
    let t =
        if length2 > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let v = [a.x + t * dx - p.x, a.y + t * dy - p.y];
    (v[0] * v[0] + v[1] * v[1], v, t)
}
