//! The page's scripts and styles without what only their readers need.

use anyhow::{Context, Result, anyhow};
use std::path::Path;

/// Takes comments and spare white space out of every script and style sheet of a built page.
pub fn page(dist: &Path) -> Result<()> {
    for folder in [dist.to_owned(), dist.join("js"), dist.join("style")] {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            let name = || path.display().to_string();
            let minified: fn(&str) -> Result<String> = match path.extension().and_then(|kind| kind.to_str()) {
                Some("js") => |script| Ok(minifier::js::minify(script).to_string()),
                Some("css") => |style| {
                    minifier::css::minify(style).map(|css| css.to_string()).map_err(|e| anyhow!("{e}"))
                },
                _ => continue,
            };
            let text = std::fs::read_to_string(&path).with_context(name)?;
            std::fs::write(&path, minified(&text).with_context(name)?).with_context(name)?;
        }
    }
    Ok(())
}
