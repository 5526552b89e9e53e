//! Everything that can go wrong with what a person supplies, each as one clear sentence.

use thiserror::Error as ThisError;

/// What could not be done, worded for the person who asked for it.
///
/// `Display` is the English sentence; [`Error::code`] is the stable name under which a page looks
/// up its own wording.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum Error {
    /// The file holds no bytes at all.
    #[error("This file is empty, so please choose another photo.")]
    EmptyFile,
    /// The bytes are none of the formats that can be read.
    #[error("This file is not a photo that can be opened: please choose a JPEG, PNG or WebP picture.")]
    NotAPhoto,
    /// HEIC/HEIF, recognised so that the advice can be exact.
    #[error(
        "This photo is in the HEIC format, which cannot be opened here: please save it as JPEG and choose it again."
    )]
    Heic,
    /// WebP where the engine has no decoder of its own: the page lets the browser decode it.
    #[error("This WebP picture cannot be opened here: please save it as JPEG and choose it again.")]
    WebP,
    /// The file begins like a photo but ends early or is broken inside.
    #[error("This photo is damaged or was not completely downloaded: please choose another copy of it.")]
    DamagedPhoto,
    /// More pixels than the preview takes in.
    #[error(
        "This photo is too large ({width} × {height} pixels): the largest that can be opened has {limit_megapixels} megapixels."
    )]
    PhotoTooLarge {
        /// Width in pixels, as the file declares it.
        width: u32,
        /// Height in pixels, as the file declares it.
        height: u32,
        /// The limit in force, in millions of pixels.
        limit_megapixels: u32,
    },
    /// Fewer pixels than a head can be seen in.
    #[error(
        "This photo is too small ({width} × {height} pixels): please choose one of at least {limit} pixels on each side."
    )]
    PhotoTooSmall {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Least side in pixels.
        limit: u32,
    },
    /// A document that cannot be read.
    #[error("This plan cannot be opened: {reason}.")]
    BadDocument {
        /// What is wrong with it, as part of a sentence.
        reason: String,
    },
    /// The follicle set could not be read.
    #[error("The follicle set is damaged, so please reload the page.")]
    BadFollicleSet,
    /// A file of a neural network could not be read.
    #[error("A model that reads the photo cannot be used, so please reload the page: {reason}.")]
    BadModel {
        /// What is wrong with it, as part of a sentence.
        reason: &'static str,
    },
    /// Something was asked before a photo was opened.
    #[error("Please choose a photo first.")]
    NoPhoto,
    /// A part of the picture was asked for that cannot be drawn.
    #[error("This part of the picture cannot be shown.")]
    BadView,
    /// A piece of a file was asked for that nobody began, or whose plan has changed since.
    #[error("The picture has changed since, so please save it again.")]
    NothingToSave,
    /// The picture could not be written.
    #[error("The picture could not be saved.")]
    CannotEncode,
}

impl Error {
    /// The stable name of this error, in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::NotAPhoto => "not-a-photo",
            Self::Heic => "heic",
            Self::WebP => "webp",
            Self::DamagedPhoto => "damaged-photo",
            Self::PhotoTooLarge { .. } => "photo-too-large",
            Self::PhotoTooSmall { .. } => "photo-too-small",
            Self::BadDocument { .. } => "bad-document",
            Self::BadFollicleSet => "bad-follicle-set",
            Self::BadModel { .. } => "bad-model",
            Self::NoPhoto => "no-photo",
            Self::BadView => "bad-view",
            Self::NothingToSave => "nothing-to-save",
            Self::CannotEncode => "cannot-encode",
        }
    }
}
