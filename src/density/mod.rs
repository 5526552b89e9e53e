//! Dots per cm² of skin at any place of the scalp: behind the hairline, through its soft and
//! irregular edge.

mod grid;
mod irregularity;
mod natural;
mod ramp;
mod region;
mod skin_scale;

pub use grid::Grid;
pub use irregularity::edge_shift_mm;
pub use natural::natural_share;
pub use ramp::{Local, Ramp};
pub use region::{Behind, Region, Side};
pub use skin_scale::SkinScale;
