//! Pictures drawn in code, and files made of them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

/// Four fields, each of its own colour: red, green / blue, yellow. No symmetry maps it to itself.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x * 2 < width, y * 2 < height) {
            (true, true) => [220, 40, 40],
            (false, true) => [40, 200, 40],
            (true, false) => [40, 40, 210],
            (false, false) => [220, 210, 50],
        })
    })
}

/// Fine detail everywhere, so that every part of a file holds some of the picture.
pub fn busy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let n = (x * 73 + y * 151 + (x * y) % 97) % 251;
        Rgb([n as u8, (255 - n) as u8, ((n * 7) % 256) as u8])
    })
}

/// The EXIF block of one entry: the orientation, 1 to 8. Big-endian TIFF.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    block.extend([0, 1]); // one entry
    block.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    block.extend([0, 0, 0, 0]); // no further directory
    block
}

/// A JPEG of quality 95 with the given blocks, each written by hand as its marker segment.
pub fn jpeg(picture: &RgbImage, exif: Option<&[u8]>, icc: Option<&[u8]>) -> Vec<u8> {
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 95).encode_image(picture).unwrap();
    with_segments(&plain, exif, icc)
}

/// A grey JPEG of quality 95.
pub fn grey_jpeg(width: u32, height: u32, code: u8, icc: Option<&[u8]>) -> Vec<u8> {
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 95)
        .encode(&vec![code; (width * height) as usize], width, height, ExtendedColorType::L8)
        .unwrap();
    with_segments(&plain, None, icc)
}

fn with_segments(plain: &[u8], exif: Option<&[u8]>, icc: Option<&[u8]>) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, name: &[u8], data: &[u8]| {
        let length = (2 + name.len() + data.len()) as u16;
        file.extend([0xFF, marker]);
        file.extend(length.to_be_bytes());
        file.extend(name);
        file.extend(data);
    };
    if let Some(exif) = exif {
        segment(0xE1, b"Exif\0\0", exif);
    }
    if let Some(icc) = icc {
        segment(0xE2, b"ICC_PROFILE\0\x01\x01", icc);
    }
    file.extend(&plain[2..]);
    file
}

/// A PNG of any colour type, with an optional profile and orientation.
pub fn png(
    size: (u32, u32),
    bytes: &[u8],
    colour: ExtendedColorType,
    exif: Option<&[u8]>,
    icc: Option<&[u8]>,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(Cursor::new(&mut file));
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc.to_vec()).unwrap();
    }
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
    }
    encoder.write_image(bytes, size.0, size.1, colour).unwrap();
    file
}

/// A lossless WebP.
pub fn webp(picture: &RgbImage, exif: Option<&[u8]>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(Cursor::new(&mut file));
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif.to_vec()).unwrap();
    }
    encoder
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    file
}
