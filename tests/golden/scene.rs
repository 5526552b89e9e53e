//! What the goldens show: cards of plain skin with dots set by hand, and heads drawn by formula.

use hairline::composite::{
    Coverage, Frame, SkinLight, Spread, Tone, ToneSource, View, code_of_scene, scene_of_code,
};
use hairline::document::{Document, PhotoSize, Setting};
use hairline::dots::{Dot, Moment};
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;

use crate::picture::Picture;

/// sRGB codes of skin.
pub const LIGHT: [u8; 3] = [214, 178, 152];
pub const MEDIUM: [u8; 3] = [164, 120, 92];
pub const DARK: [u8; 3] = [98, 66, 50];
const WALL: [u8; 3] = [120, 124, 130];

/// A round dot of that effective diameter on skin that is seen at an angle, tilted by 30° in the
/// picture.
pub fn dot([x, y]: [f64; 2], diameter_mm: f32, cosine: f32, px_per_mm: f32) -> Dot {
    let strength = 0.85;
    let diameter = diameter_mm * px_per_mm;
    let (long, short) = (diameter * diameter / 8.0, diameter * diameter / 8.0 * cosine * cosine);
    let (cc, ss, cs) = (0.75, 0.25, 0.433_012_7);
    Dot {
        photo: PhotoPoint::new(x, y),
        covariance: [long * ss + short * cc, (short - long) * cs, long * cc + short * ss],
        mass: strength * std::f32::consts::FRAC_PI_4 * diameter * diameter * cosine,
        diameter_mm,
        strength,
        rank: 0,
        place: 0,
    }
}

/// Dots 0.9 mm apart in rows, each a little beside its place.
pub fn even_dots([width, height]: [u32; 2], diameter_mm: f32, px_per_mm: f32) -> Vec<Dot> {
    let step = 0.9 * f64::from(px_per_mm);
    let mut dots = Vec::new();
    let (mut row, mut y) = (0, 0.4 * step);
    while y < f64::from(height) {
        let mut x = if row % 2 == 0 { 0.3 } else { 0.8 } * step;
        while x < f64::from(width) {
            let beside = |k: usize| ((dots.len() * k % 7) as f64 - 3.0) * 0.05 * step;
            let place = [x + beside(3), y + beside(5)];
            let mut spot = dot(place, diameter_mm, 1.0, px_per_mm);
            spot.rank = dots.len() as u32;
            dots.push(spot);
            x += step;
        }
        (row, y) = (row + 1, y + 0.87 * step);
    }
    dots
}

/// Mirror light of a round highlight in the middle, scene light.
pub fn highlight([width, height]: [u32; 2]) -> Vec<f64> {
    let (cx, cy) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let radius = cx.min(cy);
    (0..width * height)
        .map(|i| {
            let (dx, dy) = (f64::from(i % width) + 0.5 - cx, f64::from(i / width) + 0.5 - cy);
            let r2 = (dx * dx + dy * dy) / (radius * radius);
            0.8 * (1.0 - r2).max(0.0) * (1.0 - r2).max(0.0)
        })
        .collect()
}

/// Plain skin under mirror light (empty: none) with these dots, at 100 %.
pub fn card(
    [width, height]: [u32; 2],
    skin: [u8; 3],
    mirrored: &[f64],
    blur_px: f32,
    transmittance: [f64; 3],
    dots: &[Dot],
) -> Picture {
    let view = View::new(0.0, 0.0, 1.0, width, height).unwrap();
    let light = skin.map(|code| scene_of_code(f64::from(code)));
    let mean = light.iter().sum::<f64>() / 3.0;
    let mut before = Vec::new();
    let mut diffuse = Vec::new();
    for i in 0..(width * height) as usize {
        let shine = mirrored.get(i).copied().unwrap_or(0.0);
        before.extend(light.map(|x| (code_of_scene(x + shine) + 0.5) as u8));
        before.push(255);
        diffuse.push((255.0 * mean / (mean + shine) + 0.5) as u8);
    }
    let mut frame = Frame::new(view, Spread::new(&view, blur_px), before, diffuse, Coverage::default());
    frame.redraw(dots);
    let source = ToneSource { skin: SkinLight { light, gloss: 0.0 }, ..ToneSource::plain(transmittance) };
    frame.paint(&Tone::new(source));
    Picture::of(&view, frame.after())
}

/// A head drawn by formula, opened and planned as any photo.
pub struct Scalp {
    renderer: Renderer,
    document: Document,
}

impl Scalp {
    /// A piece of evenly lit scalp as near as in a 12-megapixel portrait.
    pub fn close() -> Self {
        let size = PhotoSize { width: 800, height: 800 };
        let mut document = Document::starting(size);
        document.head.centre = PhotoPoint::new(400.0, 790.0);
        (document.head.half_width, document.head.half_height) = (760.0, 790.0);
        let mut scalp = Self::of(size, document, |_, _| LIGHT);
        scalp.behind_everything();
        scalp
    }

