//! Which heads there are, and where each lies in its photo.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hairline::document::{Document, PhotoSize};
use hairline::hairline::suggest;
use hairline::head::HeadPlacement;
use hairline::photo::Photo;
use hairline::space::PhotoPoint;
use serde_json::Value;

use crate::ROOT;

/// Folders of the repository whose photos are heads.
const COMMITTED: [&str; 2] = ["www/samples", "tests/fixtures"];
/// Photos narrower than this are thumbnails.
const LEAST_WIDTH: u32 = 600;

/// A photo and a starting plan for it.
pub struct Head {
    pub name: String,
    pub photo: Photo,
    pub document: Document,
}

/// The heads of a folder, or else those of the repository, in order of name.
pub fn find(folder: Option<&Path>) -> Result<Vec<Head>> {
    let folders = match folder {
        Some(folder) => vec![folder.to_owned()],
        None => COMMITTED.map(|folder| Path::new(ROOT).join(folder)).to_vec(),
    };
    let mut heads = Vec::new();
    for folder in folders {
        for file in pictures(&folder)? {
            heads.extend(open(&file)?);
        }
    }
    Ok(heads)
}

/// JPEG files, in order of name: the PNG files beside a head are its maps.
fn pictures(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let jpeg = |file: &PathBuf| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("jpg"));
    let mut files: Vec<_> = files.into_iter().filter(jpeg).collect();
    files.sort();
    Ok(files)
}

/// A head, unless the file is no photo or too small.
fn open(file: &Path) -> Result<Option<Head>> {
    // Fixtures of damage are no heads.
    let Ok(photo) = Photo::decode(&fs::read(file)?) else { return Ok(None) };
    if photo.width() < LEAST_WIDTH {
        return Ok(None);
    }
    let name = stem(file);
    let size = PhotoSize { width: photo.width(), height: photo.height() };
    let placement = match json(&file.with_extension("json")) {
        Some(truth) => of_truth(&truth),
        None => of_sample(&name, size),
    };
    let mut document = Document::starting(size);
    if let Some(placement) = placement {
        document.head = placement;
        document.hairline.points = suggest(&document.fitted_head());
    }
    Ok(Some(Head { name: label(file, &name), photo, document }))
}

/// A name that tells heads of the samples and of the fixtures apart.
fn label(file: &Path, name: &str) -> String {
    let folder = file.parent().map(stem).unwrap_or_default();
    format!("{folder}-{name}")
}

/// A file's or folder's name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file as JSON, if it is there and is.
pub fn json(file: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

/// The placement that a renderer's truth gives: `skull_ellipsoid` as it is projected, the pose, and
/// the camera's distance.
pub fn of_truth(truth: &Value) -> Option<HeadPlacement> {
    let number = |pointer: &str| truth.pointer(pointer)?.as_f64();
    let ellipse = |name: &str| number(&format!("/skull_ellipsoid/outline_ellipse_px/{name}"));
    let pose = |name: &str| number(&format!("/head_pose_deg/{name}"));
    let roll = pose("roll")?;
    // Half extents along the head's own axes: in a profile the longer one lies across.
    let (s, c) = libm::sincos((ellipse("angle_deg")? - roll).to_radians());
    let (a, b) = (ellipse("semi_major")?, ellipse("semi_minor")?);
    // The skull's centre before the camera: only the third row of the rotation counts.
    let distance = (0..3)
        .map(|k| {
            Some(
                number(&format!("/camera/head_to_camera_R/2/{k}"))?
                    * number(&format!("/skull_ellipsoid/center_head_mm/{k}"))?,
            )
        })
        .sum::<Option<f64>>()?
        + number("/camera/head_to_camera_t_mm/2")?;
    Some(HeadPlacement {
        centre: PhotoPoint::new(ellipse("center/0")?, ellipse("center/1")?),
        half_width: (a * a * c * c + b * b * s * s).sqrt(),
        half_height: (a * a * s * s + b * b * c * c).sqrt(),
        roll_degrees: roll,
        yaw_degrees: pose("yaw")?,
        pitch_degrees: pose("pitch")?,
        breadth_mm: 2.0 * number("/skull_ellipsoid/semi_axes_mm/0")?,
        camera_distance_mm: distance,
    })
}

/// The placement of the page's sample of that name, brought to the photo's size.
fn of_sample(name: &str, size: PhotoSize) -> Option<HeadPlacement> {
    let samples = json(&Path::new(ROOT).join("www/samples/samples.json"))?;
    let sample = samples.as_array()?.iter().find(|sample| sample["name"] == name)?;
    let number = |pointer: &str| sample.pointer(pointer)?.as_f64();
    let scale = f64::from(size.width) / number("/width")?;
    Some(HeadPlacement {
        centre: PhotoPoint::new(scale * number("/head/centre/0")?, scale * number("/head/centre/1")?),
        half_width: scale * number("/head/halfWidth")?,
        half_height: scale * number("/head/halfHeight")?,
        roll_degrees: number("/head/rollDegrees")?,
        yaw_degrees: number("/head/yawDegrees")?,
        pitch_degrees: number("/head/pitchDegrees")?,
        breadth_mm: number("/head/breadthMm")?,
        ..HeadPlacement::starting(f64::from(size.width), f64::from(size.height))
    })
}
