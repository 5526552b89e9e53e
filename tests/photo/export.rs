//! Written files: exact or close, tagged, and silent about where the photo came from.

use hairline::Error;
use hairline::export::{DEFAULT_JPEG_QUALITY, Format, encode};
use hairline::photo::Photo;
use image::ImageDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use std::io::Cursor;

use crate::draw;

const JPEG: Format = Format::Jpeg { quality: DEFAULT_JPEG_QUALITY };

fn photo() -> Photo {
    let picture = draw::quarters(97, 66);
    Photo::decode(&draw::jpeg(&picture, Some(&draw::exif(3)), None)).unwrap()
}

fn write(photo: &Photo, format: Format) -> Vec<u8> {
    encode(photo.width(), photo.height(), photo.rgba(), format).unwrap()
}

#[test]
fn png_is_exact() {
    let photo = photo();
    assert_eq!(Photo::decode(&write(&photo, Format::Png)).unwrap(), photo);
}

#[test]
fn jpeg_is_close_and_closer_with_quality() {
    let photo = photo();
    let error = |quality| {
        let again = Photo::decode(&write(&photo, Format::Jpeg { quality })).unwrap();
        assert_eq!((again.width(), again.height()), (photo.width(), photo.height()));
        let sum: u64 = again.rgba().iter().zip(photo.rgba()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        sum as f64 / photo.rgba().len() as f64
    };
    assert!(error(DEFAULT_JPEG_QUALITY) < 1.5);
    assert!(error(100) < error(60) && error(60) < error(5));
    assert_eq!(error(0), error(1));
    assert_eq!(error(255), error(100));
}

/// A picture higher than a band: the bands must meet without a seam and without a lost block.
#[test]
fn a_jpeg_of_many_bands_is_one_picture() {
    let (width, height) = (203u32, 1333u32);
    let rgba: Vec<u8> = (0..width * height)
        .flat_map(|i| {
            let (x, y) = (i % width, i / width);
            [(x + y / 8) as u8, 128, (y / 6) as u8, 255]
        })
        .collect();
    let file = encode(width, height, &rgba, JPEG).unwrap();
    let mut image = vec![0; (width * height * 3) as usize];
    JpegDecoder::new(Cursor::new(&file)).unwrap().read_image(&mut image).unwrap();
    let ours = Photo::decode(&file).unwrap();
    assert_eq!((ours.width(), ours.height()), (width, height));
    for (i, pixel) in rgba.chunks_exact(4).enumerate() {
        for k in 0..3 {
            assert!(ours.rgba()[i * 4 + k].abs_diff(pixel[k]) < 24, "pixel {i}");
            assert!(image[i * 3 + k].abs_diff(ours.rgba()[i * 4 + k]) < 6, "pixel {i}");
        }
    }
}

#[test]
fn files_are_tagged_srgb_and_hold_no_metadata() {
    let jpeg = write(&photo(), JPEG);
    let mut reader = JpegDecoder::new(Cursor::new(&jpeg)).unwrap();
    let profile = reader.icc_profile().unwrap().unwrap();
    let profile = moxcms::ColorProfile::new_from_slice(&profile).unwrap();
    let srgb = moxcms::ColorProfile::new_srgb();
    let colorants = |p: &moxcms::ColorProfile| [p.red_colorant, p.green_colorant, p.blue_colorant];
    for (found, expected) in colorants(&profile).iter().zip(colorants(&srgb)) {
        assert!((found.x - expected.x).abs() + (found.z - expected.z).abs() < 1e-4);
    }
    let (Some(moxcms::ToneReprCurve::Parametric(found)), Some(moxcms::ToneReprCurve::Parametric(expected))) =
        (profile.red_trc, srgb.red_trc)
    else {
        panic!("the curve is a formula");
    };
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4));
    assert_eq!(reader.exif_metadata().unwrap(), None);
    assert_eq!(reader.xmp_metadata().unwrap(), None);

    let png = write(&photo(), Format::Png);
    assert_eq!(PngDecoder::new(Cursor::new(&png)).unwrap().exif_metadata().unwrap(), None);
    let mut chunks = Vec::new();
    let mut at = 8;
    while at + 8 <= png.len() {
        chunks.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
        at += 12 + u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]) as usize;
    }
    chunks.dedup();
    assert_eq!(chunks, ["IHDR", "sRGB", "IDAT", "IEND"]);
}

#[test]
fn impossible_pictures_are_refused() {
    for format in [JPEG, Format::Png] {
        assert_eq!(encode(0, 10, &[], format), Err(Error::CannotEncode));
        assert_eq!(encode(2, 2, &[0; 15], format), Err(Error::CannotEncode));
        assert_eq!(encode(2, 2, &[0; 17], format), Err(Error::CannotEncode));
        assert_eq!(encode(u32::MAX, u32::MAX, &[0; 16], format), Err(Error::CannotEncode));
        assert!(encode(1, 1, &[7, 8, 9, 255], format).is_ok());
    }
    let long = vec![200; 65_536 * 4];
    assert_eq!(encode(65_536, 1, &long, JPEG), Err(Error::CannotEncode));
    assert!(encode(65_536, 1, &long, Format::Png).is_ok());
}
