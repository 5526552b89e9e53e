//! The page's scripts without what only their readers need.

use anyhow::{Context, Result};
use std::path::Path;

/// Takes comments and spare white space out of every script of a built page.
pub fn scripts(dist: &Path) -> Result<()> {
    for folder in [dist.to_owned(), dist.join("js")] {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "js") {
                let name = || path.display().to_string();
                let script = std::fs::read_to_string(&path).with_context(name)?;
                std::fs::write(&path, minifier::js::minify(&script).to_string()).with_context(name)?;
            }
        }
    }
    Ok(())
}
