//! Which follicles are pigmented at a moment, and how their dots look in the photo.

mod moment;
mod overlap;
mod placed;
mod select;
mod style;
mod variation;

pub use moment::{HEALED_DAYS, LONGEST_YEARS, Moment, SESSION_SHARES};
pub use overlap::own_share;
pub use placed::{PlacedFollicle, PlacedFollicles};
pub(crate) use select::BARE_ENOUGH;
pub use select::{Dot, reselect, select, treated_region};
pub use style::{DotOptics, DotStyle};
pub use variation::Touch;
