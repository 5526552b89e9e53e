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

/// Most candidates of each detector that are traced.
const MOST_CANDIDATES: usize = 8;
/// Turned pictures are looked at if nothing upright is as sure as this.
const SURE: f32 = 0.9;
/// A turned picture's candidates count for so much less: most photos are upright, and a face on its head
/// looks a little like a face.
const TURNED_LESS: f32 = 0.1;
/// The detector must be this sure of a further face, as a share of how sure it is of the first.
const FURTHER_FACE: f32 = 0.75;
/// Two faces' middles are at least so far apart, in the sum of the sides of the parts around them.
const SAME_FACE: f64 = 0.35;
/// The square that the finer mask covers, in sides of the part around the mesh, and how far its middle
/// lies above that of the mesh: the skull's, not the face's.
const HEAD_SIDE: f64 = 1.5;
const HEAD_ABOVE: f64 = 0.2;
/// What the detector's second look covers, likewise.
const AGAIN_SIDE: f64 = 1.5;

/// One look of a detector at the photo.
#[derive(Debug, Clone, Copy)]
struct Glance {
    far: bool,
    quarter_turns: u8,
}

/// A search for faces: what is left to do, and what has been found so far. Start with
/// [`Finding::default`].
#[derive(Debug, Clone)]
pub struct Finding {
    glances: VecDeque<Glance>,
    candidates: Vec<Candidate>,
    /// How many of them may still be traced.
    trials: usize,
    /// Where the person is in the whole photo.
    person: Option<PersonMask>,
    /// Faces, each with the person around it.
    faces: Vec<(Face, PersonMask)>,
    /// Whether a small person's head has been looked at closely.
    closer: bool,
    /// Whether small faces have been looked for everywhere.
    far: bool,
    /// Pieces done.
    done: u8,
}

impl Default for Finding {
    fn default() -> Self {
        Self {
            glances: glances(false),
            candidates: Vec::new(),
            trials: MOST_CANDIDATES,
            person: None,
            faces: Vec::new(),
            closer: false,
            far: false,
            done: 0,
        }
    }
}

/// The looks of one detector, the likeliest first.
fn glances(far: bool) -> VecDeque<Glance> {
    [0, 1, 3, 2].map(|quarter_turns| Glance { far, quarter_turns }).into()
}

impl Finding {
    /// Does the next piece, always with the same arguments: what is left to do, or what was found.
    pub fn advance(
        mut self,
        photo: &Photo,
        pyramid: &Pyramid,
        models: &Models,
    ) -> Result<Result<Found, Self>, Error> {
        self.done = self.done.saturating_add(1);
        if let Some(glance) = self.glances.pop_front() {
            self.glance(photo, pyramid, models, glance)?;
            return Ok(Err(self));
        }
        let Some(person) = self.person.take() else {
            self.person = Some(models.person.find(photo, pyramid)?);
            return Ok(Err(self));
        };
        if let Some(candidate) = self.likeliest() {
            let further = |part: Part| {
                self.faces.iter().all(|(face, _)| {
                    candidate.score >= FURTHER_FACE * face.score && !is_same(around(&face.mesh), part)
                })
            };
            if further(candidate.part) {
                let face = trace(photo, pyramid, models, &candidate, &person)?;
                if let Some(face) = face.filter(|(face, _)| further(around(&face.mesh))) {
                    let size = |(face, _): &(Face, PersonMask)| around(&face.mesh).side();
                    let larger = self.faces.iter().take_while(|other| size(other) >= size(&face)).count();
                    self.faces.insert(larger, face);
                }
            }
        } else if let Some((centre, side)) = person.head().filter(|_| self.faces.is_empty() && !self.closer) {
            // The person is small, and shows where the face must be.
            self.closer = true;
            self.trials = MOST_CANDIDATES;
            self.candidates = models.near.find(photo, pyramid, Part::square(centre, side, 0.0))?;
        } else if self.faces.is_empty() && !self.far && models.far.is_some() {
            self.far = true;
            self.glances = glances(true);
            self.trials = MOST_CANDIDATES;
            self.candidates.clear();
        } else {
            let (faces, mut persons): (Vec<Face>, Vec<PersonMask>) = self.faces.into_iter().unzip();
            let person = match (persons.is_empty(), person.head()) {
                (false, _) => persons.swap_remove(0),
                (true, Some(head)) => models.person.refine(photo, pyramid, &person, head)?,
                (true, None) => person,
            };
            return Ok(Ok(Found { far_detector_wanted: faces.is_empty() && !self.far, faces, person }));
        }
        self.person = Some(person);
        Ok(Err(self))
    }

