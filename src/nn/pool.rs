//! The largest or the mean value of each channel in a window.

use super::Bad;
use super::layout::Layout;
use super::window::Window;

/// A pooling over a picture of known size.
#[derive(Debug)]
pub(super) struct Pool {
    input: Layout,
    window: Window,
    output: Layout,
    /// The mean of what lies in the picture rather than the largest.
    mean: bool,
}

impl Pool {
    pub(super) fn new(
        input: Layout,
        size: [usize; 2],
        step: [usize; 2],
        padded: bool,
        mean: bool,
    ) -> Result<Self, Bad> {
        let (window, [height, width]) = Window::over(input, size, step, padded)?;
        Ok(Self { input, window, output: Layout { height, width, channels: input.channels }, mean })
    }

    pub(super) fn output(&self) -> Layout {
        self.output
    }

    /// Values looked at in a run.
    pub(super) fn work(&self) -> usize {
        let [height, width] = self.window.size;
        self.output.places().saturating_mul(self.output.channels).saturating_mul(height * width)
    }

    pub(super) fn run(&self, input: &[f32], out: &mut [f32]) {
        let depth = self.input.channels;
        for (i, target) in out.chunks_exact_mut(depth).enumerate() {
            let rows = self.window.position(0, i / self.output.width, self.input.height);
            let columns = self.window.position(1, i % self.output.width, self.input.width);
            target.fill(if self.mean { 0.0 } else { f32::MIN });
            for y in rows.covered() {
                let places = input[y * self.input.row() + columns.first * depth..].chunks_exact(depth);
                for place in places.take(columns.count) {
                    for (kept, value) in target.iter_mut().zip(place) {
                        *kept = if self.mean { *kept + value } else { kept.max(*value) };
                    }
                }
            }
            if self.mean {
                let count = (rows.count * columns.count).max(1) as f32;
                for sum in target {
                    *sum /= count;
                }
            }
        }
    }
}
