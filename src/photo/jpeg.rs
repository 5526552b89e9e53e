//! JPEG: baseline and progressive; grey, YCbCr, RGB and (by its plain formula) CMYK.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::rgba::spread;
use super::{Decoded, check_size, jpeg_markers, jpeg_scan};
use crate::Error;

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    // Headers are read leniently: cameras and editors leave stray bytes between them.
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut headers = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    headers.decode_headers().map_err(damaged)?;
    let (width, height) = headers.dimensions().ok_or(Error::DamagedPhoto)?;
    let (width, height) = (width as u32, height as u32);
    check_size(width, height)?;

    // Only then the data, and strictly: a scan that breaks off is an error, not a grey remainder.
    let picture = jpeg_markers::first_picture(bytes).ok_or(Error::DamagedPhoto)?;
    if !jpeg_scan::holds_whole_picture(picture) {
        return Err(Error::DamagedPhoto);
    }
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(picture), options);
    decoder.decode_headers().map_err(damaged)?;
    let colours = decoder.input_colorspace();
    let pixels = width as usize * height as usize;
    let mut rgba = vec![0; pixels * 4];
    // Samples that are RGB already are the one case that the decoder does not widen itself.
    let (space, bytes_per_pixel) = match colours {
        Some(ColorSpace::RGB) => (ColorSpace::RGB, 3),
        _ => (ColorSpace::RGBA, 4),
    };
    decoder.set_options(options.set_strict_mode(true).jpeg_set_out_colorspace(space));
    if decoder.output_buffer_size() != Some(pixels * bytes_per_pixel) {
        return Err(Error::DamagedPhoto);
    }
    decoder.decode_into(&mut rgba[..pixels * bytes_per_pixel]).map_err(damaged)?;
    if bytes_per_pixel == 3 {
        spread::<3>(&mut rgba, pixels, |[r, g, b]| [r, g, b, 255]);
    }

    let cmyk = matches!(colours, Some(ColorSpace::CMYK | ColorSpace::YCCK));
    Ok(Decoded {
        width,
        height,
        rgba,
        grey: colours == Some(ColorSpace::Luma),
        transparent: false,
        exif: decoder.exif().cloned(),
        // A press profile describes inks; after the plain formula there are none left.
        icc: decoder.icc_profile().filter(|_| !cmyk),
    })
}

fn damaged(_: zune_jpeg::errors::DecodeErrors) -> Error {
    Error::DamagedPhoto
}
