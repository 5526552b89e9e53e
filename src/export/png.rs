//! PNG marked as sRGB.

use std::io::Write;

use png::{BitDepth, ColorType, Compression, Encoder, SrgbRenderingIntent};

use crate::Error;

pub(super) fn encode(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, Error> {
    let mut file = Vec::with_capacity(rgba.len() / 2);
    write(width, height, rgba, &mut file).map_err(|_| Error::CannotEncode)?;
    Ok(file)
}

fn write(width: u32, height: u32, rgba: &[u8], file: &mut Vec<u8>) -> Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    // Row by row, so that the picture without its alpha never stands in memory as a whole.
    let mut rows = writer.stream_writer()?;
    let mut row = Vec::with_capacity(width as usize * 3);
    for pixels in rgba.chunks_exact(width as usize * 4) {
        row.clear();
        for pixel in pixels.chunks_exact(4) {
            row.extend_from_slice(&pixel[..3]);
        }
        rows.write_all(&row)?;
    }
    rows.finish()?;
    writer.finish()
}
