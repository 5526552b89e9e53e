//! What is known of a rendered head.

use serde_json::Value;
use std::path::{Path, PathBuf};

use super::geometry::Geometry;

/// A picture of yes and no over the photo.
pub struct Mask {
    pub width: usize,
    pub height: usize,
    pub yes: Vec<bool>,
}

impl Mask {
    /// From a grey picture: from 128 up it is yes.
    pub fn read(path: &Path) -> Result<Self, String> {
        let grey = image::open(path).map_err(|e| format!("{}: {e}", path.display()))?.into_luma8();
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        Ok(Self { width, height, yes: grey.into_raw().into_iter().map(|v| v >= 128).collect() })
    }

    /// At a photo pixel; no outside.
    pub fn at(&self, x: f64, y: f64) -> bool {
        x >= 0.0
            && y >= 0.0
            && x < self.width as f64
            && y < self.height as f64
            && self.yes[y as usize * self.width + x as usize]
    }

    /// Whether every pixel within `radius` px, in eight directions, is yes.
    pub fn deep(&self, x: f64, y: f64, radius: f64) -> bool {
        AROUND.iter().all(|(dx, dy)| self.at(x + dx * radius, y + dy * radius))
    }

    /// Whether any of them is.
    pub fn near(&self, [x, y]: [f64; 2], radius: f64) -> bool {
        AROUND.iter().any(|(dx, dy)| self.at(x + dx * radius, y + dy * radius))
    }
}

/// A place and eight directions from it.
const AROUND: [(f64, f64); 9] = [
    (0.0, 0.0),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.0, -1.0),
    (0.7, 0.7),
    (-0.7, 0.7),
    (0.7, -0.7),
    (-0.7, -0.7),
];

/// Everything known of one head.
pub struct Truth {
    pub name: String,
    pub photo: PathBuf,
    json: Value,
    pub geometry: Geometry,
    pub head: Mask,
    pub scalp: Mask,
    pub hair: Mask,
    pub person: Mask,
}

impl Truth {
    /// Reads `NAME.json` and what it names or lies beside it.
    pub fn read(folder: &Path, name: &str) -> Result<Self, String> {
        let file = |suffix: &str| folder.join(format!("{name}{suffix}"));
        let text = std::fs::read_to_string(file(".json")).map_err(|e| format!("{name}.json: {e}"))?;
        let json: Value = serde_json::from_str(&text).map_err(|e| format!("{name}.json: {e}"))?;
        let person = Mask::read(&file("_mask_person.png"))?;
        Ok(Self {
            geometry: Geometry::read(&file("_geo.npz"), person.width as f64)?,
            head: Mask::read(&file("_mask_head.png"))?,
            scalp: Mask::read(&file("_mask_scalp.png"))?,
            hair: Mask::read(&file("_mask_hair.png"))?,
            person,
            photo: folder.join(json.get("image").and_then(Value::as_str).unwrap_or_default()),
            name: name.to_owned(),
            json,
        })
    }

    /// A number by its path in the truth file.
    pub fn number(&self, pointer: &str) -> Option<f64> {
        self.json.pointer(pointer)?.as_f64()
    }

    /// A landmark, photo px, if the camera sees it.
    pub fn landmark(&self, name: &str) -> Option<[f64; 2]> {
        let landmark = self.json.pointer(&format!("/landmarks/{name}"))?;
        landmark.get("visible")?.as_bool()?.then_some(())?;
        let px = landmark.get("px")?.as_array()?;
        Some([px.first()?.as_f64()?, px.get(1)?.as_f64()?])
    }

    /// Whether a face is to be found: turned no further than 40 degrees.
    pub fn has_face(&self) -> bool {
        self.landmark("pupil_l").is_some()
            && self.landmark("pupil_r").is_some()
            && self.number("/head_pose_deg/yaw").is_some_and(|yaw| yaw.abs() <= 40.0)
    }

    /// Millimetres along the skin from the glabella straight up in the picture to a photo point, as
    /// the points of the head between them lie.
    pub fn along_skin_mm(&self, from: [f64; 2], to: [f64; 2]) -> f64 {
        const PIECES: usize = 40;
        let mut length = 0.0;
        let mut last: Option<Vec<f64>> = None;
        for i in 0..=PIECES {
            let t = i as f64 / PIECES as f64;
            let (x, y) = (from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]));
            let Some(here) = self.geometry.place.between(x, y) else { continue };
            if let Some(before) = last {
                length += (0..3).map(|k| (here[k] - before[k]) * (here[k] - before[k])).sum::<f64>().sqrt();
            }
            last = Some(here);
        }
        length
    }
}
