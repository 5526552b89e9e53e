//! JPEG with an sRGB profile, written band by band.
//!
//! The encoder wants a whole picture, and a phone neither has the memory to spare nor should it
//! stand still for a second. JPEG knows restart markers: after one, nothing depends on what came
//! before. So every band is encoded as a picture of its own with the same tables, and the file is
//! the first one's head, with the whole height and the restart interval, and the scans of all.

use image::codecs::jpeg::JpegEncoder;
use image::{ImageBuffer, ImageEncoder, Rgba};

use super::srgb;
use crate::Error;

/// Side of a block, px: with full chroma also that of the smallest coded unit.
const BLOCK: u32 = 8;
/// Most blocks between two restart markers: a 16-bit number.
const LONGEST_INTERVAL: u32 = 65_535;
/// Rows of a band, unless the picture is so wide that the interval would be too long.
const BAND_ROWS: u32 = 128;

const START_OF_FRAME: u8 = 0xc0;
const START_OF_SCAN: u8 = 0xda;
const RESTART_INTERVAL: u8 = 0xdd;
const FIRST_RESTART: u8 = 0xd0;
const END: [u8; 2] = [0xff, 0xd9];

/// A JPEG file on its way.
pub(super) struct Writer {
    width: u32,
    height: u32,
    quality: u8,
    bands: u32,
    file: Vec<u8>,
}

impl Writer {
    pub fn new(width: u32, height: u32, quality: u8) -> Self {
        let file = Vec::with_capacity((u64::from(width) * u64::from(height) / 3) as usize);
        Self { width, height, quality, bands: 0, file }
    }

    /// Rows that each band but the last must have.
    pub fn band_rows(&self) -> u32 {
        let blocks_across = self.width.div_ceil(BLOCK);
        (LONGEST_INTERVAL / blocks_across * BLOCK).clamp(BLOCK, BAND_ROWS)
    }

    /// Adds the next band, RGBA.
    pub fn band(&mut self, rows: u32, rgba: &[u8]) -> Result<(), Error> {
        // A view, not a copy: the encoder reads the pixels block by block and passes over alpha.
        let picture =
            ImageBuffer::<Rgba<u8>, _>::from_raw(self.width, rows, rgba).ok_or(Error::CannotEncode)?;
        let mut band = Vec::with_capacity(rgba.len() / 8);
        let mut encoder = JpegEncoder::new_with_quality(&mut band, self.quality);
        if self.bands == 0 {
            encoder.set_icc_profile(srgb::PROFILE.to_vec()).map_err(|_| Error::CannotEncode)?;
        }
        encoder.encode_image(&picture).map_err(|_| Error::CannotEncode)?;
        let parts = Parts::of(&band).ok_or(Error::CannotEncode)?;
        if self.bands == 0 {
            self.head(&band, &parts);
        } else {
            self.file.extend([0xff, FIRST_RESTART + ((self.bands - 1) % 8) as u8]);
        }
        self.file.extend_from_slice(&band[parts.scan..band.len() - END.len()]);
        self.bands += 1;
        Ok(())
    }

    /// The first band's head with the whole picture's height, and the restart interval.
    fn head(&mut self, band: &[u8], parts: &Parts) {
        self.file.extend_from_slice(&band[..parts.start_of_scan]);
        // Marker, length, precision, then the height.
        let height = parts.frame + 5;
        self.file[height..height + 2].copy_from_slice(&(self.height as u16).to_be_bytes());
        let interval = (self.width.div_ceil(BLOCK) * (self.band_rows() / BLOCK)) as u16;
        self.file.extend([0xff, RESTART_INTERVAL, 0, 4]);
        self.file.extend(interval.to_be_bytes());
        self.file.extend_from_slice(&band[parts.start_of_scan..parts.scan]);
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.file.extend(END);
        self.file
    }
}

/// Where the parts of a file begin.
struct Parts {
    /// The frame header's marker.
    frame: usize,
    /// The scan header's marker.
    start_of_scan: usize,
    /// The coded blocks.
    scan: usize,
}

impl Parts {
    fn of(file: &[u8]) -> Option<Self> {
        let mut frame = None;
        let mut at = 2;
        loop {
            let &[0xff, marker, high, low] = file.get(at..at + 4)? else { return None };
            let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
            match marker {
                START_OF_FRAME => frame = Some(at),
                START_OF_SCAN => return Some(Self { frame: frame?, start_of_scan: at, scan: end }),
                _ => {}
            }
            at = end;
        }
    }
}
