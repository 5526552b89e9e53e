//! Photo files to upright sRGB pixels.
//!
//! ```text
//! bytes ─ format (by content) ─ jpeg | raster ─ colour (ICC → sRGB) ─ on white ─ upright
//! ```
//!
//! The same bytes give the same pixels on every target: each step is integer arithmetic or plain
//! `+ - * /` in a fixed order. `zune-jpeg` picks AVX2 code at run time where the machine has it
//! (it offers no way to turn that off); its pixels equalled those of the portable code, which
//! WebAssembly runs, on 2,900 files of every sampling, and digests in
//! `tests/photo/same_everywhere.rs` keep watch.
//!
//! Memory: one RGBA buffer of the whole picture, decoded into directly and converted in place. Only
//! a quarter turn takes a second one, for as long as it lasts.

mod colour;
mod format;
mod jpeg;
mod jpeg_huffman;
mod jpeg_markers;
mod jpeg_scan;
mod lens;
mod raster;
mod rgba;

use image::RgbaImage;
use image::imageops::{
    flip_horizontal_in_place, flip_vertical_in_place, rotate90, rotate180_in_place, rotate270,
};
use image::metadata::Orientation;

use crate::Error;
use colour::Conversion;
use format::Format;

/// Most pixels a photo may have: a phone's 48-megapixel picture fits, and its RGBA buffer (200 MB)
/// can still be turned within what a 32-bit address space gives a browser tab.
pub const MAX_PIXELS: u64 = 50_000_000;

/// Least length of each side in pixels. Below it no head can be made out.
pub const MIN_SIDE: u32 = 64;

/// An upright photo in sRGB: what the person sees when opening the file anywhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    /// Focal length on 35 mm film, µm.
    focal_length_um: Option<u32>,
}

impl Photo {
    /// Reads a JPEG, PNG or (natively) WebP file, recognised by its content whatever its name was.
    ///
    /// The picture is turned as its EXIF orientation says and converted to sRGB by its embedded
    /// ICC profile (a missing or broken profile means sRGB). Transparent places become white. Of
    /// an animation it is the first frame.
    ///
    /// A file that is cut short is [`Error::DamagedPhoto`], never a picture with a grey remainder.
    /// Bytes after the end of the picture (motion photos, gain maps) are ignored.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let decoded = match format::sniff(bytes)? {
            Format::Jpeg => jpeg::decode(bytes)?,
            Format::Png => raster::decode_png(bytes)?,
            Format::WebP => raster::decode_webp(bytes)?,
        };
        decoded.finish()
    }

    /// Takes over pixels that were decoded elsewhere: upright sRGB, row by row from the top,
    /// 4 bytes each (red, green, blue, alpha, not premultiplied). Transparent places become white.
    pub fn from_rgba(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, Error> {
        check_size(width, height)?;
        if rgba.len() as u64 != u64::from(width) * u64::from(height) * 4 {
            return Err(Error::DamagedPhoto);
        }
        let mut photo = Self { width, height, rgba, focal_length_um: None };
        compose_on_white(&mut photo.rgba);
        Ok(photo)
    }

    /// Width of the upright picture in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height of the upright picture in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The focal length that would have shown as much on the diagonal of 35 mm film (36 × 24 mm), mm, if
    /// the camera has noted it and the picture is the whole that it took. The focal length in px is so much
    /// of the picture's diagonal as this is of 43.27 mm.
    pub fn focal_length_35mm(&self) -> Option<f64> {
        self.focal_length_um.map(|um| f64::from(um) / 1000.0)
    }

    /// The focal length in px, under the same conditions.
    pub fn focal_px(&self) -> Option<f64> {
        let diagonal = libm::hypot(f64::from(self.width), f64::from(self.height));
        Some(self.focal_length_35mm()? / lens::FILM_DIAGONAL_MM * diagonal)
    }

    /// The pixels, row by row from the top: sRGB red, green, blue and 255.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} × {})", self.width, self.height)
    }
}

/// A picture as it lies in its file, before it is upright and sRGB.
struct Decoded {
    width: u32,
    height: u32,
    /// `width * height * 4` bytes.
    rgba: Vec<u8>,
    /// Whether the file holds one channel of light only, so that a grey profile applies.
    grey: bool,
    /// Whether any alpha can be below 255.
    transparent: bool,
    /// The EXIF block, from its TIFF header on.
    exif: Option<Vec<u8>>,
    icc: Option<Vec<u8>>,
}

impl Decoded {
    fn finish(mut self) -> Result<Photo, Error> {
        if let Some(profile) = &self.icc {
            Conversion::to_srgb(profile, self.grey).apply(&mut self.rgba);
        }
        if self.transparent {
            compose_on_white(&mut self.rgba);
        }
        let orientation =
            self.exif.as_deref().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
        let focal_length_um =
            self.exif.as_deref().and_then(|exif| lens::focal_length_um(exif, self.width, self.height));
        let picture = RgbaImage::from_raw(self.width, self.height, self.rgba).ok_or(Error::DamagedPhoto)?;
        let picture = upright(picture, orientation);
        let (width, height) = (picture.width(), picture.height());
        Ok(Photo { width, height, rgba: picture.into_raw(), focal_length_um })
    }
}

/// Turns a picture as its EXIF orientation says. `DynamicImage::apply_orientation` does the same for
/// every kind of pixel, which a page has to load.
fn upright(mut picture: RgbaImage, orientation: Orientation) -> RgbaImage {
    match orientation {
        Orientation::NoTransforms => {}
        Orientation::Rotate180 => rotate180_in_place(&mut picture),
        Orientation::FlipHorizontal => flip_horizontal_in_place(&mut picture),
        Orientation::FlipVertical => flip_vertical_in_place(&mut picture),
        Orientation::Rotate90 => return rotate90(&picture),
        Orientation::Rotate270 => return rotate270(&picture),
        Orientation::Rotate90FlipH => {
            picture = rotate90(&picture);
            flip_horizontal_in_place(&mut picture);
        }
        Orientation::Rotate270FlipH => {
            picture = rotate270(&picture);
            flip_horizontal_in_place(&mut picture);
        }
    }
    picture
}

/// Refuses sizes outside the limits. Called with what a file declares, before anything of that
/// size is allocated.
fn check_size(width: u32, height: u32) -> Result<(), Error> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Error::PhotoTooLarge {
            width,
            height,
            limit_megapixels: (MAX_PIXELS / 1_000_000) as u32,
        });
    }
    if width < MIN_SIDE || height < MIN_SIDE {
        return Err(Error::PhotoTooSmall { width, height, limit: MIN_SIDE });
    }
    Ok(())
}

/// Lays the picture on white paper, blending sRGB codes as browsers do.
fn compose_on_white(rgba: &mut [u8]) {
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        if alpha == 255 {
            continue;
        }
        for code in &mut pixel[..3] {
            *code = ((u32::from(*code) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
        pixel[3] = 255;
    }
}
