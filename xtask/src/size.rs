//! How much of the page has to come over the wire before a photo can be chosen.

use crate::build::{FULL, PLAIN};
use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

/// The limit, in bytes after gzip. Hosts with Brotli send less.
const LIMIT: u64 = 400 * 1024;
/// Folders that do not come first: they load while the user picks a photo, when a sample is asked for
/// or, the plain engine, only where the other one cannot.
const LATER: [&str; 5] = ["assets", "samples", "models", FULL, PLAIN];

/// How large the parts of a published page are, bytes.
pub struct Sizes {
    /// What comes before a photo can be chosen, compressed, by kind of file.
    kinds: BTreeMap<String, u64>,
    /// The follicle set.
    pub follicles: u64,
}

impl Sizes {
    /// All that comes before a photo can be chosen, compressed.
    pub fn before_photo(&self) -> u64 {
        self.kinds.values().sum()
    }
}

/// Measures the page in a folder.
pub fn measure(dist: &Path) -> Result<Sizes> {
    let mut kinds = BTreeMap::new();
    for entry in entries(dist)? {
        let name = entry.file_name();
        if !LATER.iter().any(|later| name == *later) {
            add(&entry.path(), &mut kinds)?;
        }
    }
    let follicles = dist.join("assets/follicles.bin");
    let follicles = follicles.metadata().with_context(|| follicles.display().to_string())?.len();
    Ok(Sizes { kinds, follicles })
}

/// Prints the compressed size by kind of file; fails above the limit.
pub fn check(dist: &Path) -> Result<()> {
    let sizes = measure(dist)?;
    let total = sizes.before_photo();
    println!("Before any photo, compressed with gzip:");
    for (kind, size) in &sizes.kinds {
        println!("  {kind:<12} {:>7.1} KB", kilobytes(*size));
    }
    println!("  {:<12} {:>7.1} KB of {:.0} KB allowed", "together", kilobytes(total), kilobytes(LIMIT));
    if total > LIMIT {
        bail!("the page is larger than it may be");
    }
    Ok(())
}

/// Adds the compressed size of a file, or of all files below a folder, to its kind.
fn add(path: &Path, kinds: &mut BTreeMap<String, u64>) -> Result<()> {
    if path.is_dir() {
        for entry in entries(path)? {
            add(&entry.path(), kinds)?;
        }
        return Ok(());
    }
    // Licences lie beside what they are for; nobody's browser asks for them.
    if path.extension().is_some_and(|kind| kind == "txt") {
        return Ok(());
    }
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let kind = path.extension().map_or_else(|| "other".into(), |kind| kind.to_string_lossy().into_owned());
    *kinds.entry(kind).or_default() += compressed(&bytes)?;
    Ok(())
}

/// Everything in a folder.
fn entries(folder: &Path) -> Result<Vec<std::fs::DirEntry>> {
    std::fs::read_dir(folder).and_then(Iterator::collect).with_context(|| folder.display().to_string())
}

fn compressed(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}
