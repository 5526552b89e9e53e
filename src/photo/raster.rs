//! PNG and WebP, of every colour type, into RGBA with 8 bits a channel.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
#[cfg(not(target_arch = "wasm32"))]
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, Limits};

use super::rgba::{narrow, spread};
use super::{Decoded, check_size};
use crate::Error;

/// Most that a decoder may take beside the picture itself: for a row, a profile, a code table.
const WORKING_MEMORY: u64 = 64 << 20;

pub(super) fn decode_png(bytes: &[u8]) -> Result<Decoded, Error> {
    // The size stands at a fixed place (signature, length, `IHDR`), so it is checked even where
    // the rest of the file is missing.
    if let Some(&[b'I', b'H', b'D', b'R', a, b, c, d, e, f, g, h]) = bytes.get(12..24) {
        check_size(u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))?;
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(WORKING_MEMORY);
    decode(PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(damaged)?)
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) fn decode_webp(bytes: &[u8]) -> Result<Decoded, Error> {
    // The container says how long it is (RIFF: length of what follows the first eight bytes).
    let Some(&[a, b, c, d]) = bytes.get(4..8) else {
        return Err(Error::DamagedPhoto);
    };
    if (bytes.len() as u64) < u64::from(u32::from_le_bytes([a, b, c, d])) + 8 {
        return Err(Error::DamagedPhoto);
    }
    decode(WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?)
}

/// In a browser the page is told to let the browser decode it.
#[cfg(target_arch = "wasm32")]
pub(super) fn decode_webp(_: &[u8]) -> Result<Decoded, Error> {
    Err(Error::WebP)
}

fn decode(mut decoder: impl ImageDecoder) -> Result<Decoded, Error> {
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let colour = decoder.color_type();
    let exif = decoder.exif_metadata().ok().flatten();
    let icc = decoder.icc_profile().ok().flatten();

    // One buffer serves both as the decoder's and, spread or narrowed in place, as ours.
    let pixels = width as usize * height as usize;
    let bytes_per_pixel = usize::from(colour.bytes_per_pixel());
    let mut rgba = vec![0; pixels * bytes_per_pixel.max(4)];
    decoder.read_image(&mut rgba[..pixels * bytes_per_pixel]).map_err(damaged)?;
    match colour {
        ColorType::L8 => spread::<1>(&mut rgba, pixels, |[l]| [l, l, l, 255]),
        ColorType::La8 => spread::<2>(&mut rgba, pixels, |[l, a]| [l, l, l, a]),
        ColorType::Rgb8 => spread::<3>(&mut rgba, pixels, |[r, g, b]| [r, g, b, 255]),
        ColorType::Rgba8 => {}
        ColorType::L16 => spread::<2>(&mut rgba, pixels, |[a, b]| {
            let l = eight_bits(a, b);
            [l, l, l, 255]
        }),
        ColorType::La16 => spread::<4>(&mut rgba, pixels, |[a, b, c, d]| {
            let l = eight_bits(a, b);
            [l, l, l, eight_bits(c, d)]
        }),
        ColorType::Rgb16 => narrow::<6>(&mut rgba, pixels, |[a, b, c, d, e, f]| {
            [eight_bits(a, b), eight_bits(c, d), eight_bits(e, f), 255]
        }),
        ColorType::Rgba16 => narrow::<8>(&mut rgba, pixels, |[a, b, c, d, e, f, g, h]| {
            [eight_bits(a, b), eight_bits(c, d), eight_bits(e, f), eight_bits(g, h)]
        }),
        _ => return Err(Error::DamagedPhoto),
    }
    Ok(Decoded { width, height, rgba, grey: !colour.has_color(), transparent: colour.has_alpha(), exif, icc })
}

/// A 16-bit sample (native byte order) as the nearest 8-bit one: 65535 / 257 = 255.
fn eight_bits(first: u8, second: u8) -> u8 {
    ((u32::from(u16::from_ne_bytes([first, second])) + 128) / 257) as u8
}

fn damaged(_: image::ImageError) -> Error {
    Error::DamagedPhoto
}
