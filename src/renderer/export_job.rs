//! Writing the whole picture, full size, in pieces.

use crate::Error;
use crate::composite::{Coverage, Spread, Tiles, Tone, View};
use crate::dots::Dot;
use crate::export::{Format, PictureWriter};
use crate::photo::Photo;
use crate::skin::Skin;

/// How far an export has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Share of the work that is done, 0–1.
    Share(f64),
    /// The file.
    Done(Vec<u8>),
}

/// What a picture is made of.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub photo: &'a Photo,
    pub dots: &'a [Dot],
    pub skin: Option<&'a Skin>,
    pub tone: &'a Tone,
}

impl Source<'_> {
    /// The treated pixels of `rows` rows from `top`, RGBA.
    pub fn band(&self, top: u32, rows: u32, coverage: &mut Coverage) -> Result<Vec<u8>, Error> {
        let width = self.photo.width();
        let view = View::new(0.0, f64::from(top), 1.0, width, rows)?;
        let spread = Spread::new(&view, self.skin.map_or(0.0, |s| s.blur_px));
        coverage.reset(&view);
        coverage.add(&view, &spread, self.dots, &mut Tiles::of(&view));
        let row_bytes = width as usize * 4;
        let mut band = self.photo.rgba()[top as usize * row_bytes..][..rows as usize * row_bytes].to_vec();
        let diffuse = self.skin.map_or_else(Vec::new, |s| s.diffuse.plane(&view));
        self.tone.apply(&mut band, coverage.plane(), &diffuse);
        Ok(band)
    }
}

/// A picture on its way into a file.
pub(super) struct ExportJob {
    writer: PictureWriter,
    coverage: Coverage,
    next_row: u32,
}

impl ExportJob {
    pub fn new(photo: &Photo, format: Format) -> Result<Self, Error> {
        let writer = PictureWriter::new(photo.width(), photo.height(), format)?;
        Ok(Self { writer, coverage: Coverage::default(), next_row: 0 })
    }

    /// Treats and writes the next band; the last one brings the file.
    pub fn advance(mut self, source: Source) -> Result<(Progress, Option<Self>), Error> {
        let rows = self.writer.next_rows();
        self.writer.band(&source.band(self.next_row, rows, &mut self.coverage)?)?;
        self.next_row += rows;
        if self.writer.next_rows() == 0 {
            return Ok((Progress::Done(self.writer.finish()?), None));
        }
        let share = f64::from(self.next_row) / f64::from(source.photo.height());
        Ok((Progress::Share(share), Some(self)))
    }
}
