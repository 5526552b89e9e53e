//! The networks that read a face, ready to run.

use super::detect::Detector;
use super::person::PersonFinder;
use super::trace::Tracer;
use crate::Error;
use crate::nn::Network;

/// The networks that find a face, trace it and tell a person from the background.
#[derive(Debug)]
pub struct Models {
    pub(super) near: Detector,
    pub(super) far: Option<Detector>,
    pub(super) tracer: Tracer,
    pub(super) person: PersonFinder,
}

/// The bytes of the model files, as they lie in `www/models`.
#[derive(Debug, Clone, Copy)]
pub struct ModelFiles<'a> {
    /// `face_detection_short_range.tflite`.
    pub detector: &'a [u8],
    /// `face_landmark_with_attention.tflite`.
    pub mesh: &'a [u8],
    /// `selfie_segmentation.tflite`.
    pub person: &'a [u8],
}

impl Models {
    /// Reads the three files that every search needs. [`Error::BadModel`] if one of them is anything else.
    pub fn read(files: ModelFiles) -> Result<Self, Error> {
        Ok(Self {
            near: Detector::near(files.detector)?,
            far: None,
            tracer: Tracer::new(files.mesh)?,
            person: PersonFinder::new(files.person)?,
        })
    }

    /// Adds `face_detection_full_range.tflite`, with which small faces are found as well. It is only used
    /// where the other detector finds nothing, so it can be loaded when that has happened
    /// ([`super::Found::far_detector_wanted`]).
    pub fn add_far_detector(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.far = Some(Detector::far(bytes)?);
        Ok(())
    }
}

/// Refuses a network that takes in or gives out anything else than expected.
pub(super) fn expect(network: &Network, side: usize, outputs: &[usize]) -> Result<(), Error> {
    let fits = network.input_shape() == [1, side, side, 3] && network.output_lengths() == outputs;
    if fits { Ok(()) } else { Err(other()) }
}

pub(super) fn other() -> Error {
    Error::BadModel { reason: "it is another model than expected" }
}
