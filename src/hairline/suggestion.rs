//! Where a practitioner would start.

use crate::head::Head;
use crate::space::{PhotoPoint, ScalpPoint};

/// Half of a mature natural hairline on the skull, from the temporal point up to the middle, on the
/// subject's left.
///
/// domain.md section B, preset 'mature natural': mid-frontal point 75 mm above the glabella along
/// the skin, fronto-temporal angle 1.05 × the outer canthus from the midline and 15 mm behind it,
/// temporal point in front of the ear. Places on the canonical skull; glabella at (0, −0.14, 0.99).
const MATURE_NATURAL: [ScalpPoint; 4] = [
    ScalpPoint { x: 0.86, y: 0.12, z: 0.496 },
    ScalpPoint { x: 0.61, y: 0.665, z: 0.431 },
    ScalpPoint { x: 0.32, y: 0.622, z: 0.715 },
    ScalpPoint { x: 0.0, y: 0.595, z: 0.804 },
];

/// Hairline points lie within this share of the head's outline, where a skull can be told from a wall.
pub const WITHIN_OUTLINE: f64 = 0.995;

/// Where hidden points are put, in units of the outline: near enough to be grasped.
const BEYOND: f64 = 1.15;

/// A mature natural hairline on `head`, seven points from the subject's right to the left.
///
/// Places that the camera does not see are put beyond the limb, so that the line leaves the head
/// where it goes out of sight: from behind all that is seen lies behind it.
pub fn suggest(head: &Head) -> Vec<PhotoPoint> {
    let right = MATURE_NATURAL.iter().map(|&p| ScalpPoint { x: -p.x, ..p });
    let left = MATURE_NATURAL.iter().rev().skip(1).copied();
    right.chain(left).map(|scalp| head.reachable(&head.project(scalp), WITHIN_OUTLINE, BEYOND)).collect()
}
