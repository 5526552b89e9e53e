//! The files that the journeys choose in the browser, here natively.

use hairline::Error;
use hairline::photo::Photo;

use crate::same_everywhere;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn open(name: &str) -> Result<Photo, Error> {
    Photo::decode(&bytes(name))
}

/// Mean code of each channel over a rectangle given as parts of the picture.
fn mean(photo: &Photo, x: [f64; 2], y: [f64; 2]) -> [f64; 3] {
    let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    for row in (y[0] * height) as usize..(y[1] * height) as usize {
        for column in (x[0] * width) as usize..(x[1] * width) as usize {
            let at = (row * photo.width() as usize + column) * 4;
            for (sum, code) in sum.iter_mut().zip(&photo.rgba()[at..]) {
                *sum += f64::from(*code);
            }
            count += 1.0;
        }
    }
    sum.map(|sum| sum / count)
}

#[test]
fn the_phone_photo_stands_upright() {
    let photo = open("phone_12mp_exif6.jpg").unwrap();
    assert_eq!((photo.width(), photo.height()), (3024, 4032));
    // The dark shirt is at the bottom, a lit forehead above the middle.
    let shirt = mean(&photo, [0.3, 0.7], [0.92, 0.99]);
    let forehead = mean(&photo, [0.45, 0.55], [0.3, 0.34]);
    assert!(shirt[0] < 90.0 && forehead[0] > 150.0, "{shirt:?} {forehead:?}");
}

#[test]
fn the_display_p3_photo_has_the_colours_of_its_srgb_twin() {
    let (p3, srgb) = (open("p3.jpg").unwrap(), open("m_light_front.jpg").unwrap());
    for (x, y) in [([0.42, 0.58], [0.26, 0.36]), ([0.1, 0.2], [0.1, 0.2])] {
        for (a, b) in mean(&p3, x, y).iter().zip(mean(&srgb, x, y)) {
            assert!((a - b).abs() < 2.0, "{a} {b}");
        }
    }
}

#[test]
fn the_grey_picture_is_grey() {
    let photo = open("grey.png").unwrap();
    assert_eq!((photo.width(), photo.height()), (288, 384));
    assert!(photo.rgba().chunks_exact(4).all(|p| p[0] == p[1] && p[1] == p[2] && p[3] == 255));
}

#[test]
fn every_unusable_file_gets_its_own_error() {
    assert_eq!(open("truncated.jpg"), Err(Error::DamagedPhoto));
    assert_eq!(open("not_a_photo.jpg"), Err(Error::NotAPhoto));
    assert_eq!(open("empty.jpg"), Err(Error::EmptyFile));
    assert_eq!(
        open("huge_header.png"),
        Err(Error::PhotoTooLarge { width: 30_000, height: 30_000, limit_megapixels: 50 })
    );
}

#[test]
fn pixels_and_files_are_the_same_everywhere() {
    assert_eq!(same_everywhere::check(), Ok(()));
}
