//! The face that a mesh is compared with.

use glam::DVec3;

/// Pairs of mesh points: the subject's left one, the right one, and where the left one lies, mm: x
/// towards the subject's left, y up, z out of the face; its mirror image for the right one.
///
/// From the canonical face of `MediaPipe` (`geometry_pipeline_metadata_landmarks.binarypb` of the npm
/// package `@mediapipe/face_mesh` 0.4.1657299874, Apache-2.0), in mm. Of its 468 points these were
/// picked one after the other, each the farthest from those before, from the left half and the
/// midline: pose comes out within half a degree of what all of them give.
const PAIRS: [(usize, usize, [f64; 3]); 18] = [
    (251, 21, [70.9, 54.3, 1.0]),
    (255, 25, [44.7, 24.2, 31.6]),
    (264, 34, [72.1, 22.6, 0.7]),
    (266, 36, [28.4, -7.2, 44.3]),
    (267, 37, [7.1, -33.3, 58.8]),
    (275, 45, [5.0, -4.8, 74.4]),
    (285, 55, [12.2, 41.4, 51.1]),
    (287, 57, [31.0, -43.5, 41.0]),
    (313, 83, [7.7, -61.0, 49.9]),
    (332, 103, [51.3, 74.9, 26.6]),
    (334, 105, [39.9, 51.1, 44.7]),
    (338, 109, [18.9, 82.4, 42.7]),
    (361, 132, [72.7, -28.9, -22.5]),
    (376, 147, [62.3, -19.4, 16.6]),
    (377, 148, [12.9, -93.0, 40.9]),
    (379, 150, [40.7, -79.9, 19.3]),
    (397, 172, [59.4, -62.2, -6.3]),
    (454, 234, [76.6, 6.7, -24.4]),
];

/// Points of the midline: index, and y and z likewise.
const MIDLINE: [(usize, [f64; 2]); 6] = [
    (4, [-4.6, 75.9]),
    (10, [82.6, 44.8]),
    (15, [-47.5, 55.3]),
    (152, [-94.0, 42.6]),
    (168, [32.7, 52.4]),
    (200, [-69.9, 51.5]),
];

/// Each point with its index in the mesh, mm.
pub(super) fn points() -> impl Iterator<Item = (usize, DVec3)> {
    let pairs = PAIRS
        .iter()
        .flat_map(|&(left, right, [x, y, z])| [(left, DVec3::new(x, y, z)), (right, DVec3::new(-x, y, z))]);
    pairs.chain(MIDLINE.iter().map(|&(i, [y, z])| (i, DVec3::new(0.0, y, z))))
}
