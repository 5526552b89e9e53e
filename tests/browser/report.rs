//! What is left behind for looking at: pictures of the page and, after a failure, its log.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::page::Page;

/// `target/journeys`, made when missing.
pub fn folder() -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/journeys");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Keeps a picture of the page as `target/journeys/screens/ENGINE-NAME.png`.
pub async fn screen(page: &Page, name: &str) -> Result<()> {
    let folder = folder()?.join("screens");
    fs::create_dir_all(&folder)?;
    let picture = page.screenshot().await?;
    fs::write(folder.join(format!("{}-{name}.png", page.engine.name())), picture)?;
    Ok(())
}

/// Keeps everything that helps to understand a failure under `target/journeys/NAME/`.
///
/// Nothing here may fail the journey a second time, so each part is kept if it can be had.
pub async fn keep(page: &Page, name: &str) {
    let Ok(folder) = folder().map(|parent| parent.join(name)) else { return };
    let _ = fs::create_dir_all(&folder);
    if let Ok(picture) = page.screenshot().await {
        let _ = fs::write(folder.join("screenshot.png"), picture);
    }
    let mut text = String::new();
    if let Ok(state) =
        page.run("return JSON.stringify({...document.documentElement.dataset}) + '\\n' + location.href").await
    {
        let _ = writeln!(text, "state: {}", state.as_str().unwrap_or_default());
    }
    match page.log().await {
        Ok(lines) => text += &lines.join("\n"),
        Err(error) => {
            let _ = write!(text, "the page's log could not be read: {error:#}");
        }
    }
    if let Ok(pointers) = page.text_of("return journey.pointers.join('\\n')").await {
        let _ = write!(text, "\n\npointers:\n{pointers}");
    }
    text += "\n\nrequests:\n";
    text += &page.site.requests().join("\n");
    let _ = fs::write(folder.join("console.log"), text);
    if let Ok(source) = page.source().await {
        let _ = fs::write(folder.join("page.html"), source);
    }
    if let Ok(parent) = self::folder() {
        let driver = format!("{}-driver.log", page.engine.name());
        let _ = fs::copy(parent.join(&driver), folder.join("driver.log"));
    }
}
