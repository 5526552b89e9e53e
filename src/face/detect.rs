//! Where faces are: `BlazeFace` (Bazarevsky et al. 2019), in the two forms that `MediaPipe` publishes.
//!
//! The network says for each anchor, a point of a fixed grid, how surely it belongs to a face, and where
//! that face's box and six of its points lie from there. Anchors, decoding and the weighted mean of
//! overlapping boxes are those of `MediaPipe`'s public graphs.

use super::look::{Beyond, Part};
use crate::Error;
use crate::composite::Pyramid;
use crate::nn::Network;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Numbers of a box and its six points.
const BOX: usize = 16;
/// Boxes that share more of their area are of one face.
const OVERLAP: f32 = 0.3;
/// The mesh wants so much more around a face than the detector's box.
const MARGIN: f64 = 1.5;

/// A network that finds faces.
#[derive(Debug)]
pub(super) struct Detector {
    network: Network,
    anchors: Vec<[f32; 2]>,
    /// Least score of a face.
    threshold: f32,
}

/// A face that a detector has found.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// How sure the detector is, 0–1.
    pub(super) score: f32,
    /// The part of the photo in which the mesh is sought: upright for the face.
    pub(super) part: Part,
    /// Right eye, left eye, tip of the nose, mouth, right and left ear of the subject.
    pub(super) points: [PhotoPoint; 6],
}

/// A box with its points in the unit square of what was looked at.
#[derive(Debug, Clone, Copy)]
struct Found {
    score: f32,
    /// Middle x and y, width, height, then x and y of each point.
    numbers: [f32; BOX],
}

impl Detector {
    /// The detector for faces that are a fifth of the picture or larger.
    pub(super) fn near(bytes: &[u8]) -> Result<Self, Error> {
        // Two anchors at each place of the finer grid, six at each of the coarser one.
        let mut anchors = grid(16, 2);
        anchors.extend(grid(8, 6));
        Self::new(bytes, 128, anchors, 0.5)
    }

    /// The detector for smaller faces. Below its usual threshold (0.6) it still finds the smallest; what is
    /// none is told by other means.
    pub(super) fn far(bytes: &[u8]) -> Result<Self, Error> {
        Self::new(bytes, 192, grid(48, 1), 0.4)
    }

    fn new(bytes: &[u8], side: usize, anchors: Vec<[f32; 2]>, threshold: f32) -> Result<Self, Error> {
        let network = Network::from_tflite(bytes)?;
        super::models::expect(&network, side, &[anchors.len() * BOX, anchors.len()])?;
        Ok(Self { network, anchors, threshold })
    }

    /// The faces in a part of the photo, the surest first.
    pub(super) fn find(&self, photo: &Photo, pyramid: &Pyramid, part: Part) -> Result<Vec<Candidate>, Error> {
        let size = self.network.input_shape()[1];
        let mut input = part.look(photo, pyramid, size, Beyond::Black);
        for v in &mut input {
            *v = 2.0 * *v - 1.0;
        }
        let outputs = self.network.run(input)?;
        let (boxes, scores) = (&outputs[0], &outputs[1]);
        let mut found: Vec<Found> = Vec::new();
        for ((raw, score), anchor) in boxes.as_chunks::<BOX>().0.iter().zip(scores).zip(&self.anchors) {
            let score = 1.0 / (1.0 + libm::expf(-score));
            if score >= self.threshold {
                let mut numbers = raw.map(|v| v / size as f32);
                for (k, v) in numbers.iter_mut().enumerate() {
                    *v += if k == 2 || k == 3 { 0.0 } else { anchor[k % 2] };
                }
                found.push(Found { score, numbers });
            }
        }
        found.retain(|f| f.numbers.iter().all(|v| v.is_finite()) && f.numbers[2] > 0.0 && f.numbers[3] > 0.0);
        Ok(merged(found).iter().map(|found| found.in_photo(part)).collect())
    }
}

impl Found {
    fn in_photo(&self, part: Part) -> Candidate {
        let [x, y, width, height] = [0, 1, 2, 3].map(|k| f64::from(self.numbers[k]));
        let at = |k: usize| [4 + 2 * k, 5 + 2 * k].map(|i| f64::from(self.numbers[i]));
        let ([right_x, right_y], [left_x, left_y]) = (at(0), at(1));
        let roll = part.roll() + libm::atan2(left_y - right_y, left_x - right_x);
        let side = MARGIN * width.max(height) * part.side();
        Candidate {
            score: self.score,
            part: Part::square(part.to_photo(x, y), side, roll),
            points: [0, 1, 2, 3, 4, 5].map(|k| {
                let [x, y] = at(k);
                part.to_photo(x, y)
            }),
        }
    }
}

/// The middles of a grid's `cells` × `cells`, each `times` times.
fn grid(cells: usize, times: usize) -> Vec<[f32; 2]> {
    let middle = |i: usize| (i as f32 + 0.5) / cells as f32;
    (0..cells * cells)
        .flat_map(|i| std::iter::repeat_n([middle(i % cells), middle(i / cells)], times))
        .collect()
}

/// One box for each face: the mean of all that overlap its surest one, by their scores.
fn merged(mut found: Vec<Found>) -> Vec<Found> {
    let mut faces = Vec::new();
    while let Some(best) = found.iter().copied().max_by(|a, b| a.score.total_cmp(&b.score)) {
        let (same, others): (Vec<Found>, Vec<Found>) =
            found.into_iter().partition(|other| shared(&best.numbers, &other.numbers) > OVERLAP);
        let weight: f32 = same.iter().map(|f| f.score).sum();
        let mut mean = Found { score: best.score, numbers: [0.0; BOX] };
        for face in &same {
            for (mean, number) in mean.numbers.iter_mut().zip(face.numbers) {
                *mean += number * (face.score / weight);
            }
        }
        // A box that does not even overlap itself would be met again for ever.
        if same.is_empty() {
            break;
        }
        faces.push(mean);
        found = others;
    }
    faces
}

/// What two boxes share of the area that they cover together.
fn shared(a: &[f32; BOX], b: &[f32; BOX]) -> f32 {
    let along = |k: usize| {
        let (from, to) = (
            (a[k] - a[k + 2] / 2.0).max(b[k] - b[k + 2] / 2.0),
            (a[k] + a[k + 2] / 2.0).min(b[k] + b[k + 2] / 2.0),
        );
        (to - from).max(0.0)
    };
    let both = along(0) * along(1);
    both / (a[2] * a[3] + b[2] * b[3] - both)
}
