//! Pixels to picture files.
//!
//! A written file holds the picture and its colour space and nothing else: no EXIF, no date, no
//! place, no name of a device.

mod jpeg;
mod png;
mod srgb;

use crate::Error;

/// The quality a JPEG has unless asked otherwise, 1 to 100. At 92 with full chroma single dots
/// keep their colour.
pub const DEFAULT_JPEG_QUALITY: u8 = 92;

/// Longest side a JPEG file can have.
const MAX_JPEG_SIDE: u32 = 65_535;

/// The file formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG with full chroma resolution (4:4:4), with an sRGB profile.
    Jpeg {
        /// 1 (smallest) to 100 (best); see [`DEFAULT_JPEG_QUALITY`]. Other values are clamped.
        quality: u8,
    },
    /// PNG without alpha, marked as sRGB. Exact.
    Png,
}

/// Writes sRGB pixels (row by row from the top, 4 bytes each; alpha is taken for 255) as a file.
///
/// Fails with [`Error::CannotEncode`] on an empty picture, on `rgba` of another length than
/// `width * height * 4`, and on a side too long for the format.
pub fn encode(width: u32, height: u32, rgba: &[u8], format: Format) -> Result<Vec<u8>, Error> {
    let expected = u128::from(width) * u128::from(height) * 4;
    if expected == 0 || rgba.len() as u128 != expected {
        return Err(Error::CannotEncode);
    }
    match format {
        Format::Jpeg { .. } if width.max(height) > MAX_JPEG_SIDE => Err(Error::CannotEncode),
        Format::Jpeg { quality } => jpeg::encode(width, height, rgba, quality.clamp(1, 100)),
        Format::Png => png::encode(width, height, rgba),
    }
}
