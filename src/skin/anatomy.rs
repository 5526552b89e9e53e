//! Where on a head things are, so far as every head agrees: in units of the skull's semi-axes from
//! its centre, x to the subject's left, y up, z to the face.
//!
//! Measured on the rendered heads (three base meshes): their jaws, ears and natural hairlines agree
//! within 0.1.

/// Jaw from the chin to the ear, nose and forehead of one side: their hull is the face.
pub(super) const FACE: [[f32; 3]; 16] = [
    [0.0, -1.49, 0.84],
    [0.15, -1.48, 0.80],
    [0.29, -1.45, 0.73],
    [0.48, -1.34, 0.62],
    [0.63, -1.21, 0.50],
    [0.75, -1.05, 0.38],
    [0.84, -0.87, 0.24],
    [0.93, -0.70, 0.10],
    [0.97, -0.46, 0.07],
    [0.0, -0.71, 1.22],
    [0.0, -1.30, 0.97],
    [0.20, -1.30, 0.95],
    [0.0, -0.14, 1.04],
    [0.34, -1.05, 0.92],
    [0.45, -0.10, 0.95],
    [0.80, -0.10, 0.60],
];

/// Where noses, lips and chins may reach: used where something else says where the person ends.
pub(super) const FACE_AT_MOST: [[f32; 3]; 5] =
    [[0.0, -0.75, 1.40], [0.0, -1.40, 1.20], [0.30, -1.40, 1.05], [0.0, -1.10, 1.35], [0.0, -0.10, 1.15]];

/// The nape's hairline and the back of the head above it, of one side.
pub(super) const NAPE: [[f32; 3]; 7] = [
    [0.0, -1.02, -0.71],
    [0.33, -0.97, -0.63],
    [0.55, -0.83, -0.51],
    [0.75, -0.65, -0.43],
    [0.88, -0.56, -0.33],
    [0.90, -0.40, -0.30],
    [0.50, -0.20, -0.80],
];

/// The left ear.
pub(super) const EAR: [[f32; 3]; 13] = [
    [1.18, -0.10, -0.09],
    [1.08, -0.12, -0.02],
    [1.08, -0.20, 0.10],
    [1.00, -0.46, 0.11],
    [0.98, -0.76, 0.06],
    [1.09, -0.82, 0.00],
    [1.26, -0.30, -0.20],
    [1.18, -0.55, -0.20],
    [1.00, -0.25, -0.20],
    [0.92, -0.45, -0.27],
    [0.87, -0.62, -0.26],
    [0.90, -0.78, -0.08],
    [0.95, -0.70, -0.15],
];

/// About the middle of the left ear.
pub(super) const EAR_MIDDLE: [f32; 3] = [1.05, -0.45, -0.08];
/// How much larger about that an ear may be: used where something else says where the person ends.
pub(super) const EAR_AT_MOST: [f32; 3] = [1.2, 1.1, 1.1];

/// Height of the natural hairline at angles from the face (degrees, either side).
const HAIRLINE: [(f32, f32); 8] = [
    (0.0, 0.54),
    (24.0, 0.55),
    (48.0, 0.46),
    (66.0, 0.04),
    (80.0, -0.42),
    (110.0, -0.50),
    (133.0, -0.85),
    (180.0, -1.05),
];

/// Height of the natural hairline in that direction from the face, degrees 0–180.
pub(super) fn hairline_height(degrees: f32) -> f32 {
    let mut last = HAIRLINE[0];
    for next in HAIRLINE {
        if degrees <= next.0 {
            let span = (next.0 - last.0).max(1e-3);
            return last.1 + (next.1 - last.1) * ((degrees - last.0) / span).clamp(0.0, 1.0);
        }
        last = next;
    }
    last.1
}

/// Points of the mesh around the subject's right and left brow (`MediaPipe`'s canonical face mesh).
pub(super) const BROWS: [[usize; 10]; 2] =
    [[70, 63, 105, 66, 107, 55, 65, 52, 53, 46], [300, 293, 334, 296, 336, 285, 295, 282, 283, 276]];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hairline_falls_from_forehead_to_nape() {
        assert_eq!(hairline_height(0.0), 0.54);
        assert!((hairline_height(73.0) - -0.19).abs() < 0.01);
        assert_eq!(hairline_height(180.0), -1.05);
        for i in 25..180u16 {
            assert!(hairline_height(f32::from(i + 1)) <= hairline_height(f32::from(i)));
        }
    }
}
