//! A window that slides over a picture, as convolutions and poolings have one.

use std::ops::Range;

use super::layout::Layout;
use super::{Bad, bad};

/// Sizes and steps, each as down and across.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) size: [usize; 2],
    pub(super) step: [usize; 2],
    /// Places before the picture's first that the first window covers.
    pub(super) before: [usize; 2],
}

/// One position of a window along one direction: the part of it that lies in the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// First place of the picture that is covered.
    pub(super) first: usize,
    /// First of the window's own places that lies in the picture.
    pub(super) skipped: usize,
    /// How many places are covered.
    pub(super) count: usize,
}

impl Window {
    /// The window over a picture of `input`, and how many positions it has down and across. Padded, it
    /// has one for each `step` places begun; else it stays in the picture.
    pub(super) fn over(
        input: Layout,
        size: [usize; 2],
        step: [usize; 2],
        padded: bool,
    ) -> Result<(Self, [usize; 2]), Bad> {
        let sizes = [input.height, input.width];
        let mut window = Self { size, step, before: [0; 2] };
        let mut positions = [0; 2];
        for k in 0..2 {
            let usable = (1..=1024).contains(&size[k]) && (1..=1024).contains(&step[k]);
            if !usable || !padded && size[k] > sizes[k] {
                return Err(bad("a window does not fit its picture"));
            }
            positions[k] =
                if padded { sizes[k].div_ceil(step[k]) } else { (sizes[k] - size[k]) / step[k] + 1 };
            let covered = (positions[k] - 1) * step[k] + size[k];
            window.before[k] = if padded { covered.saturating_sub(sizes[k]) / 2 } else { 0 };
        }
        Ok((window, positions))
    }

    /// Position `i` down (`k` = 0) or across (`k` = 1) a picture of `size` places.
    pub(super) fn position(&self, k: usize, i: usize, size: usize) -> Position {
        let start = i * self.step[k];
        let skipped = self.before[k].saturating_sub(start);
        let first = (start + skipped).saturating_sub(self.before[k]);
        let count = (self.size[k].saturating_sub(skipped)).min(size.saturating_sub(first));
        Position { first, skipped, count }
    }
}

impl Position {
    /// The places of the picture that are covered.
    pub(super) fn covered(self) -> Range<usize> {
        self.first..self.first + self.count
    }
}
