//! Colour types and profiles against the mathematics in double precision.

use hairline::photo::Photo;
use image::{ExtendedColorType, Rgb, RgbImage};
use moxcms::{ColorProfile, ToneReprCurve};

use crate::draw;

fn decode(bytes: &[u8], colour: ExtendedColorType, icc: Option<&[u8]>) -> Photo {
    Photo::decode(&draw::png((64, 64), bytes, colour, None, icc)).unwrap()
}

/// A 64 × 64 picture with 4096 colours across the cube.
fn cube() -> RgbImage {
    RgbImage::from_fn(64, 64, |x, y| {
        let index = y * 64 + x;
        Rgb([index % 16, index / 16 % 16, index / 256].map(|step| (step * 17) as u8))
    })
}

fn srgb_decode(code: u8) -> f64 {
    let value = f64::from(code) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

fn srgb_encode(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    255.0 * if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

/// Linear light of one primary set to linear sRGB; the matrices of CSS Color 4, section 18.
const P3_TO_SRGB: [[f64; 3]; 3] = [
    [1.224_940_176, -0.224_940_176, 0.0],
    [-0.042_056_955, 1.042_056_955, 0.0],
    [-0.019_637_555, -0.078_636_046, 1.098_273_600],
];
const ADOBE_TO_SRGB: [[f64; 3]; 3] =
    [[1.398_355_74, -0.398_355_74, 0.0], [0.0, 1.0, 0.0], [0.0, -0.042_928_98, 1.042_928_98]];

fn assert_converted(icc: &[u8], matrix: [[f64; 3]; 3], linear: impl Fn(u8) -> f64) {
    let picture = cube();
    let photo = decode(picture.as_raw(), ExtendedColorType::Rgb8, Some(icc));
    for (pixel, stored) in photo.rgba().chunks_exact(4).zip(picture.pixels()) {
        let light = stored.0.map(&linear);
        for (found, row) in pixel.iter().zip(matrix) {
            let expected = srgb_encode(row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
            assert!(
                (f64::from(*found) - expected).abs() <= 1.0,
                "{stored:?}: {pixel:?}, expected {expected}"
            );
        }
    }
}

#[test]
fn display_p3_becomes_srgb() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    assert_converted(&icc, P3_TO_SRGB, srgb_decode);
}

#[test]
fn adobe_rgb_becomes_srgb() {
    let icc = ColorProfile::new_adobe_rgb().encode().unwrap();
    assert_converted(&icc, ADOBE_TO_SRGB, |code| libm::pow(f64::from(code) / 255.0, 563.0 / 256.0));
}

#[test]
fn a_curve_of_samples_is_followed() {
    let mut profile = ColorProfile::new_srgb();
    let samples: Vec<u16> =
        (0..=1024).map(|step| (libm::pow(f64::from(step) / 1024.0, 1.8) * 65535.0).round() as u16).collect();
    for trc in [&mut profile.red_trc, &mut profile.green_trc, &mut profile.blue_trc] {
        *trc = Some(ToneReprCurve::Lut(samples.clone()));
    }
    profile.cicp = None;
    let identity = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    assert_converted(&profile.encode().unwrap(), identity, |code| libm::pow(f64::from(code) / 255.0, 1.8));
}

#[test]
fn a_display_p3_jpeg_is_converted_after_decoding() {
    let field = RgbImage::from_pixel(64, 64, Rgb([200, 120, 90]));
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let plain = Photo::decode(&draw::jpeg(&field, None, None)).unwrap();
    let photo = Photo::decode(&draw::jpeg(&field, None, Some(&icc))).unwrap();
    let stored = [0, 1, 2].map(|channel| srgb_decode(plain.rgba()[channel]));
    for (channel, row) in P3_TO_SRGB.iter().enumerate() {
        let expected = srgb_encode(row[0] * stored[0] + row[1] * stored[1] + row[2] * stored[2]);
        assert!((f64::from(photo.rgba()[channel]) - expected).abs() <= 1.0);
    }
}

#[test]
fn srgb_missing_and_broken_profiles_leave_the_codes_alone() {
    let picture = cube();
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let mut no_white = ColorProfile::new_display_p3();
    no_white.blue_colorant = no_white.red_colorant;
    let no_white = no_white.encode().unwrap();
    let profiles: [Option<&[u8]>; 6] =
        [None, Some(&srgb), Some(b"not a profile"), Some(&srgb[..200]), Some(&[0; 128]), Some(&no_white)];
    for profile in profiles {
        let photo = decode(picture.as_raw(), ExtendedColorType::Rgb8, profile);
        let kept =
            photo.rgba().chunks_exact(4).zip(picture.pixels()).all(|(found, stored)| found[..3] == stored.0);
        assert!(kept, "{:?} bytes", profile.map(<[u8]>::len));
    }
}

#[test]
fn a_grey_profile_applies_to_grey_pictures_only() {
    let icc = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let expected = srgb_encode(100.0 / 255.0);
    let png = decode(&[100; 4096], ExtendedColorType::L8, Some(&icc));
    let jpeg = Photo::decode(&draw::grey_jpeg(64, 64, 100, Some(&icc))).unwrap();
    for photo in [png, jpeg] {
        let pixel = &photo.rgba()[..4];
        assert!(pixel[0] == pixel[1] && pixel[1] == pixel[2] && pixel[3] == 255);
        assert!((f64::from(pixel[0]) - expected).abs() <= 1.0, "{pixel:?}");
    }
    let coloured = decode(cube().as_raw(), ExtendedColorType::Rgb8, Some(&icc));
    assert_eq!(coloured.rgba()[4..7], [17, 0, 0]);
}

#[test]
fn every_png_colour_type_becomes_opaque_rgba() {
    use ExtendedColorType::{L8, L16, La8, La16, Rgb8, Rgb16, Rgba8, Rgba16};
    // (colour type, one pixel in 8-bit samples, that pixel on white)
    let cases: [(ExtendedColorType, ExtendedColorType, &[u8], [u8; 3]); 4] = [
        (L8, L16, &[90], [90, 90, 90]),
        (La8, La16, &[90, 51], [222, 222, 222]),
        (Rgb8, Rgb16, &[10, 20, 30], [10, 20, 30]),
        (Rgba8, Rgba16, &[10, 20, 30, 0], [255, 255, 255]),
    ];
    for (narrow, wide, samples, expected) in cases {
        let bytes = samples.repeat(4096);
        // A 16-bit sample is the 8-bit one times 257, so both bytes are alike.
        let doubled: Vec<u8> = bytes.iter().flat_map(|&sample| [sample; 2]).collect();
        for photo in [decode(&bytes, narrow, None), decode(&doubled, wide, None)] {
            let [r, g, b] = expected;
            let same = photo.rgba().chunks_exact(4).all(|pixel| pixel == [r, g, b, 255]);
            assert!(same, "{narrow:?}: {:?}", &photo.rgba()[..4]);
        }
    }
}

#[test]
fn a_palette_is_looked_up() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 64, 64);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Two);
    encoder.set_palette(&[1u8, 2, 3, 9, 8, 7, 40, 50, 60, 5, 5, 5][..]);
    encoder.set_trns(&[255u8, 255, 0][..]);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0b0001_1011; 64 * 16]).unwrap();
    writer.finish().unwrap();
    let photo = Photo::decode(&file).unwrap();
    assert_eq!(photo.rgba()[..16], [1, 2, 3, 255, 9, 8, 7, 255, 255, 255, 255, 255, 5, 5, 5, 255]);
}

#[test]
fn foreign_pixels_are_laid_on_white_and_checked() {
    let photo = Photo::from_rgba(64, 64, [0, 0, 0, 128].repeat(4096)).unwrap();
    assert_eq!(photo.rgba()[..4], [127, 127, 127, 255]);
    assert!(Photo::from_rgba(64, 64, vec![0; 100]).is_err());
    assert!(Photo::from_rgba(0, 0, Vec::new()).is_err());
    assert!(Photo::from_rgba(u32::MAX, u32::MAX, Vec::new()).is_err());
}
