//! The focal length that a camera has noted in the EXIF block.
//!
//! Tags and types: EXIF 2.32 (CIPA DC-008), tables 4 to 8. Whatever cannot be read counts as not noted.

/// Diagonal of 35 mm film (36 × 24 mm), mm.
pub(super) const FILM_DIAGONAL_MM: f64 = 43.266_615;
/// Focal lengths between these, as on 35 mm film, are believed: phones' widest lenses have 13 mm.
const BELIEVABLE_MM: std::ops::RangeInclusive<f64> = 8.0..=1000.0;
/// Most entries of a directory that are looked at.
const MOST_ENTRIES: usize = 512;

mod tag {
    pub const EXIF_DIRECTORY: u16 = 0x8769;
    pub const FOCAL_LENGTH: u16 = 0x920a;
    pub const PIXELS_ACROSS: u16 = 0xa002;
    pub const PIXELS_DOWN: u16 = 0xa003;
    pub const SENSOR_RESOLUTION: u16 = 0xa20e;
    pub const SENSOR_RESOLUTION_UNIT: u16 = 0xa210;
    pub const FOCAL_LENGTH_ON_FILM: u16 = 0xa405;
}

/// The focal length in µm that would have shown as much on the diagonal of 35 mm film. None if it is not
/// noted, or if the picture of `width` × `height` px (as stored) is not the whole that the camera took.
pub(super) fn focal_length_um(exif: &[u8], width: u32, height: u32) -> Option<u32> {
    let tiff = Tiff::new(exif)?;
    let main = tiff.long(4)?;
    let directory = tiff.value(main, tag::EXIF_DIRECTORY)?.round() as u32;
    let value = |tag| tiff.value(directory, tag);

    // A picture that was made smaller still shows everything, one of other proportions does not.
    if let (Some(across), Some(down)) = (value(tag::PIXELS_ACROSS), value(tag::PIXELS_DOWN)) {
        let (long, short) = (f64::from(width.max(height)), f64::from(width.min(height)));
        let same =
            (across.max(down) * short - across.min(down) * long).abs() <= 0.01 * across.max(down) * long;
        if !same {
            return None;
        }
    }
    let on_film = value(tag::FOCAL_LENGTH_ON_FILM).filter(|mm| *mm > 0.0).or_else(|| {
        let focal_length = value(tag::FOCAL_LENGTH)?;
        let unit_mm = if value(tag::SENSOR_RESOLUTION_UNIT) == Some(3.0) { 10.0 } else { 25.4 };
        let pixel_mm = unit_mm / value(tag::SENSOR_RESOLUTION)?;
        let (across, down) = (value(tag::PIXELS_ACROSS)?, value(tag::PIXELS_DOWN)?);
        Some(focal_length * FILM_DIAGONAL_MM / ((across * across + down * down).sqrt() * pixel_mm))
    })?;
    BELIEVABLE_MM.contains(&on_film).then(|| (on_film * 1000.0).round() as u32)
}

/// A TIFF file, which an EXIF block is.
struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Self { bytes, big_endian: false }),
            b"MM\0*" => Some(Self { bytes, big_endian: true }),
            _ => None,
        }
    }

    fn short(&self, at: u32) -> Option<u16> {
        let word = *self.bytes.get(at as usize..)?.first_chunk()?;
        Some(if self.big_endian { u16::from_be_bytes(word) } else { u16::from_le_bytes(word) })
    }

    fn long(&self, at: u32) -> Option<u32> {
        let word = *self.bytes.get(at as usize..)?.first_chunk()?;
        Some(if self.big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) })
    }

    /// The number under `tag` in the directory at `directory`.
    fn value(&self, directory: u32, tag: u16) -> Option<f64> {
        let count = usize::from(self.short(directory)?).min(MOST_ENTRIES);
        let entries = (0..count as u32).map(|i| directory.saturating_add(2 + 12 * i));
        let entry = entries.into_iter().find(|at| self.short(*at) == Some(tag))?;
        let value = entry.checked_add(8)?;
        match self.short(entry.checked_add(2)?)? {
            3 => self.short(value).map(f64::from),
            4 => self.long(value).map(f64::from),
            5 => {
                let at = self.long(value)?;
                let (numerator, denominator) = (self.long(at)?, self.long(at.checked_add(4)?)?);
                (denominator > 0).then(|| f64::from(numerator) / f64::from(denominator))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An EXIF block with these entries of its own directory: tag, type, value.
    fn exif(entries: &[(u16, u16, u32)]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        let entry = |bytes: &mut Vec<u8>, tag: u16, kind: u16, value: u32| {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        };
        bytes.extend(1_u16.to_le_bytes());
        entry(&mut bytes, tag::EXIF_DIRECTORY, 4, 26);
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend((entries.len() as u16).to_le_bytes());
        let fractions = 26 + 2 + 12 * entries.len() as u32;
        let mut behind = Vec::new();
        for &(tag, kind, value) in entries {
            let stored = if kind == 5 { fractions + behind.len() as u32 } else { value };
            if kind == 5 {
                behind.extend(value.to_le_bytes());
                behind.extend(1000_u32.to_le_bytes());
            }
            entry(&mut bytes, tag, kind, stored);
        }
        bytes.extend(behind);
        bytes
    }

    #[test]
    fn a_phone_notes_its_focal_length_on_film() {
        let phone = exif(&[(0xa002, 4, 4032), (0xa003, 4, 3024), (0xa405, 3, 26)]);
        assert_eq!(focal_length_um(&phone, 4032, 3024), Some(26_000));
        assert_eq!(focal_length_um(&phone, 1512, 2016), Some(26_000), "made smaller and turned");
        assert_eq!(focal_length_um(&phone, 3024, 3024), None, "cropped");
    }

    #[test]
    fn a_camera_without_it_notes_its_sensor() {
        // 50 mm before a sensor of 36 × 24 mm with 6000 × 4000 px: 166.667 px per mm.
        let camera = exif(&[
            (0x920a, 5, 50_000),
            (0xa002, 4, 6000),
            (0xa003, 4, 4000),
            (0xa20e, 5, 1_666_667),
            (0xa210, 3, 3),
        ]);
        let found = focal_length_um(&camera, 6000, 4000);
        assert!(found.is_some_and(|um| um.abs_diff(50_000) < 50), "{found:?}");
    }

    #[test]
    fn blocks_that_are_cut_or_odd_note_nothing() {
        let phone = exif(&[(0xa405, 3, 26)]);
        assert_eq!(focal_length_um(&phone, 100, 100), Some(26_000));
        for length in 0..phone.len() - 2 {
            assert_eq!(focal_length_um(&phone[..length], 100, 100), None, "{length}");
        }
        assert_eq!(focal_length_um(&exif(&[(0xa405, 3, 0)]), 100, 100), None);
        assert_eq!(focal_length_um(&exif(&[(0xa405, 3, 5000)]), 100, 100), None);
    }
}
