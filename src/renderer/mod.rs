//! The half that holds the photo: from document to pixels, each stage recomputed only when
//! something before it changed.
//!
//! It can be thrown away at any moment and rebuilt from the photo's bytes, the follicle set, the
//! document and the moment. Long work is done in pieces ([`Renderer::advance`],
//! [`Renderer::advance_export`]), so that a newer wish is heard in between.

mod export_job;
mod measuring;
mod stages;
mod telling;

use crate::Error;
use crate::analysis::Analysis;
use crate::composite::{Coverage, Frame, Grain, Pyramid, Rect, SkinLight, Spread, Tone, ToneSource, View};
use crate::document::{Document, PhotoSize};
use crate::dots::{Dot, Moment};
use crate::export::Format;
use crate::face::{FaceMesh, PersonMask};
use crate::follicles::FollicleSet;
use crate::photo::Photo;
use crate::pigment;
use crate::skin::{Cues, Skin};
use export_job::{ExportJob, Source};
use measuring::LoadedModels;
use stages::Stages;

pub use export_job::Progress;
pub use measuring::Measuring;

/// Rows that are treated at once where a whole picture is: no view may be larger than a screen.
const BAND_ROWS: usize = 128;

/// A photo and its smaller copies.
struct Opened {
    photo: Photo,
    pyramid: Pyramid,
    /// What was found in it, once somebody has agreed to look.
    seen: Option<Seen>,
}

/// What the photo says of face and person, as far as skin is read by it.
struct Seen {
    mesh: Option<FaceMesh>,
    person: PersonMask,
}

impl Opened {
    fn cues(&self) -> Cues<'_> {
        let seen = self.seen.as_ref();
        Cues { mesh: seen.and_then(|seen| seen.mesh.as_ref()), person: seen.map(|seen| &seen.person) }
    }
}

/// What a frame has to show, and where it belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// Number of this state of the treated view; see [`Renderer::frame`].
    pub serial: u32,
    /// Which part of the view the pixels are; empty when nothing has changed.
    pub rect: Rect,
    /// RGBA, row by row, of that part.
    pub pixels: Vec<u8>,
}

/// Photo, follicle set, document, moment and everything computed from them.
#[derive(Default)]
pub struct Renderer {
    follicles: Option<FollicleSet>,
    opened: Option<Opened>,
    document: Option<Document>,
    moment: Moment,
    stages: Stages,
    frame: Option<Frame>,
    /// Whether the frame's dots are those of the stages.
    drawn: bool,
    tone: Option<Tone>,
    serial: u32,
    export: Option<ExportJob>,
    models: LoadedModels,
    analysis: Option<Analysis>,
}

impl Renderer {
    /// An empty renderer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the follicle set from the bytes of its file.
    pub fn load_follicles(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.follicles = Some(FollicleSet::from_bytes(bytes)?);
        self.stages.forget_placed();
        self.drawn = false;
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
        self.opened = Some(Opened { photo, pyramid, seen: None });
        size
    }

    /// Forgets photo, document and everything computed from them.
    pub fn close_photo(&mut self) {
        self.opened = None;
        self.document = None;
        self.moment = Moment::default();
        self.stages = Stages::default();
        self.frame = None;
        self.tone = None;
        self.export = None;
        self.analysis = None;
    }

    /// Takes a document as JSON.
    pub fn set_document(&mut self, json: &str) -> Result<(), Error> {
        let next = Document::from_json(json)?;
        if self.document.as_ref() == Some(&next) {
            return Ok(());
        }
        // From the first stage that the change makes stale, and no earlier one.
        match &self.document {
            Some(now) if now.head == next.head => {
                if now.seed != next.seed {
                    self.stages.forget_placed();
                }
                let reach = |d: &Document| (d.hairline.transition_mm, d.dots.irregularity);
                if reach(now) != reach(&next) {
                    self.stages.forget_region();
                } else if now.dots != next.dots {
                    self.stages.forget_dots();
                }
                let pigment = |d: &Document| (d.shade, d.transmittance);
                let none = now.zones.is_empty() && next.zones.is_empty();
                if !none && (now.dots != next.dots || pigment(now) != pigment(&next)) {
                    self.stages.forget_zones();
                }
                if now.zones != next.zones {
                    self.stages.zones_have_moved();
                }
                if now.hairline.points != next.hairline.points {
                    self.stages.line_has_moved();
                }
            }
            _ => {
                self.stages = Stages::default();
                // It holds the highlights of the head that was.
                self.frame = None;
            }
        }
        self.drawn &= self.stages.dots().is_some();
        self.document = Some(next);
        self.export = None;
        Ok(())
    }

