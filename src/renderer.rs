//! The half that holds the photo: from document to pixels, each stage recomputed only when
//! something before it changed.
//!
//! It can be thrown away at any moment and rebuilt from the photo's bytes, the follicle set and
//! the document.

use crate::Error;
use crate::composite::{Coverage, Pyramid, Tone, View};
use crate::document::{Document, PhotoSize};
use crate::dots::{Dot, PlacedFollicles, select};
use crate::export::{Format, encode};
use crate::follicles::FollicleSet;
use crate::head::Head;
use crate::photo::Photo;
use crate::skin::Silhouette;

/// Rows that an export treats at once: keeps the coverage plane small beside the picture.
const BAND_ROWS: u32 = 256;

struct Opened {
    photo: Photo,
    pyramid: Pyramid,
}

/// What has been computed from the document; each stage with what it was computed from.
#[derive(Default)]
struct Stages {
    placed: Option<(Head, PlacedFollicles)>,
    dots: Option<Vec<Dot>>,
    tone: Option<Tone>,
    before: Option<(View, Vec<u8>)>,
}

/// Photo, follicle set, document and everything computed from them.
#[derive(Default)]
pub struct Renderer {
    follicles: Option<FollicleSet>,
    opened: Option<Opened>,
    document: Option<Document>,
    stages: Stages,
    coverage: Coverage,
}

impl Renderer {
    /// An empty renderer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the follicle set from the bytes of its file.
    pub fn load_follicles(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.follicles = Some(FollicleSet::from_bytes(bytes)?);
        self.stages =
            Stages { before: self.stages.before.take(), tone: self.stages.tone.take(), ..Stages::default() };
        Ok(())
    }

    /// Opens a photo from the bytes of its file. When that fails, the photo that was open stays.
    pub fn open_photo(&mut self, bytes: &[u8]) -> Result<PhotoSize, Error> {
        let photo = Photo::decode(bytes)?;
        Ok(self.open(photo))
    }

    /// Opens a photo that is decoded already.
    pub fn open(&mut self, photo: Photo) -> PhotoSize {
        let size = PhotoSize { width: photo.width(), height: photo.height() };
        // The old photo goes before the new one's levels are built: two at once are too much for a
        // phone.
        self.close_photo();
        let pyramid = Pyramid::new(&photo);
        self.opened = Some(Opened { photo, pyramid });
        size
    }

    /// Forgets photo, document and everything computed from them.
    pub fn close_photo(&mut self) {
        self.opened = None;
        self.document = None;
        self.stages = Stages::default();
        self.coverage = Coverage::default();
    }

    /// Takes a document as JSON.
    pub fn set_document(&mut self, json: &str) -> Result<(), Error> {
        let next = Document::from_json(json)?;
        // From the first stage that the change makes stale, and no earlier one.
        match &self.document {
            Some(now) if now.head == next.head && now.seed == next.seed => {
                if now.hairline != next.hairline || now.dots != next.dots {
                    self.stages.dots = None;
                }
            }
            _ => {
                self.stages.placed = None;
                self.stages.dots = None;
            }
        }
        if self.document.as_ref().is_none_or(|now| now.shade != next.shade) {
            self.stages.tone = None;
        }
        self.document = Some(next);
        Ok(())
    }

    /// The dots of the present document.
    pub fn dots(&mut self) -> Result<&[Dot], Error> {
        let document = self.document.as_ref().ok_or(Error::NoPhoto)?;
        let set = self.follicles.as_ref().ok_or(Error::BadFollicleSet)?;
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        let stages = &mut self.stages;
        let (head, placed) = stages.placed.get_or_insert_with(|| {
            let head = document.fitted_head();
            let silhouette = Silhouette::find(&opened.photo, &opened.pyramid, &document.head);
            let placed = PlacedFollicles::new(set, &head, &silhouette, document.seed);
            (head, placed)
        });
        Ok(stages.dots.get_or_insert_with(|| select(document, head, placed)))
    }

    /// How many dots the present document has in this photo, the fading ones included.
    pub fn dot_count(&mut self) -> Result<usize, Error> {
        Ok(self.dots()?.len())
    }

    /// The photo as a view shows it, treated or as it was: RGBA, transparent outside the photo.
    pub fn frame(&mut self, view: &View, treated: bool) -> Result<Vec<u8>, Error> {
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        let before = match self.stages.before.take() {
            Some((v, pixels)) if v == *view => pixels,
            _ => opened.pyramid.view(&opened.photo, view),
        };
        let mut pixels = before.clone();
        self.stages.before = Some((*view, before));
        if treated && self.document.is_some() && self.follicles.is_some() {
            self.treat(view, &mut pixels)?;
        }
        Ok(pixels)
    }

    /// The whole treated picture, full size, as a file without any metadata of the photo.
    pub fn export_picture(&mut self, format: Format) -> Result<Vec<u8>, Error> {
        let pixels = self.treated_pixels()?;
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        encode(opened.photo.width(), opened.photo.height(), &pixels, format)
    }

    /// The whole treated picture, full size, RGBA.
    pub fn treated_pixels(&mut self) -> Result<Vec<u8>, Error> {
        let photo = &self.opened.as_ref().ok_or(Error::NoPhoto)?.photo;
        let (width, height) = (photo.width(), photo.height());
        let mut pixels = photo.rgba().to_vec();
        let row_bytes = width as usize * 4;
        for top in (0..height).step_by(BAND_ROWS as usize) {
            let rows = BAND_ROWS.min(height - top);
            let band = View::new(0.0, f64::from(top), 1.0, width, rows)?;
            let part = &mut pixels[top as usize * row_bytes..][..rows as usize * row_bytes];
            self.treat(&band, part)?;
        }
        Ok(pixels)
    }

    fn treat(&mut self, view: &View, pixels: &mut [u8]) -> Result<(), Error> {
        self.dots()?;
        let document = self.document.as_ref().ok_or(Error::NoPhoto)?;
        let tone = self.stages.tone.get_or_insert_with(|| Tone::new(document));
        if let Some(dots) = &self.stages.dots {
            self.coverage.reset(view);
            self.coverage.add(view, dots);
            // Beyond the photo's edge there is nothing to treat.
            tone.apply(pixels, self.coverage.plane());
        }
        Ok(())
    }
}
