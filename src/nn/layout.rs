//! How numbers lie in a tensor.

use std::ops::{Deref, DerefMut};

use super::{Bad, LARGEST_TENSOR, bad};

/// The sizes of a tensor, at most four, as a slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Those beyond the rank are 0.
    sizes: [usize; 4],
    rank: usize,
}

impl Shape {
    /// A shape that holds something, and not too much.
    pub(super) fn new(sizes: &[usize]) -> Result<Self, Bad> {
        let total = sizes.iter().try_fold(1_usize, |total, size| total.checked_mul(*size));
        let mut shape = Self { sizes: [0; 4], rank: sizes.len() };
        match (total, shape.sizes.get_mut(..sizes.len())) {
            (Some(1..=LARGEST_TENSOR), Some(own)) => own.copy_from_slice(sizes),
            _ => return Err(bad("a tensor has an impossible size")),
        }
        Ok(shape)
    }

    /// How many numbers the tensor holds.
    pub(super) fn total(&self) -> usize {
        self.iter().product()
    }
}

impl Deref for Shape {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.sizes[..self.rank]
    }
}

impl DerefMut for Shape {
    fn deref_mut(&mut self) -> &mut [usize] {
        &mut self.sizes[..self.rank]
    }
}

/// The sizes of one picture: rows of places of channels, the channels of a place together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) height: usize,
    pub(super) width: usize,
    pub(super) channels: usize,
}

impl Layout {
    /// The layout of a tensor of four sizes, of which the first counts pictures: one.
    pub(super) fn of(shape: &[usize]) -> Result<Self, Bad> {
        match *shape {
            [1, height, width, channels] => Ok(Self { height, width, channels }),
            _ => Err(bad("an operator's input is no picture")),
        }
    }

    pub(super) fn shape(self) -> Shape {
        Shape { sizes: [1, self.height, self.width, self.channels], rank: 4 }
    }

    pub(super) fn places(self) -> usize {
        self.height * self.width
    }

    /// Numbers in a row of places.
    pub(super) fn row(self) -> usize {
        self.width * self.channels
    }
}
