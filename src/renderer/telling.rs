//! What is said of the plan on the open photo.

use super::Renderer;
use crate::Error;
use crate::density::Lattice;
use crate::document::{Document, Known, Warning, warnings};
use crate::estimate::{Estimate, Rates, estimate, long_hair_share};
use crate::head::Head;
use crate::skin::Skin;

impl Renderer {
    /// How much there is to do, with the room for dots that the photo shows.
    pub fn estimate(&mut self, rates: Rates) -> Result<Estimate, Error> {
        while !self.advance()? {}
        let (document, head, skin) = self.told()?;
        Ok(estimate(document, head, &Lattice::new(head), rates, Some(&|p| skin.room.at(p))))
    }

    /// What speaks against the plan, by the person's colours and hair too.
    pub fn warnings(&mut self) -> Result<Vec<Warning>, Error> {
        while !self.advance()? {}
        let (document, head, skin) = self.told()?;
        let known = Known {
            complexion: Some(&skin.complexion),
            long_hair_share: Some(long_hair_share(document, head, &Lattice::new(head), |p| {
                skin.room.at(p).max(1.0 - skin.hair.at(p))
            })),
        };
        Ok(warnings(document, head, known))
    }

    fn told(&self) -> Result<(&Document, &Head, &Skin), Error> {
        let (document, stages) = (self.document.as_ref(), &self.stages);
        document
            .zip(stages.head())
            .zip(stages.skin())
            .map(|((document, head), skin)| (document, head, skin))
            .ok_or(Error::NoPhoto)
    }
}
