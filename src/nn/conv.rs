//! Convolution: each output channel is a weighted sum over a window and all input channels.
//!
//! As a product of matrices: the windows of a few places are laid out side by side ([`PLACES`] of them
//! interleaved), and each block of [`BLOCK`] output channels is summed for all of them, so that the
//! compiler keeps the sums in vector registers and each weight that is loaded serves several places.

use super::layout::Layout;
use super::window::Window;
use super::{Bad, bad};

/// Output channels summed together.
const BLOCK: usize = 8;
/// Places summed together.
const PLACES: usize = 4;
/// Groups of [`PLACES`] laid out at a time: as many as stay in the first cache with their weights.
const GROUPS: usize = 8;

/// The constants of a convolution as they lie in a file.
#[derive(Debug)]
pub(super) struct Weights<'a> {
    /// Output channel, window row, window column, input channel; of a depthwise one without the first.
    pub(super) numbers: Vec<f32>,
    pub(super) shape: &'a [usize],
    /// One number for each output channel.
    pub(super) bias: Vec<f32>,
}

/// A convolution over a picture of known size.
#[derive(Debug)]
pub(super) struct Conv {
    input: Layout,
    window: Window,
    output: Layout,
    /// For each block of output channels: window place by window place and channel by channel, the
    /// weight of each of the block.
    weights: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
}

impl Conv {
    pub(super) fn new(input: Layout, weights: &Weights, step: [usize; 2], padded: bool) -> Result<Self, Bad> {
        let [channels, height, width, depth] = *weights.shape else {
            return Err(bad("a convolution has no window"));
        };
        if depth != input.channels || weights.bias.len() != channels {
            return Err(bad("a convolution does not fit its input"));
        }
        let (window, [down, across]) = Window::over(input, [height, width], step, padded)?;
        let taps = height * width * depth;
        let mut packed = vec![[0.0; BLOCK]; channels.div_ceil(BLOCK) * taps];
        for (channel, kernel) in weights.numbers.chunks_exact(taps).enumerate() {
            let block = packed[channel / BLOCK * taps..].iter_mut();
            for (lanes, weight) in block.zip(kernel) {
                lanes[channel % BLOCK] = *weight;
            }
        }
        let mut packed_bias = vec![[0.0; BLOCK]; channels.div_ceil(BLOCK)];
        for (channel, value) in weights.bias.iter().enumerate() {
            packed_bias[channel / BLOCK][channel % BLOCK] = *value;
        }
        let output = Layout { height: down, width: across, channels };
        Ok(Self { input, window, output, weights: packed, bias: packed_bias })
    }

    pub(super) fn output(&self) -> Layout {
        self.output
    }

    /// Multiplications of a run.
    pub(super) fn work(&self) -> usize {
        self.output.places().saturating_mul(self.weights.len()).saturating_mul(BLOCK)
    }

    pub(super) fn run(&self, input: &[f32], out: &mut [f32]) {
        let taps = self.weights.len() / self.bias.len();
        let channels = self.output.channels;
        let mut laid_out = vec![[0.0; PLACES]; GROUPS * taps];
        for (tile, target) in out.chunks_mut(GROUPS * PLACES * channels).enumerate() {
            let places = target.len() / channels;
            for place in 0..places {
                let group = &mut laid_out[place / PLACES * taps..][..taps];
                self.lay_out(input, tile * GROUPS * PLACES + place, place % PLACES, group);
            }
            let blocks = self.weights.chunks_exact(taps).zip(&self.bias).enumerate();
            for (block, (weights, bias)) in blocks {
                let lanes = (channels - block * BLOCK).min(BLOCK);
                for (group, wanted) in laid_out.chunks_exact(taps).zip(target.chunks_mut(PLACES * channels)) {
                    let sums = sums(group, weights, *bias);
                    for (sum, place) in sums.iter().zip(wanted.chunks_exact_mut(channels)) {
                        place[block * BLOCK..][..lanes].copy_from_slice(&sum[..lanes]);
                    }
                }
            }
        }
    }

    /// Writes the window of one place, outside the picture 0, into its lane of a group.
    fn lay_out(&self, input: &[f32], place: usize, lane: usize, group: &mut [[f32; PLACES]]) {
        let [height, width] = self.window.size;
        let depth = self.input.channels;
        let rows = self.window.position(0, place / self.output.width, self.input.height);
        let columns = self.window.position(1, place % self.output.width, self.input.width);
        if rows.count < height || columns.count < width {
            for tap in group.iter_mut() {
                tap[lane] = 0.0;
            }
        }
        for (row, y) in rows.covered().enumerate() {
            let source = &input[y * self.input.row()..][..self.input.row()];
            let source = &source[columns.first * depth..(columns.first + columns.count) * depth];
            let at = ((rows.skipped + row) * width + columns.skipped) * depth;
            for (tap, value) in group[at..].iter_mut().zip(source) {
                tap[lane] = *value;
            }
        }
    }
}

/// The sums of one block of output channels at one group of places.
fn sums(group: &[[f32; PLACES]], weights: &[[f32; BLOCK]], bias: [f32; BLOCK]) -> [[f32; BLOCK]; PLACES] {
    let mut sums = [bias; PLACES];
    for (values, weights) in group.iter().zip(weights) {
        for (sum, value) in sums.iter_mut().zip(values) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
    }
    sums
}
