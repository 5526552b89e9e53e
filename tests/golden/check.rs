//! Whether a picture is the one that was looked at and committed.

use std::path::{Path, PathBuf};

use crate::picture::Picture;

/// Set to write the goldens instead of comparing with them.
const UPDATE: &str = "UPDATE_GOLDENS";
/// By how much a difference is made stronger to be seen.
const STRONGER: u8 = 16;

/// Fails unless the picture is the golden of that name.
pub fn check(name: &str, actual: &Picture) {
    let file = folder().join(format!("{name}.png"));
    let expected = Picture::read(&file);
    if std::env::var_os(UPDATE).is_some() {
        // A file with the same pixels stays, whatever wrote it.
        if expected.as_ref() != Some(actual) {
            actual.write(&file);
        }
        return;
    }
    if let Err(message) = compare(name, expected.as_ref(), actual) {
        panic!("{message}");
    }
}

/// What is not as expected, in one sentence; the pictures are left for looking at.
pub fn compare(name: &str, expected: Option<&Picture>, actual: &Picture) -> Result<(), String> {
    if expected == Some(actual) {
        return Ok(());
    }
    actual.write(&left(name, "actual"));
    let file = left(name, "actual").with_file_name(format!("{name}-*.png"));
    let anew = format!("see {}, or set {UPDATE}=1 to take it as it is", file.display());
    let Some(expected) = expected else { return Err(format!("there is no golden {name}: {anew}")) };
    expected.write(&left(name, "expected"));
    if (expected.width, expected.height) != (actual.width, actual.height) {
        return Err(format!("{name} has another size: {anew}"));
    }
    let apart: Vec<u8> = expected.rgb.iter().zip(&actual.rgb).map(|(a, b)| a.abs_diff(*b)).collect();
    let largest = apart.iter().max().unwrap_or(&0);
    let pixels = apart.chunks_exact(3).filter(|p| **p != [0; 3]).count();
    let shown = apart.iter().map(|d| d.saturating_mul(STRONGER)).collect();
    Picture { rgb: shown, ..*actual }.write(&left(name, "difference"));
    let all = apart.len() / 3;
    Err(format!("{name} differs in {pixels} of {all} pixels by {largest} codes at most: {anew}"))
}

/// Where a picture of a golden that differs is left.
pub fn left(name: &str, kind: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("golden").join(format!("{name}-{kind}.png"))
}

/// The files of all goldens.
pub fn goldens() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|e| e == "png")).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}
