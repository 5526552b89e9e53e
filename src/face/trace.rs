//! The 478 points of a face that has been found: `MediaPipe`'s attention mesh (Grishchenko et al. 2020).

use super::look::{Beyond, Part};
use super::mesh::{FaceMesh, MESH_POINTS};
use super::models::expect;
use crate::Error;
use crate::composite::Pyramid;
use crate::nn::Network;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Points before the irises.
const FACE_POINTS: usize = 468;
/// Side of what the network takes in, in its own px.
const SIDE: usize = 192;
/// Results: the face; lips, right and left eye of the subject (refined); right and left iris; whether
/// there is a face.
const RESULTS: [usize; 7] = [3 * FACE_POINTS, 160, 142, 142, 10, 10, 1];
/// How many of an eye's refined points, the first ones, are its rim.
const RIM: usize = 16;
/// The second look takes in so much more than the face.
const MARGIN: f64 = 1.5;

/// The network that traces faces.
#[derive(Debug)]
pub(super) struct Tracer {
    network: Network,
}

impl Tracer {
    pub(super) fn new(bytes: &[u8]) -> Result<Self, Error> {
        let network = Network::from_tflite(bytes)?;
        expect(&network, SIDE, &RESULTS)?;
        let subsets: Vec<usize> = network.crop_subsets().iter().map(|subset| subset.len()).collect();
        if subsets == [80, 71, 71] { Ok(Self { network }) } else { Err(super::models::other()) }
    }

    /// The mesh of the face in a part of the photo, and how surely there is one, 0–1. None if the numbers
    /// are no mesh.
    pub(super) fn trace(
        &self,
        photo: &Photo,
        pyramid: &Pyramid,
        part: Part,
    ) -> Result<Option<(FaceMesh, f32)>, Error> {
        let results = self.network.run(part.look(photo, pyramid, SIDE, Beyond::Edge))?;
        let mut points: Vec<[f32; 3]> = results[0].as_chunks().0.to_vec();
        points.resize(MESH_POINTS, [0.0; 3]);
        let subsets = self.network.crop_subsets();
        for (subset, refined) in subsets.iter().zip(&results[1..4]) {
            for (i, [x, y]) in subset.iter().zip(refined.as_chunks().0) {
                points[*i] = [*x, *y, points[*i][2]];
            }
        }
        for (eye, iris) in results[4..6].iter().enumerate() {
            // Irises come without a depth: they lie where the eye's rim does.
            let rim = &subsets[1 + eye][..RIM];
            let depth = rim.iter().map(|i| points[*i][2]).sum::<f32>() / RIM as f32;
            let ring = &mut points[FACE_POINTS + 5 * eye..];
            for (point, [x, y]) in ring.iter_mut().zip(iris.as_chunks().0) {
                *point = [*x, *y, depth];
            }
        }
        let scale = part.side() / SIDE as f64;
        for point in &mut points {
            let [u, v] = [point[0], point[1]].map(|v| f64::from(v) / SIDE as f64);
            let at = part.to_photo(u, v);
            *point = [at.x as f32, at.y as f32, (f64::from(point[2]) * scale) as f32];
        }
        let presence = 1.0 / (1.0 + libm::expf(-results[6][0]));
        Ok(FaceMesh::new(points).map(|mesh| (mesh, presence)))
    }
}

/// The part of the photo around a mesh, upright for the face.
pub(super) fn around(mesh: &FaceMesh) -> Part {
    let roll = mesh.roll();
    let (sin, cos) = libm::sincos(roll);
    let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
    for [x, y, _] in &mesh.points()[..FACE_POINTS] {
        let (x, y) = (f64::from(*x), f64::from(*y));
        let turned = [x * cos + y * sin, y * cos - x * sin];
        for k in 0..2 {
            low[k] = low[k].min(turned[k]);
            high[k] = high[k].max(turned[k]);
        }
    }
    let [x, y] = [0, 1].map(|k| f64::midpoint(low[k], high[k]));
    let side = MARGIN * (high[0] - low[0]).max(high[1] - low[1]);
    Part::square(PhotoPoint::new(x * cos - y * sin, y * cos + x * sin), side, roll)
}
