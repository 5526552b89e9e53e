//! The exact geometry of a rendered head, as far as it is stored.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// A grid of numbers over the photo; cell `i` belongs to the photo pixel `i · step`.
pub struct Plane {
    pub width: usize,
    pub height: usize,
    /// Numbers of each cell.
    pub depth: usize,
    /// Photo px between cells.
    pub step: f64,
    pub values: Vec<f32>,
}

impl Plane {
    /// The numbers at a photo pixel; none outside.
    pub fn at(&self, x: f64, y: f64) -> Option<&[f32]> {
        let (i, j) = ((x / self.step).floor(), (y / self.step).floor());
        if i < 0.0 || j < 0.0 || i >= self.width as f64 || j >= self.height as f64 {
            return None;
        }
        let first = (j as usize * self.width + i as usize) * self.depth;
        self.values.get(first..first + self.depth)
    }
}

/// The cosine to the camera and the place on the head (mm) of each pixel.
pub struct Geometry {
    pub cosine: Plane,
    pub place: Plane,
}

impl Geometry {
    /// From `NAME_geo.npz`; the photo is `width` px wide.
    pub fn read(path: &Path, width: f64) -> Result<Self, String> {
        let wrong = |e: String| format!("{}: {e}", path.display());
        let file = BufReader::new(File::open(path).map_err(|e| wrong(e.to_string()))?);
        let mut archive = npyz::npz::NpzArchive::new(file).map_err(|e| wrong(e.to_string()))?;
        let mut plane = |name: &str| -> Result<Plane, String> {
            let array = archive
                .by_name(name)
                .map_err(|e| wrong(e.to_string()))?
                .ok_or_else(|| wrong(format!("there is no {name}")))?;
            let shape: Vec<usize> = array.shape().iter().map(|&n| n as usize).collect();
            let values: Vec<half::f16> = array.into_vec().map_err(|e| wrong(e.to_string()))?;
            let (&[h, w] | &[h, w, _]) = &shape[..] else {
                return Err(wrong(format!("{name} is no picture")));
            };
            Ok(Plane {
                width: w,
                height: h,
                depth: shape.get(2).copied().unwrap_or(1),
                step: (width / w as f64).round(),
                values: values.into_iter().map(f32::from).collect(),
            })
        };
        Ok(Self { cosine: plane("cos")?, place: plane("head_xyz_mm")? })
    }
}
