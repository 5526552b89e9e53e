//! A small picture: pixels and their file.

use std::path::Path;

use hairline::composite::View;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// Red, green, blue, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl Picture {
    /// RGBA pixels of a view; all of them opaque.
    pub fn of(view: &View, rgba: &[u8]) -> Self {
        let rgb = rgba.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        Self { width: view.width, height: view.height, rgb }
    }

    /// Pictures of one height in a row.
    pub fn beside(panels: &[Self]) -> Self {
        let height = panels[0].height;
        let width = panels.iter().map(|p| p.width).sum();
        let row = |p: &Self, y: usize| p.rgb[y * p.width as usize * 3..][..p.width as usize * 3].to_vec();
        let rgb = (0..height as usize).flat_map(|y| panels.iter().flat_map(move |p| row(p, y))).collect();
        Self { width, height, rgb }
    }

    /// The picture in a file, if there is one.
    pub fn read(file: &Path) -> Option<Self> {
        let pixels = image::open(file).ok()?.to_rgb8();
        Some(Self { width: pixels.width(), height: pixels.height(), rgb: pixels.into_raw() })
    }

    pub fn write(&self, file: &Path) {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let mut bytes = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
        encoder.write_image(&self.rgb, self.width, self.height, ExtendedColorType::Rgb8).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}
