//! The exact geometry of a rendered head, as far as it is stored.

use std::fs::File;
use std::io::{BufReader, Read as _};
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

impl Plane {
    /// The numbers between the cells around a photo pixel; none where one of them is none.
    pub fn between(&self, x: f64, y: f64) -> Option<Vec<f64>> {
        let (i, j) = (x / self.step, y / self.step);
        let (u, v) = (i.fract(), j.fract());
        let corner = |di: f64, dj: f64| self.at((i.floor() + di) * self.step, (j.floor() + dj) * self.step);
        let corners = [corner(0.0, 0.0)?, corner(1.0, 0.0)?, corner(0.0, 1.0)?, corner(1.0, 1.0)?];
        let weights = [(1.0 - u) * (1.0 - v), u * (1.0 - v), (1.0 - u) * v, u * v];
        let sum = |k: usize| corners.iter().zip(weights).map(|(c, w)| f64::from(c[k]) * w).sum::<f64>();
        let numbers: Vec<f64> = (0..self.depth).map(sum).collect();
        numbers.iter().all(|n| n.is_finite()).then_some(numbers)
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
        let mut archive = zip::ZipArchive::new(file).map_err(|e| wrong(e.to_string()))?;
        let mut plane = |name: &str| -> Result<Plane, String> {
            let mut array = archive.by_name(&format!("{name}.npy")).map_err(|e| wrong(e.to_string()))?;
            let mut bytes = Vec::new();
            array.read_to_end(&mut bytes).map_err(|e| wrong(e.to_string()))?;
            Plane::of_npy(&bytes, width).ok_or_else(|| wrong(format!("{name} is no plane of half floats")))
        };
        Ok(Self { cosine: plane("cos")?, place: plane("head_xyz_mm")? })
    }
}

impl Plane {
    /// From an array as `NumPy` writes it (format 1.0: magic, length of the header, header, numbers), of
    /// little-endian half floats in row order.
    fn of_npy(bytes: &[u8], width: f64) -> Option<Self> {
        let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (header, numbers) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        let header = std::str::from_utf8(header).ok()?;
        if !header.contains("'<f2'") || !header.contains("'fortran_order': False") {
            return None;
        }
        let shape = header.split_once("'shape': (")?.1.split_once(')')?.0;
        let shape: Vec<usize> = shape.split(',').filter_map(|n| n.trim().parse().ok()).collect();
        let (&[h, w] | &[h, w, _]) = &shape[..] else { return None };
        let depth = shape.get(2).copied().unwrap_or(1);
        let values: Vec<f32> = numbers.as_chunks::<2>().0.iter().map(|half| widened(*half)).collect();
        (values.len() == h * w * depth).then(|| Self {
            width: w,
            height: h,
            depth,
            step: (width / w as f64).round(),
            values,
        })
    }
}

/// A half float of IEEE 754 in single precision.
fn widened(half: [u8; 2]) -> f32 {
    let bits = u32::from(u16::from_le_bytes(half));
    let (sign, exponent, fraction) = ((bits >> 15) << 31, bits >> 10 & 31, bits & 1023);
    match exponent {
        0 => f32::from_bits(sign | f32::to_bits(fraction as f32 / 16_777_216.0)),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::widened;

    #[test]
    fn halves_are_widened() {
        for (half, single) in [(0x3c00u16, 1.0), (0xc000, -2.0), (0x0001, 5.960_464_5e-8), (0x7bff, 65504.0)]
        {
            assert_eq!(widened(half.to_le_bytes()), single);
        }
        assert!(widened(0x7e00u16.to_le_bytes()).is_nan());
    }
}
