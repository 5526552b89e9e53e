//! The average face in true size: `MediaPipe`'s canonical face mesh.
//!
//! Vertices as in `geometry_pipeline_metadata_landmarks.binarypb` of `@mediapipe/face_mesh`
//! (Apache-2.0, see `www/models/README.md`), rounded to 1/3000 cm; `cargo xtask assets --models` writes
//! them.

/// Vertices of the canonical face: the points of a mesh without the irises.
pub const CANONICAL_POINTS: usize = 468;
/// Steps of the file in one cm.
const STEPS_PER_CM: f32 = 3000.0;

static POINTS: &[u8; CANONICAL_POINTS * 6] = include_bytes!("canonical.bin");

/// Point `i` of the canonical face, cm: x towards the subject's left, y up, z towards the camera. None
/// from [`CANONICAL_POINTS`] on.
pub fn canonical_point(i: usize) -> Option<[f32; 3]> {
    let words = POINTS.as_chunks::<6>().0.get(i)?.as_chunks::<2>().0;
    let cm = |k: usize| f32::from(i16::from_le_bytes(words[k])) / STEPS_PER_CM;
    Some([cm(0), cm(1), cm(2)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_face_has_human_measures_and_two_equal_sides() {
        let at = |i| canonical_point(i).unwrap_or_default();
        let (right, left) = (at(33), at(263));
        assert_eq!([-right[0], right[1], right[2]], left, "outer corners of the eyes");
        assert!((left[0] - right[0] - 8.89).abs() < 0.01, "{right:?} {left:?}");
        assert!((at(10)[1] - at(152)[1] - 17.67).abs() < 0.01, "forehead to chin");
        assert!(at(1)[2] > at(234)[2] + 9.0, "the nose is nearer than the ears");
        assert!(canonical_point(CANONICAL_POINTS).is_none());
    }
}
