//! How a picture lies in a tensor.

use super::{Bad, bad};

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

    pub(super) fn shape(self) -> Vec<usize> {
        vec![1, self.height, self.width, self.channels]
    }

    pub(super) fn places(self) -> usize {
        self.height * self.width
    }

    /// Numbers in a row of places.
    pub(super) fn row(self) -> usize {
        self.width * self.channels
    }
}
