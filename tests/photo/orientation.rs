//! All eight EXIF orientations, in every format that carries them.

use hairline::photo::Photo;
use image::{DynamicImage, ExtendedColorType, RgbImage};

use crate::draw;

/// Stores `upright` as a camera with this orientation value would: the inverse of what the value
/// asks a viewer to do (EXIF 2.32, table 6).
fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let upright = DynamicImage::ImageRgb8(upright.clone());
    match orientation {
        2 => upright.fliph(),
        3 => upright.rotate180(),
        4 => upright.flipv(),
        5 => upright.rotate90().fliph(),
        6 => upright.rotate270(),
        7 => upright.rotate270().fliph(),
        8 => upright.rotate90(),
        _ => upright,
    }
    .into_rgb8()
}

fn assert_upright(photo: &Photo, upright: &RgbImage, tolerance: u8, what: &str) {
    assert_eq!((photo.width(), photo.height()), upright.dimensions(), "{what}");
    for (x, y, expected) in upright.enumerate_pixels() {
        // Away from the edges between fields, where JPEG mixes colours.
        let (dx, dy) = (x.abs_diff(upright.width() / 2), y.abs_diff(upright.height() / 2));
        if tolerance > 0 && (dx < 10 || dy < 10) {
            continue;
        }
        let at = ((y * photo.width() + x) * 4) as usize;
        for (found, expected) in photo.rgba()[at..at + 3].iter().zip(expected.0) {
            assert!(found.abs_diff(expected) <= tolerance, "{what} at {x}, {y}");
        }
        assert_eq!(photo.rgba()[at + 3], 255);
    }
}

#[test]
fn every_orientation_comes_out_upright() {
    let upright = draw::quarters(96, 64);
    for orientation in 1..=8 {
        let picture = stored(&upright, orientation);
        let exif = draw::exif(orientation);
        let jpeg = draw::jpeg(&picture, Some(&exif), None);
        let png =
            draw::png(picture.dimensions(), picture.as_raw(), ExtendedColorType::Rgb8, Some(&exif), None);
        let webp = draw::webp(&picture, Some(&exif));
        for (name, file, tolerance) in [("jpeg", jpeg, 3), ("png", png, 0), ("webp", webp, 0)] {
            let photo = Photo::decode(&file).unwrap();
            assert_upright(&photo, &upright, tolerance, &format!("{name} {orientation}"));
        }
    }
}

#[test]
fn a_meaningless_orientation_turns_nothing() {
    let picture = draw::quarters(96, 64);
    for value in [0, 9, 255] {
        let photo = Photo::decode(&draw::jpeg(&picture, Some(&draw::exif(value)), None)).unwrap();
        assert_upright(&photo, &picture, 3, "unchanged");
    }
    let broken = Photo::decode(&draw::jpeg(&picture, Some(b"MM\0*\xff\xff"), None)).unwrap();
    assert_upright(&broken, &picture, 3, "broken EXIF");
}
