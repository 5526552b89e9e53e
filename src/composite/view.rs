//! A rectangle of the photo at some scale, as a screen shows it.

use crate::Error;

/// Most pixels that one view may have; also what the strictest browser lets a canvas have
/// (16.7 megapixels on iOS 17).
pub const LARGEST_VIEW_PX: u64 = 1 << 24;

/// What part of the photo, and how large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Photo px at the view's left edge.
    pub x: f64,
    /// Photo px at the view's top edge.
    pub y: f64,
    /// View px per photo px, above 0 and at most 1: beyond 100 % the finished pixels are enlarged,
    /// like the photo itself.
    pub scale: f64,
    /// View px across.
    pub width: u32,
    /// View px down.
    pub height: u32,
}

impl View {
    /// A view with usable numbers, or [`Error::BadView`].
    pub fn new(x: f64, y: f64, scale: f64, width: u32, height: u32) -> Result<Self, Error> {
        let usable = x.is_finite()
            && y.is_finite()
            && x.abs() < 1e7
            && y.abs() < 1e7
            && (1e-3..=1.0).contains(&scale)
            && width > 0
            && height > 0
            && u64::from(width) * u64::from(height) <= LARGEST_VIEW_PX;
        if usable { Ok(Self { x, y, scale, width, height }) } else { Err(Error::BadView) }
    }

    /// Whether view pixels are photo pixels.
    pub fn is_identity(&self) -> bool {
        self.scale == 1.0 && self.x.floor() == self.x && self.y.floor() == self.y
    }
}
