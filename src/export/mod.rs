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

/// A picture file that is written band by band, from the top.
pub struct PictureWriter {
    width: u32,
    height: u32,
    written: u32,
    codec: Codec,
}

enum Codec {
    Jpeg(jpeg::Writer),
    // Large beside the other.
    Png(Box<png::Writer>),
}

impl PictureWriter {
    /// A file of a picture of `width` × `height` px.
    ///
    /// Fails with [`Error::CannotEncode`] on an empty picture and on a side too long for the format.
    pub fn new(width: u32, height: u32, format: Format) -> Result<Self, Error> {
        if width == 0 || height == 0 {
            return Err(Error::CannotEncode);
        }
        let codec = match format {
            Format::Jpeg { .. } if width.max(height) > MAX_JPEG_SIDE => return Err(Error::CannotEncode),
            Format::Jpeg { quality } => Codec::Jpeg(jpeg::Writer::new(width, height, quality.clamp(1, 100))),
            Format::Png => Codec::Png(Box::new(png::Writer::new(width, height)?)),
        };
        Ok(Self { width, height, written: 0, codec })
    }

    /// Rows of the next band; 0 when the picture is complete.
    pub fn next_rows(&self) -> u32 {
        let rows = match &self.codec {
            Codec::Jpeg(writer) => writer.band_rows(),
            Codec::Png(_) => png::BAND_ROWS,
        };
        rows.min(self.height - self.written)
    }

    /// Adds the next band of [`Self::next_rows`] rows: sRGB pixels, 4 bytes each; alpha is taken for
    /// 255. Another number of bytes is [`Error::CannotEncode`].
    pub fn band(&mut self, rgba: &[u8]) -> Result<(), Error> {
        let rows = self.next_rows();
        if rows == 0 || rgba.len() as u64 != u64::from(self.width) * u64::from(rows) * 4 {
            return Err(Error::CannotEncode);
        }
        match &mut self.codec {
            Codec::Jpeg(writer) => writer.band(rows, rgba)?,
            Codec::Png(writer) => writer.band(rgba)?,
        }
        self.written += rows;
        Ok(())
    }

    /// The file; [`Error::CannotEncode`] while bands are missing.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        if self.written < self.height {
            return Err(Error::CannotEncode);
        }
        match self.codec {
            Codec::Jpeg(writer) => Ok(writer.finish()),
            Codec::Png(writer) => writer.finish(),
        }
    }
}

/// Writes sRGB pixels (row by row from the top, 4 bytes each; alpha is taken for 255) as a file.
///
/// Fails with [`Error::CannotEncode`] on an empty picture, on `rgba` of another length than
/// `width * height * 4`, and on a side too long for the format.
pub fn encode(width: u32, height: u32, rgba: &[u8], format: Format) -> Result<Vec<u8>, Error> {
    if rgba.len() as u128 != u128::from(width) * u128::from(height) * 4 {
        return Err(Error::CannotEncode);
    }
    let mut writer = PictureWriter::new(width, height, format)?;
    let mut rest = rgba;
    while writer.next_rows() > 0 {
        let (band, left) = rest.split_at(writer.next_rows() as usize * width as usize * 4);
        writer.band(band)?;
        rest = left;
    }
    writer.finish()
}
