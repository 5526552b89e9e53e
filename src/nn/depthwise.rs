//! Depthwise convolution: each channel is summed over a window of its own weights.

use super::conv::Weights;
use super::layout::Layout;
use super::window::Window;
use super::{Bad, bad};

/// A depthwise convolution over a picture of known size.
#[derive(Debug)]
pub(super) struct Depthwise {
    input: Layout,
    window: Window,
    output: Layout,
    /// Window row, window column, channel: as in the file.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Depthwise {
    pub(super) fn new(
        input: Layout,
        Weights { numbers: weights, shape, bias }: Weights,
        step: [usize; 2],
        padded: bool,
    ) -> Result<Self, Bad> {
        let weights_layout = Layout::of(shape)?;
        if weights_layout.channels != input.channels || bias.len() != input.channels {
            return Err(bad("a convolution does not fit its input"));
        }
        let size = [weights_layout.height, weights_layout.width];
        let (window, [height, width]) = Window::over(input, size, step, padded)?;
        let output = Layout { height, width, channels: input.channels };
        Ok(Self { input, window, output, weights, bias })
    }

    pub(super) fn output(&self) -> Layout {
        self.output
    }

    /// Multiplications of a run.
    pub(super) fn work(&self) -> usize {
        self.output.places().saturating_mul(self.weights.len())
    }

    pub(super) fn run(&self, input: &[f32], out: &mut [f32]) {
        let depth = self.input.channels;
        let row_of_weights = self.window.size[1] * depth;
        for (row, target) in out.chunks_exact_mut(self.output.row()).enumerate() {
            let rows = self.window.position(0, row, self.input.height);
            for (column, sums) in target.chunks_exact_mut(depth).enumerate() {
                let columns = self.window.position(1, column, self.input.width);
                sums.copy_from_slice(&self.bias);
                for (i, y) in rows.covered().enumerate() {
                    let values = &input[y * self.input.row() + columns.first * depth..];
                    let weights =
                        &self.weights[(rows.skipped + i) * row_of_weights + columns.skipped * depth..];
                    let taps = values.chunks_exact(depth).zip(weights.chunks_exact(depth));
                    for (values, weights) in taps.take(columns.count) {
                        for ((sum, value), weight) in sums.iter_mut().zip(values).zip(weights) {
                            *sum += value * weight;
                        }
                    }
                }
            }
        }
    }
}
