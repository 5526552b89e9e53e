//! Looking again, closer, at a part of a picture that points of a first look enclose: `MediaPipe`'s
//! custom operators `Landmarks2TransformMatrix`, `TransformTensorBilinear` and `TransformLandmarks`, each
//! in version 2.

use super::flexbuffer::Options;
use super::layout::Layout;
use super::{Bad, bad};

/// Sizes of a matrix that takes places of a crop to places of the whole, row by row.
pub(super) const MATRIX: [usize; 3] = [1, 4, 4];

/// Most points that a crop may enclose, about twice a whole face.
const MOST_ENCLOSED: usize = 1024;

/// Finds the crop around some of the points: turned so that two of them lie level, and somewhat larger
/// than what it encloses.
#[derive(Debug)]
pub(super) struct Enclose {
    /// Points that come to lie level, the first on the left.
    level: [usize; 2],
    /// The angle between them afterwards, radians.
    angle: f32,
    /// The points that are enclosed.
    pub(super) subset: Vec<usize>,
    /// How much larger than they the crop is, across and down.
    margin: [f32; 2],
    /// Places of the crop, across and down.
    places: [f32; 2],
}

impl Enclose {
    /// Reads the options of an operator on `points` points.
    pub(super) fn new(options: &[u8], points: usize) -> Result<Self, Bad> {
        let options = Options::root(options).ok_or_else(|| bad("an operator's options cannot be read"))?;
        let read = Self {
            level: [options.count("left_rotation_idx")?, options.count("right_rotation_idx")?],
            angle: options.number("target_rotation_radians")?,
            subset: options.counts("subset_idxs", MOST_ENCLOSED)?,
            margin: [options.number("scale_x")?, options.number("scale_y")?],
            places: [options.number("output_width")?, options.number("output_height")?],
        };
        let known = read.level.iter().chain(&read.subset).all(|i| *i < points);
        if known && !read.subset.is_empty() && read.places.iter().all(|places| *places >= 1.0) {
            Ok(read)
        } else {
            Err(bad("an operator's options do not fit its input"))
        }
    }

    /// Writes the matrix from the points, three numbers each.
    pub(super) fn run(&self, points: &[f32], out: &mut [f32]) {
        let at = |i: usize| [points[3 * i], points[3 * i + 1]];
        let [left, right] = self.level.map(at);
        // In double precision, as everywhere else in the engine: one such function less to load.
        let [x, y] = [0, 1].map(|k| f64::from(right[k] - left[k]));
        let (sin, cos) = libm::sincos(f64::from(self.angle) - libm::atan2(y, x));
        let (sin, cos) = (sin as f32, cos as f32);
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        for [x, y] in self.subset.iter().map(|i| at(*i)) {
            let turned = [x * cos - y * sin, x * sin + y * cos];
            for k in 0..2 {
                low[k] = low[k].min(turned[k]);
                high[k] = high[k].max(turned[k]);
            }
        }
        let middle: [f32; 2] = std::array::from_fn(|k| f32::midpoint(low[k], high[k]));
        let middle = [middle[0] * cos + middle[1] * sin, middle[1] * cos - middle[0] * sin];
        let scale: [f32; 2] = std::array::from_fn(|k| self.margin[k] * (high[k] - low[k]) / self.places[k]);
        // Back by the turn, from the middle of the crop.
        let [a, b, c, d] = [cos * scale[0], sin * scale[1], -sin * scale[0], cos * scale[1]];
        let [x, y] = self.places.map(|places| places / 2.0);
        out.copy_from_slice(&[
            a,
            b,
            0.0,
            middle[0] - a * x - b * y, //
            c,
            d,
            0.0,
            middle[1] - c * x - d * y, //
            0.0,
            0.0,
            1.0,
            0.0, //
            0.0,
            0.0,
            0.0,
            1.0,
        ]);
    }
}

/// The first two rows of a matrix at a place.
fn transform(matrix: &[f32], x: f32, y: f32) -> [f32; 2] {
    [0, 4].map(|row| matrix[row] * x + matrix[row + 1] * y + matrix[row + 3])
}

/// Cuts a crop out of a picture, bilinear; what lies beyond the middles of the outermost places is 0.
pub(super) fn crop(input: Layout, values: &[f32], matrix: &[f32], output: Layout, out: &mut [f32]) {
    let depth = input.channels;
    let [right, bottom] = [input.width, input.height].map(|size| (size - 1) as f32);
    for (i, place) in out.chunks_exact_mut(depth).enumerate() {
        let [x, y] = transform(matrix, (i % output.width) as f32 + 0.5, (i / output.width) as f32 + 0.5)
            .map(|v| v - 0.5);
        if !(x >= 0.0 && y >= 0.0 && x <= right && y <= bottom) {
            place.fill(0.0);
            continue;
        }
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(input.width - 1), (y0 + 1).min(input.height - 1));
        let (u, v) = (x - x0 as f32, y - y0 as f32);
        let corner = |x: usize, y: usize| &values[y * input.row() + x * depth..][..depth];
        let top = corner(x0, y0).iter().zip(corner(x1, y0));
        let low = corner(x0, y1).iter().zip(corner(x1, y1));
        for ((out, (a, b)), (c, d)) in place.iter_mut().zip(top).zip(low) {
            let (top, low) = ((1.0 - u) * a + u * b, (1.0 - u) * c + u * d);
            *out = (1.0 - v) * top + v * low;
        }
    }
}

/// Takes points of a crop, two numbers each, to the whole.
pub(super) fn place(points: &mut [f32], matrix: &[f32]) {
    for point in points.as_chunks_mut::<2>().0 {
        *point = transform(matrix, point[0], point[1]);
    }
}
