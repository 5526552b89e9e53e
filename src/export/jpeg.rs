//! JPEG with an sRGB profile.

use image::codecs::jpeg::JpegEncoder;
use image::{ImageBuffer, ImageEncoder, Rgba};

use super::srgb;
use crate::Error;

pub(super) fn encode(width: u32, height: u32, rgba: &[u8], quality: u8) -> Result<Vec<u8>, Error> {
    // A view, not a copy: the encoder reads the pixels block by block and passes over alpha.
    let picture = ImageBuffer::<Rgba<u8>, _>::from_raw(width, height, rgba).ok_or(Error::CannotEncode)?;
    let mut file = Vec::with_capacity(rgba.len() / 8);
    let mut encoder = JpegEncoder::new_with_quality(&mut file, quality);
    encoder.set_icc_profile(srgb::PROFILE.to_vec()).map_err(|_| Error::CannotEncode)?;
    encoder.encode_image(&picture).map_err(|_| Error::CannotEncode)?;
    Ok(file)
}
