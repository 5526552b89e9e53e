//! Running small neural networks, as they are published in `TensorFlow` Lite files.
//!
//! ```text
//! bytes ─ flatbuffer ─ file ─ compile (operators, checked shapes) ─ plan (buffers) ─ Network ─ run
//! ```
//!
//! Exactly the operators that the bundled models need, on one picture at a time (batch 1), in `f32`;
//! anything else in a file is an [`crate::Error::BadModel`]. What a network means is not known here.
//!
//! Sums are taken in a fixed order and `exp` is `libm`'s, so the same file and input give the same
//! numbers natively and in WebAssembly.

mod compile;
mod conv;
mod depthwise;
mod elementwise;
mod file;
mod flatbuffer;
mod flexbuffer;
mod landmarks;
mod layout;
mod network;
mod operator;
mod plan;
mod pool;
mod resize;
mod transposed;
mod window;

pub use network::Network;

use crate::Error;

/// Most numbers that one tensor may hold: 16 times the largest of the bundled models.
const LARGEST_TENSOR: usize = 1 << 22;
/// Most numbers that all constants of a model may hold together, six times the largest model's.
const LARGEST_CONSTANTS: usize = 1 << 23;
/// Most operators, twice the largest model's.
const MOST_OPERATORS: usize = 1 << 11;
/// Most multiplications of one run, thirty times those of the heaviest model. A file cannot ask for
/// minutes.
const MOST_WORK: usize = 1 << 31;

/// Most numbers that the buffers of a run may hold together, eight times the largest of the bundled
/// models.
const LARGEST_MEMORY: usize = 1 << 24;

/// Why a file cannot be run, as the end of a sentence. An [`Error`] is larger and has to be dropped, which
/// each of the many checks would pay for.
#[derive(Debug, Clone, Copy)]
struct Bad(&'static str);

impl From<Bad> for Error {
    fn from(Bad(reason): Bad) -> Self {
        Self::BadModel { reason }
    }
}

fn bad(reason: &'static str) -> Bad {
    Bad(reason)
}