    /// Takes the moment that is shown: the finished, healed treatment unless told otherwise.
    pub fn set_moment(&mut self, moment: Moment) {
        if moment != self.moment {
            self.moment = moment;
            self.stages.forget_dots();
            self.drawn = false;
            self.export = None;
        }
    }

    /// Does one bounded piece of the work that stands between the document and its dots; true
    /// when none is left.
    pub fn advance(&mut self) -> Result<bool, Error> {
        let document = self.document.as_ref().ok_or(Error::NoPhoto)?;
        let set = self.follicles.as_ref().ok_or(Error::BadFollicleSet)?;
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        Ok(self.stages.advance(document, &self.moment, set, opened))
    }

    /// The dots of the present document and moment.
    pub fn dots(&mut self) -> Result<&[Dot], Error> {
        while !self.advance()? {}
        Ok(self.stages.dots().unwrap_or_default())
    }

    /// What the pixels say about the skin.
    pub fn skin(&mut self) -> Result<&Skin, Error> {
        while !self.advance()? {}
        self.stages.skin().ok_or(Error::NoPhoto)
    }

    /// The moment that is shown.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// Skin that dots go on, as far as the photo shows it, cm².
    pub fn treated_area_cm2(&mut self) -> Result<f64, Error> {
        while !self.advance()? {}
        Ok(self.stages.treated_area_cm2().unwrap_or(0.0))
    }

    /// How many dots the present document has in this photo, the fading ones included.
    pub fn dot_count(&mut self) -> Result<usize, Error> {
        Ok(self.dots()?.len())
    }

    /// The untreated photo as a view shows it: RGBA, transparent outside the photo.
    pub fn before(&self, view: &View) -> Result<Vec<u8>, Error> {
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        Ok(match &self.frame {
            Some(frame) if frame.view() == view => frame.before().to_vec(),
            _ => opened.pyramid.view(&opened.photo, view),
        })
    }

    /// The treated photo as a view shows it, as far as it differs from the update of serial `base`
    /// if that is the latest and of the same view; otherwise the whole view. 0 is no update's.
    pub fn frame(&mut self, view: &View, base: u32) -> Result<Update, Error> {
        let (serial, rect) = self.update(view, base)?;
        Ok(Update { serial, rect, pixels: self.rows(rect).flatten().copied().collect() })
    }

    /// The same without copying: the pixels are those of [`Self::rows`].
    pub fn update(&mut self, view: &View, base: u32) -> Result<(u32, Rect), Error> {
        let changed = self.paint(view)?;
        let whole = Rect { left: 0, top: 0, width: view.width as usize, height: view.height as usize };
        let rect = if changed.same_view && base != 0 && base == self.serial { changed.rect } else { whole };
        self.serial = self.serial.wrapping_add(1).max(1);
        Ok((self.serial, rect))
    }

    /// RGBA of a part of the view that was drawn last, row by row.
    pub fn rows(&self, rect: Rect) -> impl Iterator<Item = &[u8]> {
        let (stride, after) =
            self.frame.as_ref().map_or((1, &[][..]), |f| (f.view().width as usize * 4, f.after()));
        after
            .chunks_exact(stride)
            .skip(rect.top)
            .take(rect.height)
            .map(move |row| &row[rect.left * 4..(rect.left + rect.width) * 4])
    }

    /// Brings the frame's own pixels up to date.
    pub fn paint(&mut self, view: &View) -> Result<Painted, Error> {
        if self.document.is_some() && self.follicles.is_some() {
            while !self.advance()? {}
        }
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        let same_view = self.frame.as_ref().is_some_and(|f| f.view() == view);
        let source = self.tone_source(view);
        let skin = self.stages.skin();
        let spread = Spread::new(view, skin.map_or(0.0, |s| s.blur_px));
        let frame = match self.frame.take() {
            Some(frame) if same_view && *frame.spread() == spread => frame,
            old => {
                self.drawn = false;
                let coverage = old.map_or_else(Coverage::default, Frame::into_coverage);
                let diffuse = skin.map_or_else(Vec::new, |s| s.diffuse.plane(view));
                Frame::new(*view, spread, opened.pyramid.view(&opened.photo, view), diffuse, coverage)
            }
        };
        let frame = self.frame.insert(frame);
        if !self.drawn {
            frame.update(self.stages.dots().unwrap_or_default());
            self.drawn = true;
        }
        if self.tone.as_ref().is_none_or(|t| *t.source() != source) {
            self.tone = Some(Tone::new(source));
            frame.repaint();
        }
        let rect = self.tone.as_ref().and_then(|tone| frame.paint(tone));
        let nothing = Rect { left: 0, top: 0, width: 0, height: 0 };
        Ok(Painted { same_view, rect: rect.unwrap_or(nothing) })
    }

