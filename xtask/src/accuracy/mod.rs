//! `cargo xtask accuracy`: what the engine reads from rendered heads, against what is known of them.
//!
//! Every head goes through the command line as anybody's photo would, and what comes out is measured
//! against the truth files beside it.

mod geometry;
mod goal;
mod head;
mod run;
mod truth;

use std::path::Path;

/// Measures every head of a folder and prints the table; an error if it falls short anywhere.
pub fn run(heads: &Path, preview: &Path) -> Result<(), String> {
    let mut names: Vec<String> = std::fs::read_dir(heads)
        .map_err(|e| format!("{}: {e}", heads.display()))?
        .filter_map(|entry| {
            entry.ok()?.file_name().into_string().ok()?.strip_suffix(".json").map(str::to_owned)
        })
        .filter(|name| heads.join(format!("{name}_geo.npz")).is_file())
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(format!(
            "{}: there is no head with its truth (NAME.json and NAME_geo.npz)",
            heads.display()
        ));
    }
    let mut rows = Vec::new();
    for name in &names {
        let truth = truth::Truth::read(heads, name)?;
        let shown = run::Shown::new(&truth, preview)?;
        rows.extend(head::rows(&truth, &shown));
    }
    goal::print(&names, &rows)
}