    /// Looks once.
    fn glance(
        &mut self,
        photo: &Photo,
        pyramid: &Pyramid,
        models: &Models,
        Glance { far, quarter_turns }: Glance,
    ) -> Result<(), Error> {
        let detector = models.far.as_ref().filter(|_| far).unwrap_or(&models.near);
        let roll = f64::from(quarter_turns) * std::f64::consts::FRAC_PI_2;
        let found = detector.find(photo, pyramid, Part::around(photo, roll))?;
        if found.iter().any(|candidate| candidate.score >= SURE) {
            self.glances.clear();
        }
        self.candidates.extend(found);
        Ok(())
    }

    /// The candidate that is likeliest to be a face, taken out; none if enough have been tried.
    fn likeliest(&mut self) -> Option<Candidate> {
        self.trials = self.trials.checked_sub(1)?;
        let candidates = self.candidates.iter().enumerate();
        let (at, _) = candidates.max_by(|(_, a), (_, b)| likelihood(a).total_cmp(&likelihood(b)))?;
        Some(self.candidates.swap_remove(at))
    }

    /// About how much has been done, 0–1: a face that is well to be seen takes four pieces.
    pub fn progress(&self) -> f32 {
        let done = f32::from(self.done);
        done / (done + 2.0)
    }
}

/// Whether two parts are around the same face: the middles of two are a face's breadth apart.
fn is_same(a: Part, b: Part) -> bool {
    a.to_photo(0.5, 0.5).distance(b.to_photo(0.5, 0.5)) < SAME_FACE * (a.side() + b.side())
}

/// How sure the detector is, less for a face that lies on its side or stands on its head.
fn likelihood(candidate: &Candidate) -> f32 {
    let turned = candidate.part.roll().abs() > std::f64::consts::FRAC_PI_4;
    if turned { candidate.score - TURNED_LESS } else { candidate.score }
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

/// The face of a candidate, if it is one, and the person around it.
fn trace(
    photo: &Photo,
    pyramid: &Pyramid,
    models: &Models,
    candidate: &Candidate,
    person: &PersonMask,
) -> Result<Option<(Face, PersonMask)>, Error> {
    // The first mesh says better than the detector where the face lies and how it is turned.
    let Some((first, _)) = models.tracer.trace(photo, pyramid, candidate.part)? else { return Ok(None) };
    let Some((mesh, presence)) = models.tracer.trace(photo, pyramid, around(&first))? else {
        return Ok(None);
    };
    let score = candidate.score;
    if !guard::plausible(&mesh, presence, score, photo) {
        return Ok(None);
    }
    let part = around(&mesh);
    let again = Part::square(part.to_photo(0.5, 0.5), part.side() * AGAIN_SIDE, part.roll());
    if !guard::seen_again(&mesh, &models.near.find(photo, pyramid, again)?) {
        return Ok(None);
    }
    let head = (part.to_photo(0.5, 0.5 - HEAD_ABOVE), part.side() * HEAD_SIDE);
    let person = models.person.refine(photo, pyramid, person, head)?;
    Ok(guard::within(&mesh, &person).then_some((Face { mesh, presence, score }, person)))
}
