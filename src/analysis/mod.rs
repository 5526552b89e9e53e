//! From a photo alone to a plan to begin with: face, head, skin, hairline, shade.
//!
//! Only after the person has agreed to it; see [`crate::face`]. Done in pieces, so that a page can
//! say how far it is and change its mind.

mod findings;
mod maps;
mod plan;

pub use findings::Findings;
pub use maps::Maps;

use crate::Error;
use crate::advice;
use crate::composite::Pyramid;
use crate::document::PhotoSize;
use crate::face::{Finding, Found, Models};
use crate::hairline::HairlineStyle;
use crate::head::{self, Head, HeadPlacement, MeasuredHead};
use crate::photo::Photo;
use crate::skin::{Cues, Reading};

/// What somebody knows or wants beforehand.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Request {
    /// Which of the faces, the largest being 0; one that is not there is the largest.
    pub face: usize,
    /// A measured pupil distance, mm.
    pub pupil_distance_mm: Option<f64>,
    /// The hairline of the plan.
    pub style: HairlineStyle,
}

/// What is being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Whether and where there is a face, and where the person ends.
    Face,
    /// Where the head is, and how large.
    Head,
    /// Skin and hair.
    Skin,
}

impl Stage {
    /// The name by which a page looks its words up.
    pub fn name(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Head => "head",
            Self::Skin => "skin",
        }
    }
}

/// A look at a photo under way. Start with [`Analysis::new`].
#[derive(Debug)]
pub struct Analysis {
    request: Request,
    progress: Step,
}

#[derive(Debug)]
enum Step {
    Face(Finding),
    Head(Found),
    Skin(Box<Placed>, Reading),
}

/// All that is known before the skin is read.
#[derive(Debug)]
struct Placed {
    found: Found,
    chosen: Option<usize>,
    measured: Option<MeasuredHead>,
    placement: HeadPlacement,
}

impl Analysis {
    /// Nothing has been looked at yet.
    pub fn new(request: Request) -> Self {
        Self { request, progress: Step::Face(Finding::default()) }
    }

    /// What the next piece belongs to.
    pub fn stage(&self) -> Stage {
        match self.progress {
            Step::Face(_) => Stage::Face,
            Step::Head(_) => Stage::Head,
            Step::Skin(..) => Stage::Skin,
        }
    }

    /// Does the next piece, always with the same arguments: what is left to do, or what was found.
    pub fn advance(
        self,
        photo: &Photo,
        pyramid: &Pyramid,
        models: &Models,
    ) -> Result<Result<Box<Findings>, Self>, Error> {
        let Self { request, progress } = self;
        let next = match progress {
            Step::Face(finding) => match finding.advance(photo, pyramid, models)? {
                Ok(found) => Step::Head(found),
                Err(rest) => Step::Face(rest),
            },
            Step::Head(found) => {
                Step::Skin(Box::new(Placed::new(found, photo, &request)), Reading::default())
            }
            Step::Skin(placed, reading) => {
                let size = PhotoSize { width: photo.width(), height: photo.height() };
                let line = plan::line(&placed, size, &request);
                let cues = Cues {
                    person: Some(&placed.found.person),
                    mesh: placed.chosen.and_then(|i| placed.found.faces.get(i)).map(|face| &face.mesh),
                };
                match reading.advance(photo, pyramid, &placed.placement, &line, &cues) {
                    Ok(skin) => {
                        let head = Head::fit(&placed.placement);
                        let advice =
                            advice::advise(&advice::Measures::of(photo, &head, &skin, Some(cues.mesh)));
                        let shade = advice::suggest_shade(&skin.complexion);
                        let document = plan::begin(size, &placed, &shade, &request);
                        let Placed { found, chosen, measured, .. } = *placed;
                        return Ok(Ok(Box::new(Findings {
                            faces: found.faces,
                            chosen,
                            person: found.person,
                            far_detector_wanted: found.far_detector_wanted,
                            measured,
                            skin,
                            shade,
                            advice,
                            document,
                        })));
                    }
                    Err(rest) => Step::Skin(placed, rest),
                }
            }
        };
        Ok(Err(Self { request, progress: next }))
    }
}

impl Placed {
    fn new(found: Found, photo: &Photo, request: &Request) -> Self {
        let chosen = (!found.faces.is_empty())
            .then_some(request.face)
            .map(|i| if i < found.faces.len() { i } else { 0 });
        let size = [f64::from(photo.width()), f64::from(photo.height())];
        let measured = chosen.and_then(|i| found.faces.get(i)).map(|face| {
            head::from_face(
                &face.mesh,
                Some(&found.person),
                size,
                photo.focal_px(),
                request.pupil_distance_mm,
            )
        });
        let placement = match &measured {
            Some(measured) => measured.placement.clone(),
            None => head::without_face(&found.person, size)
                .unwrap_or_else(|| HeadPlacement::starting(size[0], size[1])),
        };
        Self { found, chosen, measured, placement }
    }
}
