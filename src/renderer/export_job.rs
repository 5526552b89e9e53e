//! Writing the whole picture, full size, in pieces.

use crate::Error;
use crate::composite::{Coverage, Spread, Tiles, Tone, View};
use crate::dots::Dot;
use crate::export::{Format, encode};
use crate::photo::Photo;
use crate::skin::Skin;

/// Rows that are treated at once: keeps the coverage plane small beside the picture.
const BAND_ROWS: u32 = 128;
/// Share of the work that is treating; the rest is writing the file.
const TREATING: f64 = 0.7;

/// How far an export has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Share of the work that is done, 0–1.
    Share(f64),
    /// The file.
    Done(Vec<u8>),
}

/// A picture on its way into a file.
pub(super) struct ExportJob {
    format: Format,
    pixels: Vec<u8>,
    coverage: Coverage,
    next_row: u32,
}

impl ExportJob {
    pub fn new(photo: &Photo, format: Format) -> Self {
        Self { format, pixels: photo.rgba().to_vec(), coverage: Coverage::default(), next_row: 0 }
    }

    /// Treats the next band or, after the last one, writes the file.
    pub fn advance(
        &mut self,
        photo: &Photo,
        dots: &[Dot],
        skin: Option<&Skin>,
        tone: &Tone,
    ) -> Result<Progress, Error> {
        if self.treat_band(photo, dots, skin, tone)? {
            let pixels = std::mem::take(&mut self.pixels);
            return Ok(Progress::Done(encode(photo.width(), photo.height(), &pixels, self.format)?));
        }
        Ok(Progress::Share(TREATING * f64::from(self.next_row) / f64::from(photo.height())))
    }

    /// Treats the next band; true when there was none left.
    pub fn treat_band(
        &mut self,
        photo: &Photo,
        dots: &[Dot],
        skin: Option<&Skin>,
        tone: &Tone,
    ) -> Result<bool, Error> {
        if self.next_row >= photo.height() {
            return Ok(true);
        }
        let rows = BAND_ROWS.min(photo.height() - self.next_row);
        let view = View::new(0.0, f64::from(self.next_row), 1.0, photo.width(), rows)?;
        let spread = Spread::new(&view, skin.map_or(0.0, |s| s.blur_px));
        self.coverage.reset(&view);
        self.coverage.add(&view, &spread, dots, &mut Tiles::of(&view));
        let row_bytes = photo.width() as usize * 4;
        let band = &mut self.pixels[self.next_row as usize * row_bytes..][..rows as usize * row_bytes];
        let diffuse = skin.map_or_else(Vec::new, |s| s.diffuse.plane(&view));
        tone.apply(band, self.coverage.plane(), &diffuse);
        self.next_row += rows;
        Ok(false)
    }

    /// The pixels as far as they are treated.
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }
}
