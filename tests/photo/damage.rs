//! Files that are cut short, broken, hostile or no photos at all.

use hairline::Error;
use hairline::photo::{MAX_PIXELS, Photo};
use image::ExtendedColorType;
use proptest::prelude::*;

use crate::draw;

/// One small file of each kind.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let picture = draw::busy(72, 65);
    let png = draw::png((72, 65), picture.as_raw(), ExtendedColorType::Rgb8, None, None);
    let exif = draw::exif(6);
    vec![
        ("jpeg", draw::jpeg(&picture, Some(&exif), None)),
        ("grey jpeg", draw::grey_jpeg(64, 64, 90, None)),
        ("png", png),
        ("webp", draw::webp(&picture, Some(&exif))),
    ]
}

/// Either an error, or the whole picture: a prefix may lack a checksum or an end marker that holds
/// no pixels, but never a part of the picture.
#[test]
fn no_prefix_is_taken_for_a_picture() {
    for (name, file) in files() {
        let whole = Photo::decode(&file).unwrap();
        for length in 0..file.len() {
            match Photo::decode(&file[..length]) {
                Err(Error::EmptyFile) => assert_eq!(length, 0),
                Err(Error::NotAPhoto) => assert!(length < 12, "{name} {length}"),
                Err(error) => assert_eq!(error, Error::DamagedPhoto, "{name} {length}"),
                Ok(photo) => assert!(
                    photo == whole && name == "png" && file.len() - length <= 16,
                    "{name}: {length} of {} bytes were enough",
                    file.len()
                ),
            }
        }
    }
}

#[test]
fn what_follows_the_picture_is_ignored() {
    for (name, file) in files() {
        let whole = Photo::decode(&file).unwrap();
        for tail in [&b"MotionPhoto_Data\0\0\0\x18ftypmp42"[..], &file.clone(), &[0; 64]] {
            let longer = [&file[..], tail].concat();
            assert_eq!(Photo::decode(&longer).unwrap(), whole, "{name}");
        }
    }
}

#[test]
fn a_file_padded_with_zeros_in_the_middle_is_damaged() {
    for (name, file) in files() {
        let mut hollow = file.clone();
        let length = hollow.len();
        hollow[length / 2..].fill(0);
        assert_eq!(Photo::decode(&hollow), Err(Error::DamagedPhoto), "{name}");
    }
}

/// As tools that repair files do it: cut off, then an end marker put behind.
#[test]
fn a_jpeg_with_missing_blocks_is_damaged_in_spite_of_its_end_marker() {
    for (name, file) in files() {
        if !name.ends_with("jpeg") {
            continue;
        }
        let scan = file.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap();
        for length in (scan + 14..file.len() - 3).step_by(7) {
            let mut repaired = file[..length].to_vec();
            repaired.extend([0xFF, 0xD9]);
            assert_eq!(Photo::decode(&repaired), Err(Error::DamagedPhoto), "{name} {length}");
        }
    }
}

/// A progressive file fades in, so one that is cut between two scans looks whole, but blurred.
#[test]
fn a_progressive_jpeg_is_damaged_while_a_scan_is_missing() {
    let file = include_bytes!("../../www/samples/m_light_front.jpg");
    assert!(file.windows(2).any(|w| w == [0xFF, 0xC2]), "the sample is progressive");
    assert!(Photo::decode(file).is_ok());
    for length in (200..file.len()).step_by(1999) {
        assert_eq!(Photo::decode(&file[..length]), Err(Error::DamagedPhoto), "{length}");
    }
    let scans: Vec<usize> =
        (2..file.len() - 1).filter(|&at| file[at] == 0xFF && file[at + 1] == 0xDA).collect();
    assert!(scans.len() > 4);
    for at in scans {
        let mut repaired = file[..at].to_vec();
        repaired.extend([0xFF, 0xD9]);
        assert_eq!(Photo::decode(&repaired), Err(Error::DamagedPhoto), "{at}");
    }
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let sentence = b"Dear doctor, this is a text file with another name.";
    assert_eq!(Photo::decode(b""), Err(Error::EmptyFile));
    assert_eq!(Photo::decode(sentence), Err(Error::NotAPhoto));
    assert_eq!(Photo::decode(b"GIF89a\x40\0\x40\0\0\0\0"), Err(Error::NotAPhoto));
    assert_eq!(Photo::decode(b"RIFF\x24\0\0\0WAVEfmt "), Err(Error::NotAPhoto));
    let iso = |brands: &[u8]| {
        let mut file = ((8 + brands.len()) as u32).to_be_bytes().to_vec();
        file.extend(b"ftyp");
        file.extend(brands);
        file.extend(b"\0\0\0\x08meta");
        Photo::decode(&file)
    };
    assert_eq!(iso(b"heic\0\0\0\0mif1heic"), Err(Error::Heic));
    assert_eq!(iso(b"mif1\0\0\0\0mif1heic"), Err(Error::Heic));
    assert_eq!(iso(b"heix\0\0\0\0"), Err(Error::Heic));
    assert_eq!(iso(b"mif1\0\0\0\0miaf"), Err(Error::Heic));
    assert_eq!(iso(b"avif\0\0\0\0mif1miafavif"), Err(Error::NotAPhoto));
    assert_eq!(iso(b"mp42\0\0\0\0isom"), Err(Error::NotAPhoto));
    assert_eq!(Photo::decode(b"\xff\xff\xff\xffftypheic"), Err(Error::Heic));
}

#[test]
fn sizes_are_checked_before_anything_is_allocated() {
    // A JPEG whose frame header says 65535 × 65535.
    let mut jpeg = draw::jpeg(&draw::busy(64, 64), None, None);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xFF);
    assert_eq!(
        Photo::decode(&jpeg),
        Err(Error::PhotoTooLarge {
            width: 65535,
            height: 65535,
            limit_megapixels: (MAX_PIXELS / 1_000_000) as u32
        })
    );
    jpeg[frame + 5..frame + 9].fill(0);
    assert_eq!(Photo::decode(&jpeg), Err(Error::DamagedPhoto));

    let small = draw::busy(63, 400);
    let too_small = Err(Error::PhotoTooSmall { width: 63, height: 400, limit: 64 });
    let png = draw::png((63, 400), small.as_raw(), ExtendedColorType::Rgb8, None, None);
    assert_eq!(Photo::decode(&png), too_small);
    assert_eq!(Photo::decode(&draw::jpeg(&small, None, None)), too_small);
    assert_eq!(Photo::decode(&draw::webp(&small, None)), too_small);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random bytes behind each format's first bytes give an error or a picture, never a panic.
    #[test]
    fn random_bytes_never_panic(start in 0usize..5, bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let magic: [&[u8]; 5] = [
            b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"RIFF\x40\0\0\0WEBP", b"\0\0\0\x18ftyp",
        ];
        let _ = Photo::decode(&[magic[start], &bytes].concat());
    }

    /// Neither do real files with a few bytes changed, which get much further.
    #[test]
    fn changed_bytes_never_panic(
        kind in 0usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let (_, mut file) = files().swap_remove(kind);
        for (place, value) in changes {
            let place = place.index(file.len());
            file[place] = value;
        }
        if let Ok(photo) = Photo::decode(&file) {
            prop_assert_eq!(photo.rgba().len(), (photo.width() * photo.height() * 4) as usize);
            prop_assert!(photo.rgba().chunks_exact(4).all(|pixel| pixel[3] == 255));
        }
    }
}
