//! Transposed convolution with a bias: each place of a small picture paints a window of a larger one.
//!
//! `MediaPipe`'s custom operator `Convolution2DTransposeBias`.

use super::conv::Weights;
use super::layout::Layout;
use super::{Bad, bad};

/// A transposed convolution over a picture of known size.
#[derive(Debug)]
pub(super) struct Transposed {
    input: Layout,
    output: Layout,
    size: [usize; 2],
    step: [usize; 2],
    /// Places that the first window begins before the output.
    before: [usize; 2],
    /// Output channel, window row, window column, input channel.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Transposed {
    /// `options` as the operator stores them: padding (1 `same`, 2 `valid`), step across, step down, each
    /// as 32-bit numbers.
    pub(super) fn new(
        input: Layout,
        Weights { numbers: weights, shape, bias }: Weights,
        options: &[u8],
    ) -> Result<Self, Bad> {
        let [channels, height, width, depth] = *shape else { return Err(bad("a convolution has no window")) };
        let words: Vec<u32> = options.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let [padding @ 1..=2, across @ 1..=64, down @ 1..=64] = words[..] else {
            return Err(bad("an operator's options cannot be read"));
        };
        if depth != input.channels || bias.len() != channels || height.max(width) > 1024 {
            return Err(bad("a convolution does not fit its input"));
        }
        let (size, step) = ([height, width], [down as usize, across as usize]);
        let inputs = [input.height, input.width];
        let trimmed: [usize; 2] = std::array::from_fn(|k| {
            let overlap = size[k].saturating_sub((inputs[k] - 1) % step[k] + 1);
            if padding == 1 { overlap } else { 0 }
        });
        let outputs: [usize; 2] = std::array::from_fn(|k| step[k] * (inputs[k] - 1) + size[k] - trimmed[k]);
        let output = Layout { height: outputs[0], width: outputs[1], channels };
        Ok(Self { input, output, size, step, before: trimmed.map(|t| t / 2), weights, bias })
    }

    pub(super) fn output(&self) -> Layout {
        self.output
    }

    /// Multiplications of a run.
    pub(super) fn work(&self) -> usize {
        self.input.places().saturating_mul(self.weights.len())
    }

    pub(super) fn run(&self, input: &[f32], out: &mut [f32]) {
        for place in out.chunks_exact_mut(self.bias.len()) {
            place.copy_from_slice(&self.bias);
        }
        let depth = self.input.channels;
        let taps = self.size[0] * self.size[1];
        for (i, values) in input.chunks_exact(depth).enumerate() {
            let origin = [i / self.input.width * self.step[0], i % self.input.width * self.step[1]];
            for (k, kernel) in self.weights.chunks_exact(depth).enumerate() {
                let (channel, tap) = (k / taps, k % taps);
                // Outside above and to the left these wrap, and are then outside as well.
                let y = (origin[0] + tap / self.size[1]).wrapping_sub(self.before[0]);
                let x = (origin[1] + tap % self.size[1]).wrapping_sub(self.before[1]);
                if y < self.output.height && x < self.output.width {
                    let sum: f32 = values.iter().zip(kernel).map(|(v, w)| v * w).sum();
                    out[(y * self.output.width + x) * self.bias.len() + channel] += sum;
                }
            }
        }
    }
}
