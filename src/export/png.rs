//! PNG marked as sRGB, written row by row.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, SrgbRenderingIntent, StreamWriter};

use crate::Error;

/// Rows that a band should have.
pub(super) const BAND_ROWS: u32 = 128;

/// The file as it grows: the encoder keeps what it writes to, so it is shared with it.
#[derive(Clone, Default)]
struct File(Rc<RefCell<Vec<u8>>>);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A PNG file on its way.
pub(super) struct Writer {
    width: u32,
    file: File,
    rows: StreamWriter<'static, File>,
}

impl Writer {
    pub fn new(width: u32, height: u32) -> Result<Self, Error> {
        let file = File::default();
        let rows = stream(width, height, file.clone()).map_err(|_| Error::CannotEncode)?;
        Ok(Self { width, file, rows })
    }

    /// Adds the next band, RGBA.
    pub fn band(&mut self, rgba: &[u8]) -> Result<(), Error> {
        let mut row = Vec::with_capacity(self.width as usize * 3);
        for pixels in rgba.chunks_exact(self.width as usize * 4) {
            row.clear();
            for pixel in pixels.chunks_exact(4) {
                row.extend_from_slice(&pixel[..3]);
            }
            self.rows.write_all(&row).map_err(|_| Error::CannotEncode)?;
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<u8>, Error> {
        self.rows.finish().map_err(|_| Error::CannotEncode)?;
        Ok(std::mem::take(&mut *self.file.0.borrow_mut()))
    }
}

fn stream(width: u32, height: u32, file: File) -> Result<StreamWriter<'static, File>, EncodingError> {
    let mut encoder = Encoder::new(file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.write_header()?.into_stream_writer()
}
