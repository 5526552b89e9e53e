//! What the command line makes of a head.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::truth::{Mask, Truth};

/// Dots per cm² that are asked for.
pub const ASKED_PER_CM2: f64 = 120.0;

/// Reports, maps and dots of one head.
pub struct Shown {
    /// With the true pupil distance told.
    pub told: Value,
    /// From the photo alone.
    pub alone: Value,
    /// Dots of the first run: x, y in photo px.
    pub dots: Vec<[f64; 2]>,
    pub person: Mask,
    pub hair: Mask,
    pub skin: Mask,
    /// 0–255 for 0–1, of the photo's size.
    pub cosine: image::GrayImage,
}

impl Shown {
    /// Runs the command line on a head.
    pub fn new(truth: &Truth, preview: &Path) -> Result<Self, String> {
        let out =
            std::env::temp_dir().join(format!("hairline-accuracy-{}-{}", std::process::id(), truth.name));
        std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
        let shown = Self::within(truth, preview, &out);
        // What is left behind in the folder for temporary files is no failure of the measurement.
        let _ = std::fs::remove_dir_all(&out);
        shown
    }

    fn within(truth: &Truth, preview: &Path, out: &Path) -> Result<Self, String> {
        let file = |name: &str| out.join(name);
        let mut told = Command::new(preview);
        told.arg(&truth.photo)
            .args(["--density", &ASKED_PER_CM2.to_string()])
            .args([PathBuf::from("--report"), file("told.json"), "--maps".into(), out.into()])
            .args([PathBuf::from("--dots"), file("dots.csv")]);
        if let Some(mm) = truth.number("/interpupillary_mm") {
            told.args(["--pupil-distance", &mm.to_string()]);
        }
        call(told)?;
        let mut alone = Command::new(preview);
        alone.arg(&truth.photo).arg("--report").arg(file("alone.json"));
        call(alone)?;

        let json = |name: &str| -> Result<Value, String> {
            let text = std::fs::read_to_string(file(name)).map_err(|e| format!("{name}: {e}"))?;
            serde_json::from_str(&text).map_err(|e| format!("{name}: {e}"))
        };
        let csv = std::fs::read_to_string(file("dots.csv")).map_err(|e| format!("dots.csv: {e}"))?;
        let dots = csv.lines().skip(1).filter_map(|line| {
            let mut numbers = line.split(',').map(str::parse);
            Some([numbers.next()?.ok()?, numbers.next()?.ok()?])
        });
        Ok(Self {
            told: json("told.json")?,
            alone: json("alone.json")?,
            dots: dots.collect(),
            person: Mask::read(&file("person.png"))?,
            hair: Mask::read(&file("hair.png"))?,
            skin: Mask::read(&file("skin.png"))?,
            cosine: image::open(file("cosine.png")).map_err(|e| format!("cosine.png: {e}"))?.into_luma8(),
        })
    }
}

fn call(mut command: Command) -> Result<(), String> {
    let done = command.output().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr).trim()))
}
