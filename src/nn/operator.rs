//! The operators, ready to run: every size is known and checked, constants are within.

use super::conv::Conv;
use super::depthwise::Depthwise;
use super::elementwise::{Curve, combine, prelu};
use super::landmarks::{Enclose, crop, place};
use super::layout::Layout;
use super::pool::Pool;
use super::resize::resize;
use super::transposed::Transposed;

/// An operator.
#[derive(Debug)]
pub(super) enum Operator {
    Conv(Conv),
    Depthwise(Depthwise),
    Transposed(Transposed),
    Pool(Pool),
    /// Bilinear, from one size to another.
    Resize(Layout, Layout),
    /// Zeros around a picture: its size before and after, and where it begins (row, column, channel).
    Pad(Layout, Layout, [usize; 3]),
    /// One input after the other.
    Join,
    Enclose(Enclose),
    /// A crop of the first input by the matrix in the second.
    Crop(Layout, Layout),
    // Those below change their first input in place.
    Curve(Curve),
    Prelu(Vec<f32>),
    /// A sum or product with a second input.
    Combine {
        multiply: bool,
    },
    /// A sum or product with a constant.
    CombineConstant {
        multiply: bool,
        others: Vec<f32>,
    },
    /// Points of the first input, taken to the whole by the matrix in the second.
    Place,
}

impl Operator {
    /// Whether the output begins as the first input.
    pub(super) fn in_place(&self) -> bool {
        matches!(
            self,
            Self::Curve(_)
                | Self::Prelu(_)
                | Self::Combine { .. }
                | Self::CombineConstant { .. }
                | Self::Place
        )
    }

    /// Multiplications of a run beside a few for each number of the output.
    pub(super) fn work(&self) -> usize {
        match self {
            Self::Conv(conv) => conv.work(),
            Self::Depthwise(depthwise) => depthwise.work(),
            Self::Transposed(transposed) => transposed.work(),
            Self::Pool(pool) => pool.work(),
            _ => 0,
        }
    }

    /// Computes `out`. In place, `inputs` are those after the first, which `out` holds.
    pub(super) fn run(&self, inputs: &[&[f32]], out: &mut [f32]) {
        match (self, inputs) {
            (Self::Conv(conv), [input]) => conv.run(input, out),
            (Self::Depthwise(depthwise), [input]) => depthwise.run(input, out),
            (Self::Transposed(transposed), [input]) => transposed.run(input, out),
            (Self::Pool(pool), [input]) => pool.run(input, out),
            (Self::Resize(from, to), [input]) => resize(*from, input, *to, out),
            (Self::Pad(from, to, start), [input]) => pad(*from, input, *to, *start, out),
            (Self::Join, inputs) => {
                let mut rest = out;
                for input in inputs {
                    let (part, behind) = rest.split_at_mut(input.len());
                    part.copy_from_slice(input);
                    rest = behind;
                }
            }
            (Self::Enclose(enclose), [points]) => enclose.run(points, out),
            (Self::Crop(from, to), [input, matrix]) => crop(*from, input, matrix, *to, out),
            (Self::Curve(curve), _) => curve.run(out),
            (Self::Prelu(slopes), _) => prelu(out, slopes),
            (Self::Combine { multiply }, [others]) => combine(out, others, *multiply),
            (Self::CombineConstant { multiply, others }, _) => combine(out, others, *multiply),
            (Self::Place, [matrix]) => place(out, matrix),
            // Compilation gives every operator the inputs above.
            _ => out.fill(0.0),
        }
    }
}

/// Lays a picture into a larger one of zeros.
fn pad(from: Layout, values: &[f32], to: Layout, [row, column, channel]: [usize; 3], out: &mut [f32]) {
    out.fill(0.0);
    let rows = out.chunks_exact_mut(to.row()).skip(row);
    for (source, target) in values.chunks_exact(from.row()).zip(rows) {
        let places = target.chunks_exact_mut(to.channels).skip(column);
        for (source, target) in source.chunks_exact(from.channels).zip(places) {
            target[channel..channel + from.channels].copy_from_slice(source);
        }
    }
}