    /// Starts writing the whole treated picture, full size. A job under way is given up.
    pub fn begin_export(&mut self, format: Format) -> Result<(), Error> {
        while !self.advance()? {}
        let opened = self.opened.as_ref().ok_or(Error::NoPhoto)?;
        self.export = Some(ExportJob::new(&opened.photo, format)?);
        Ok(())
    }

    /// Does one bounded piece of the export. The file comes with the last one, and holds nothing
    /// of the photo's metadata.
    pub fn advance_export(&mut self) -> Result<Progress, Error> {
        let job = self.export.take().ok_or(Error::NothingToSave)?;
        let tone = self.full_size_tone()?;
        let (progress, job) = job.advance(self.source(&tone)?)?;
        self.export = job;
        Ok(progress)
    }

    /// Gives an export up.
    pub fn cancel_export(&mut self) {
        self.export = None;
    }

    /// The whole treated picture, full size, as a file without any metadata of the photo.
    pub fn export_picture(&mut self, format: Format) -> Result<Vec<u8>, Error> {
        self.begin_export(format)?;
        loop {
            if let Progress::Done(file) = self.advance_export()? {
                return Ok(file);
            }
        }
    }

    /// The whole treated picture, full size, RGBA.
    pub fn treated_pixels(&mut self) -> Result<Vec<u8>, Error> {
        while !self.advance()? {}
        let tone = self.full_size_tone()?;
        let source = self.source(&tone)?;
        let mut coverage = Coverage::default();
        let mut pixels = Vec::with_capacity(source.photo.rgba().len());
        for top in (0..source.photo.height()).step_by(BAND_ROWS) {
            let rows = (source.photo.height() - top).min(BAND_ROWS as u32);
            pixels.extend(source.band(top, rows, &mut coverage)?);
        }
        Ok(pixels)
    }

    fn source<'a>(&'a self, tone: &'a Tone) -> Result<Source<'a>, Error> {
        let photo = &self.opened.as_ref().ok_or(Error::NoPhoto)?.photo;
        let dots = self.stages.dots().unwrap_or_default();
        Ok(Source { photo, dots, skin: self.stages.skin(), tone })
    }

    fn full_size_tone(&self) -> Result<Tone, Error> {
        Ok(Tone::new(self.tone_source(&View::new(0.0, 0.0, 1.0, 1, 1)?)))
    }

    /// Selects the dots once more; how many there are. For measuring.
    pub fn select_again(&mut self) -> Result<usize, Error> {
        self.stages.forget_dots();
        self.drawn = false;
        self.dot_count()
    }

    /// Clears, splats and composites a whole view once more; how many pixels are covered. For
    /// measuring.
    pub fn redraw(&mut self, view: &View) -> Result<usize, Error> {
        self.paint(view)?;
        let dots = self.stages.dots().unwrap_or_default();
        let (Some(frame), Some(tone)) = (&mut self.frame, &self.tone) else { return Ok(0) };
        frame.redraw(dots);
        Ok(frame.paint(tone).map_or(0, |rect| rect.width * rect.height))
    }

    /// What the pigment looks like in a view of this photo.
    fn tone_source(&self, view: &View) -> ToneSource {
        let Some(document) = &self.document else { return ToneSource::plain([1.0; 3]) };
        let years = self.moment.years();
        let transmittance = pigment::cooled(document.pigment_transmittance(), years);
        let Some((head, skin)) = self.stages.head().zip(self.stages.skin()) else {
            return ToneSource::plain(transmittance);
        };
        let px2_per_mm2 = head.px_per_mm_at_centre() * head.px_per_mm_at_centre();
        let area = document.dots.diameter_mm * document.dots.diameter_mm * px2_per_mm2;
        // A Gaussian in the place of a disc.
        let round = [(area / 8.0) as f32, 0.0, (area / 8.0) as f32];
        let variance = |scale: f64| {
            let view = View { scale, ..*view };
            f64::from(Spread::new(&view, skin.blur_px).covariance(round)[0]) / (scale * scale)
        };
        ToneSource {
            transmittance,
            skin: SkinLight { light: skin.light, gloss: skin.gloss },
            grain: Grain {
                mass: document.dots.strength * std::f64::consts::FRAC_PI_4 * area,
                variances: [variance(1.0), variance(view.scale)],
            },
        }
    }
}

/// What [`Renderer::paint`] changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Painted {
    /// The view is that of the frame before.
    pub same_view: bool,
    /// Around every pixel that was written.
    pub rect: Rect,
}
