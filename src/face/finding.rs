//! Looking for faces in pieces, so that a page can say how far it is and change its mind.

use std::collections::VecDeque;

use super::detect::Candidate;
use super::guard;
use super::look::Part;
use super::mesh::FaceMesh;
use super::models::Models;
use super::person::PersonMask;
use super::trace::around;
use crate::Error;
use crate::composite::Pyramid;
use crate::photo::Photo;

/// A face in the photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// Its points.
    pub mesh: FaceMesh,
    /// How sure the mesh network is that there is a face, 0–1.
    pub presence: f32,
    /// How sure the detector is, 0–1.
    pub score: f32,
}

/// What a look at a photo has brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The faces, the largest first.
    pub faces: Vec<Face>,
    /// Where a person is, with a face to be seen or without.
    pub person: PersonMask,
    /// No face was found, and small ones could not be looked for: [`Models::add_far_detector`].
    pub far_detector_wanted: bool,
}

/// Most faces that are traced.
const MOST_FACES: usize = 6;
/// Turned pictures are looked at if nothing upright is as sure as this, and win by so much more.
const SURE: f32 = 0.9;
const TURNED_BY: f32 = 0.1;
/// The square that the finer mask covers, in sides of the part around the mesh, and how far its middle
/// lies above that of the mesh: the skull's, not the face's.
const HEAD_SIDE: f64 = 1.5;
const HEAD_ABOVE: f64 = 0.2;
/// What the second look of the detector covers, likewise.
const AGAIN_SIDE: f64 = 1.5;

/// How far the search has come. Start with [`Finding::default`].
#[derive(Debug, Clone, Default)]
pub struct Finding(Stage);

#[derive(Debug, Clone, Default)]
enum Stage {
    /// Nothing is known yet.
    #[default]
    Begun,
    /// The upright photo has been looked at.
    LookedUpright(Vec<Candidate>),
    /// Faces have been looked for; where the person is has not.
    Detected(Vec<Candidate>),
    /// Candidates are traced one by one.
    Tracing(Tracing),
    /// All faces are known; the mask may become finer.
    Traced(Tracing),
}

/// What is left to trace, and what has been.
#[derive(Debug, Clone)]
struct Tracing {
    candidates: VecDeque<Candidate>,
    faces: Vec<Face>,
    person: PersonMask,
    far_detector_wanted: bool,
}

impl Finding {
    /// Does the next piece, always with the same arguments: what is left to do, or what was found.
    pub fn advance(
        self,
        photo: &Photo,
        pyramid: &Pyramid,
        models: &Models,
    ) -> Result<Result<Found, Self>, Error> {
        let next = match self.0 {
            Stage::Begun => {
                Stage::LookedUpright(models.near.find(photo, pyramid, Part::around(photo, 0.0))?)
            }
            Stage::LookedUpright(upright) => Stage::Detected(turned(photo, pyramid, models, upright)?),
            Stage::Detected(mut candidates) => {
                candidates.truncate(MOST_FACES);
                Stage::Tracing(Tracing {
                    far_detector_wanted: candidates.is_empty() && models.far.is_none(),
                    candidates: candidates.into(),
                    faces: Vec::new(),
                    person: models.person.find(photo, pyramid)?,
                })
            }
            Stage::Tracing(mut tracing) => match tracing.candidates.pop_front() {
                Some(candidate) => {
                    let face = trace(photo, pyramid, models, &candidate, &tracing.person)?;
                    tracing.faces.extend(face);
                    Stage::Tracing(tracing)
                }
                None => Stage::Traced(tracing),
            },
            Stage::Traced(Tracing { mut faces, person, far_detector_wanted, .. }) => {
                let size = |face: &Face| around(&face.mesh).side();
                faces.sort_by(|a, b| size(b).total_cmp(&size(a)));
                let person = match faces.first() {
                    Some(face) => {
                        let part = around(&face.mesh);
                        let head = (part.to_photo(0.5, 0.5 - HEAD_ABOVE), part.side() * HEAD_SIDE);
                        models.person.refine(photo, pyramid, person, head)?
                    }
                    None => person,
                };
                return Ok(Ok(Found { faces, person, far_detector_wanted }));
            }
        };
        Ok(Err(Self(next)))
    }

    /// About how much has been done, 0–1.
    pub fn progress(&self) -> f32 {
        match &self.0 {
            Stage::Begun => 0.0,
            Stage::LookedUpright(_) => 0.1,
            Stage::Detected(_) => 0.3,
            Stage::Tracing(tracing) => {
                let (done, left) = (tracing.faces.len() as f32, tracing.candidates.len() as f32);
                0.5 + 0.3 * done / (done + left).max(1.0)
            }
            Stage::Traced(_) => 0.8,
        }
    }
}

/// The faces in a photo and the person, all at once; `progress` is told how much has been done, 0–1.
pub fn find(
    photo: &Photo,
    pyramid: &Pyramid,
    models: &Models,
    mut progress: impl FnMut(f32),
) -> Result<Found, Error> {
    let mut finding = Finding::default();
    loop {
        progress(finding.progress());
        match finding.advance(photo, pyramid, models)? {
            Ok(found) => return Ok(found),
            Err(rest) => finding = rest,
        }
    }
}

/// The candidates that the detector is surest of in the photo as it stands or turned by quarters, small
/// ones only if there are no others.
fn turned(
    photo: &Photo,
    pyramid: &Pyramid,
    models: &Models,
    upright: Vec<Candidate>,
) -> Result<Vec<Candidate>, Error> {
    let surest = |candidates: &[Candidate]| candidates.first().map_or(0.0, |c| c.score);
    let mut best = upright;
    for detector in std::iter::once(&models.near).chain(&models.far) {
        if !std::ptr::eq(detector, &raw const models.near) {
            if !best.is_empty() {
                break;
            }
            best = detector.find(photo, pyramid, Part::around(photo, 0.0))?;
        }
        if surest(&best) >= SURE {
            break;
        }
        let least = surest(&best);
        for quarters in [1.0, 3.0, 2.0] {
            let part = Part::around(photo, quarters * std::f64::consts::FRAC_PI_2);
            let found = detector.find(photo, pyramid, part)?;
            if surest(&found) > surest(&best).max(least + TURNED_BY) {
                best = found;
            }
        }
    }
    Ok(best)
}

/// The face of a candidate, if it is one.
fn trace(
    photo: &Photo,
    pyramid: &Pyramid,
    models: &Models,
    candidate: &Candidate,
    person: &PersonMask,
) -> Result<Option<Face>, Error> {
    // The first mesh says better than the detector where the face lies and how it is turned.
    let Some((first, _)) = models.tracer.trace(photo, pyramid, candidate.part)? else { return Ok(None) };
    let Some((mesh, presence)) = models.tracer.trace(photo, pyramid, around(&first))? else {
        return Ok(None);
    };
    let score = candidate.score;
    if !guard::plausible(&mesh, presence, score, photo, person) {
        return Ok(None);
    }
    let part = around(&mesh);
    let again = Part::square(part.to_photo(0.5, 0.5), part.side() * AGAIN_SIDE, part.roll());
    let again = models.near.find(photo, pyramid, again)?;
    Ok(guard::seen_again(&mesh, &again).then_some(Face { mesh, presence, score }))
}
