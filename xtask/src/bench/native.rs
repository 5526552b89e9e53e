//! The native benches in `benches/`, which criterion runs.

use crate::{process, workspace};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Runs every bench; the arguments go to cargo.
pub fn run(arguments: &[String]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    // `--benches` would also run the unit tests of the library; `--bench '*'` names benches only.
    cargo.current_dir(workspace::root()).args(["bench", "--package", "hairline", "--bench", "*"]);
    process::run(cargo.args(arguments))
}

/// The median time of each bench in its last run, ms, by the bench's name.
pub fn medians() -> Result<BTreeMap<String, f64>> {
    let folder = workspace::target().join("criterion");
    let mut medians = BTreeMap::new();
    collect(&folder, &mut medians)?;
    Ok(medians)
}

/// Criterion keeps `new/benchmark.json` and `new/estimates.json` (ns) in a folder for each bench.
fn collect(folder: &Path, medians: &mut BTreeMap<String, f64>) -> Result<()> {
    let new = folder.join("new");
    if new.join("estimates.json").is_file() {
        let name = json(&new.join("benchmark.json"))?;
        let estimates = json(&new.join("estimates.json"))?;
        if let (Some(name), Some(ns)) =
            (name["full_id"].as_str(), estimates["median"]["point_estimate"].as_f64())
        {
            medians.insert(name.to_owned(), ns / 1e6);
        }
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, medians)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
