//! The picture on which painters are compared: a close-up of a crown, 3 megapixels, nearly all of
//! it under 40,000 dots.
//!
//! Drawn here, since no fixture is as near: skin in the shape of the plan's head, lit from the
//! camera, with the noise of a sensor, hair at the back and a wall in the corners. It goes through
//! a JPEG file, so that every bench sees the pixels that the page opens.

use hairline::Error;
use hairline::document::{Document, Setting};
use hairline::export::{DEFAULT_JPEG_QUALITY, Format, encode};
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;

/// How many dots are wanted.
const DOTS: f64 = 40_000.0;
/// How far from that they may be, as a share.
const WITHIN: f64 = 0.002;
/// Times the density is corrected.
const TRIES: usize = 6;
/// Hair begins this far up from the head's centre, in half heights.
const HAIR_FROM: f64 = 0.8;
/// sRGB codes.
const SKIN: [f64; 3] = [212.0, 170.0, 146.0];
const HAIR: [f64; 3] = [46.0, 40.0, 36.0];
const WALL: [f64; 3] = [150.0, 156.0, 166.0];

/// The photo, the plan, and an engine that has both.
pub struct Scene {
    /// A JPEG file.
    pub photo: Vec<u8>,
    /// Its density gives as many dots as are wanted.
    pub document: Document,
    /// With follicles, photo and plan.
    pub renderer: Renderer,
}

impl Scene {
    /// Draws the photo of a plan and brings the plan's density to the number of dots.
    pub fn new(plan: &str, follicles: &[u8]) -> Result<Self, Error> {
        let mut document = Document::from_json(plan)?;
        let size = document.photo;
        let format = Format::Jpeg { quality: DEFAULT_JPEG_QUALITY };
        let photo = encode(size.width, size.height, &picture(&document), format)?;
        let mut renderer = Renderer::new();
        renderer.load_follicles(follicles)?;
        renderer.open_photo(&photo)?;
        for _ in 0..TRIES {
            renderer.set_document(&document.to_json())?;
            let share = DOTS / renderer.dot_count()?.max(1) as f64;
            if (share - 1.0).abs() <= WITHIN {
                break;
            }
            // Dots are nearly in proportion to density.
            document.set_number(Setting::Density, document.dots.per_cm2 * share);
        }
        Ok(Self { photo, document, renderer })
    }
}

/// RGBA of a head that is seen from above.
fn picture(document: &Document) -> Vec<u8> {
    let head = document.fitted_head();
    let placement = &document.head;
    let mut state = 1u32;
    // Three bits from the middle of zero.
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 29) - 3.5
    };
    let mut pixels = Vec::with_capacity(document.photo.width as usize * document.photo.height as usize * 4);
    for y in 0..document.photo.height {
        for x in 0..document.photo.width {
            let p = PhotoPoint::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
            let radius = head.outline_radius(p);
            let up = (placement.centre.y - p.y) / placement.half_height;
            // Skin that faces the camera is the brightest.
            let light = 0.72 + 0.28 * (1.0 - radius * radius).max(0.0).sqrt();
            let skin = SKIN.map(|v| v * light);
            let strand = 4.0 * noise();
            let head = mix(skin, HAIR.map(|v| v + strand), soft((up - HAIR_FROM) * placement.half_height));
            let colour = mix(head, WALL, soft((radius - 1.0) * placement.half_width));
            let grain = noise();
            pixels.extend(colour.map(|v| (v + grain).clamp(0.0, 255.0) as u8));
            pixels.push(255);
        }
    }
    pixels
}

/// Share of what lies beyond an edge, so many px past it: an edge as a lens draws it.
fn soft(px: f64) -> f64 {
    let t = (px / 3.0 + 0.5).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn mix(a: [f64; 3], b: [f64; 3], t: f64) -> [f64; 3] {
    [0, 1, 2].map(|k| a[k] + (b[k] - a[k]) * t)
}
