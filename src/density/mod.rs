//! Dots per cm² of skin at any place of the scalp: behind the hairline, through its soft and
//! irregular edge, and where zones say otherwise.

mod anatomy;
mod grid;
mod irregularity;
mod natural;
mod ramp;
mod region;
mod side;
mod skin_scale;
mod zones;

pub use anatomy::within_mm;
pub use grid::Grid;
pub use irregularity::edge_shift_mm;
pub use natural::natural_share;
pub use ramp::{Local, Ramp};
pub use region::Region;
pub use side::{Behind, Side};
pub use skin_scale::SkinScale;
pub use zones::{Effect, Lattice, Node, ZoneMap, weights};
