//! Looking at the open photo for face, head and skin, in pieces.

use super::stages::Stages;
use super::{Renderer, Seen};
use crate::Error;
use crate::analysis::{Analysis, Findings, Request, Stage};
use crate::face::{ModelFiles, Models};

/// The face models, as their files come in.
#[derive(Default)]
pub(super) struct LoadedModels {
    detector: Option<Vec<u8>>,
    mesh: Option<Vec<u8>>,
    person: Option<Vec<u8>>,
    far: Option<Vec<u8>>,
    ready: Option<Models>,
}

/// How a measurement stands.
#[derive(Debug)]
pub enum Measuring {
    /// What the next piece belongs to.
    Under(Stage),
    /// What was found.
    Done(Box<Findings>),
}

impl LoadedModels {
    /// The networks, read when they are needed first.
    fn ready(&mut self) -> Result<&Models, Error> {
        if self.ready.is_none() {
            let missing = || Error::BadModel { reason: "one of its files is missing" };
            let mut models = Models::read(ModelFiles {
                detector: self.detector.as_deref().ok_or_else(missing)?,
                mesh: self.mesh.as_deref().ok_or_else(missing)?,
                person: self.person.as_deref().ok_or_else(missing)?,
            })?;
            if let Some(far) = &self.far {
                models.add_far_detector(far)?;
            }
            self.ready = Some(models);
            // Read, the weights are held in another form.
            (self.detector, self.mesh, self.person, self.far) = (None, None, None, None);
        }
        self.ready.as_ref().ok_or(Error::BadModel { reason: "it cannot be read" })
    }
}

impl Renderer {
    /// Takes the bytes of a model: `detector`, `mesh`, `person` or `far`.
    pub fn load_model(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let models = &mut self.models;
        match (name, &mut models.ready) {
            ("far", Some(ready)) => ready.add_far_detector(&bytes)?,
            ("far", None) => models.far = Some(bytes),
            ("detector", _) => models.detector = Some(bytes),
            ("mesh", _) => models.mesh = Some(bytes),
            ("person", _) => models.person = Some(bytes),
            _ => return Err(Error::BadModel { reason: "nobody knows its name" }),
        }
        Ok(())
    }

    /// Begins to look at the open photo; a look under way is given up.
    pub fn begin_measuring(&mut self, request: Request) -> Result<(), Error> {
        self.opened.as_ref().ok_or(Error::NoPhoto)?;
        self.models.ready()?;
        self.analysis = Some(Analysis::new(request));
        Ok(())
    }

    /// Does one bounded piece of the look. What is found stays with the photo: skin is read by it from
    /// then on.
    pub fn advance_measuring(&mut self) -> Result<Measuring, Error> {
        let analysis = self.analysis.take().ok_or(Error::NoPhoto)?;
        let opened = self.opened.as_mut().ok_or(Error::NoPhoto)?;
        match analysis.advance(&opened.photo, &opened.pyramid, self.models.ready()?)? {
            Err(rest) => {
                let stage = rest.stage();
                self.analysis = Some(rest);
                Ok(Measuring::Under(stage))
            }
            Ok(findings) => {
                let mesh = findings.chosen.and_then(|i| findings.faces.get(i)).map(|face| face.mesh.clone());
                opened.seen = Some(Seen { mesh, person: findings.person.clone() });
                // Whatever was made by less is made anew; what has just been read need not be.
                self.frame = None;
                self.drawn = false;
                self.export = None;
                self.stages = Stages::of_skin(findings.document.fitted_head(), findings.skin.clone());
                self.document = Some(findings.document.clone());
                Ok(Measuring::Done(findings))
            }
        }
    }

    /// Gives the look up.
    pub fn cancel_measuring(&mut self) {
        self.analysis = None;
    }

    /// Looks at the open photo at once.
    pub fn measure(&mut self, request: Request) -> Result<Box<Findings>, Error> {
        self.begin_measuring(request)?;
        loop {
            if let Measuring::Done(findings) = self.advance_measuring()? {
                return Ok(findings);
            }
        }
    }
}