    /// A head as large as in a 3-megapixel portrait, evenly lit and without a wall behind.
    pub fn whole() -> Self {
        let size = PhotoSize { width: 1000, height: 1000 };
        let mut document = Document::starting(size);
        document.head.centre = PhotoPoint::new(500.0, 520.0);
        (document.head.half_width, document.head.half_height) = (380.0, 460.0);
        document.hairline.points = hairline::hairline::suggest(&document.fitted_head());
        Self::of(size, document, |_, _| LIGHT)
    }

    fn of(size: PhotoSize, document: Document, colour: impl Fn(f64, f64) -> [u8; 3]) -> Self {
        let pixels = (0..size.width * size.height).flat_map(|i| {
            let [r, g, b] = colour(f64::from(i % size.width) + 0.5, f64::from(i / size.width) + 0.5);
            [r, g, b, 255]
        });
        let photo = Photo::from_rgba(size.width, size.height, pixels.collect()).unwrap();
        let follicles = concat!(env!("CARGO_MANIFEST_DIR"), "/www/assets/follicles.bin");
        let mut renderer = Renderer::new();
        renderer.load_follicles(&std::fs::read(follicles).unwrap()).unwrap();
        renderer.open(photo);
        renderer.set_document(&document.to_json()).unwrap();
        Self { renderer, document }
    }

    /// The line far below, so that full density is everywhere.
    fn behind_everything(&mut self) {
        let (width, height) = (f64::from(self.document.photo.width), f64::from(self.document.photo.height));
        self.document.hairline.points =
            [0.0, 0.5, 1.0].map(|k| PhotoPoint::new(k * width, 2.0 * height)).to_vec();
        self.document.hairline.suggested = false;
        self.renderer.set_document(&self.document.to_json()).unwrap();
    }

    /// Changes a decision.
    pub fn set(&mut self, setting: Setting, value: f64) {
        self.document.set_number(setting, value);
        self.renderer.set_document(&self.document.to_json()).unwrap();
    }

    /// A piece of the scalp that faces the camera, at 100 %.
    pub fn panel(&mut self, size: [u32; 2]) -> Picture {
        let middle = self.document.head.centre;
        self.shown(PhotoPoint::new(middle.x, 0.5 * middle.y), 1.0, size)
    }

    /// The same at a moment.
    pub fn panel_at(&mut self, size: [u32; 2], moment: Moment) -> Picture {
        self.renderer.set_moment(moment);
        self.panel(size)
    }

    /// The crown, turned to the camera, that many view px a photo px.
    pub fn zoomed(&mut self, size: [u32; 2], scale: f64) -> Picture {
        self.document.head.pitch_degrees = 80.0;
        self.behind_everything();
        self.shown(self.document.head.centre, scale, size)
    }

    /// The middle of the hairline, most of the picture behind it.
    pub fn edge(&mut self, size: [u32; 2]) -> Picture {
        let middle = self.document.hairline.points[self.document.hairline.middle()];
        self.shown(PhotoPoint::new(middle.x, middle.y - 0.3 * f64::from(size[1])), 1.0, size)
    }

    /// The limb of a head lit from the front, before a wall, dots all over.
    pub fn before_a_wall(view: [u32; 2]) -> Picture {
        let size = PhotoSize { width: 600, height: 600 };
        let mut document = Document::starting(size);
        document.head.centre = PhotoPoint::new(300.0, 320.0);
        (document.head.half_width, document.head.half_height) = (220.0, 260.0);
        let head = document.head.clone();
        let colour = move |x: f64, y: f64| {
            let (u, v) = ((x - head.centre.x) / head.half_width, (y - head.centre.y) / head.half_height);
            let r2 = u * u + v * v;
            if r2 > 1.0 {
                return WALL;
            }
            let light = 0.45 + 0.55 * (1.0 - r2).sqrt();
            LIGHT.map(|code| (code_of_scene(scene_of_code(f64::from(code)) * light) + 0.5) as u8)
        };
        let at = PhotoPoint::new(300.0 + 0.7 * 220.0, 320.0 - 0.7 * 260.0);
        let mut scalp = Self::of(size, document, colour);
        scalp.behind_everything();
        scalp.shown(at, 1.0, view)
    }

    fn shown(&mut self, middle: PhotoPoint, scale: f64, [width, height]: [u32; 2]) -> Picture {
        let start = |middle: f64, side: u32| (middle - 0.5 * f64::from(side) / scale).floor();
        let view = View::new(start(middle.x, width), start(middle.y, height), scale, width, height).unwrap();
        let pixels = self.renderer.frame(&view, 0).unwrap().pixels;
        assert!(pixels.chunks_exact(4).all(|p| p[3] == 255), "the view leaves the photo");
        Picture::of(&view, &pixels)
    }
}
