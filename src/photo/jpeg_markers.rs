//! Where a JPEG's picture ends, found by walking its markers (ITU-T T.81, annex B).

/// The bytes from the start of the file to the end of the first picture in it, the end marker
/// included; `None` if the file ends earlier.
///
/// Decoders fill what is missing of a cut-off file with grey; this is how such a file is told.
/// What follows the picture (a gain map, a second picture, a motion photo's film) is left out.
pub(super) fn first_picture(bytes: &[u8]) -> Option<&[u8]> {
    const TEM: u8 = 0x01;
    const RST0: u8 = 0xD0;
    const SOI: u8 = 0xD8;
    const EOI: u8 = 0xD9;
    const SOS: u8 = 0xDA;

    let mut at = 2; // after SOI
    let mut scans = 0;
    loop {
        // To the next marker. Inside a scan that skips the coded data, where 0xFF 0x00 stands for
        // a byte 0xFF; between segments it skips fill bytes and the stray bytes some writers leave.
        let [first, second] = *bytes.get(at..at + 2)? else {
            return None;
        };
        match (first, second) {
            (0xFF, EOI) => return (scans > 0).then(|| &bytes[..at + 2]),
            (0xFF, 0x00 | TEM | RST0..=SOI) => at += 2,
            (0xFF, marker) if marker != 0xFF => {
                scans += usize::from(marker == SOS);
                let length = bytes.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_picture;

    #[test]
    fn skips_segments_stuffing_restarts_and_fill_bytes() {
        let file = [
            0xFF, 0xD8, // SOI
            0xFF, 0xE1, 0, 4, 0xFF, 0xD9, // a thumbnail's end inside APP1
            0xFF, 0xFF, 0xDA, 0, 2, // a fill byte, SOS
            1, 0xFF, 0x00, 0xD9, 0xFF, 0xD0, 2, // stuffing and a restart
            0xFF, 0xD9, // EOI
            7, 7, // a motion photo's film
        ];
        assert_eq!(first_picture(&file), Some(&file[..file.len() - 2]));
        for length in 0..file.len() - 2 {
            assert_eq!(first_picture(&file[..length]), None);
        }
    }
}
