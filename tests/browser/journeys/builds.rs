//! The engine comes in three builds: the one that the page begins with, the full one that follows, and a
//! plain one. A browser gets what it can run.

use anyhow::{Context, Result, ensure};
use hairline::export::Format;

use crate::engines::fixture;
use crate::native;
use crate::page::Page;
use crate::server::BASE;

const PHOTO: &str = "m_light_front.jpg";

/// The engine's files that were asked for, by their path below the page.
fn engine_files(page: &Page) -> Vec<String> {
    let mut files: Vec<String> = page
        .site
        .requests()
        .iter()
        .filter_map(|line| line.strip_prefix("GET ")?.strip_prefix(BASE))
        .filter(|path| path.contains("hairline"))
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

/// Saves a picture as PNG, which must be the native engine's.
async fn works(page: &Page) -> Result<()> {
    page.open_photo(PHOTO).await?;
    let (bytes, _) = page.save("#save-png").await?;
    let photo = std::fs::read(fixture(PHOTO))?;
    let expected = native::export(&photo, &page.document().await?, page.moment().await?, Format::Png)?;
    ensure!(bytes == expected, "the saved PNG is not the native one");
    Ok(())
}

pub async fn a_browser_without_simd_gets_the_plain_engine(page: &Page) -> Result<()> {
    works(page).await?;
    let files = engine_files(page);
    ensure!(files == ["plain/hairline.js", "plain/hairline_bg.wasm"], "loaded {files:?}");
    // The worker was told, and its successor is too.
    page.click("#start-over").await?;
    page.until("the welcome", "return document.documentElement.dataset.state === 'welcome'").await?;
    works(page).await.context("after starting over")?;
    let files = engine_files(page);
    ensure!(files == ["plain/hairline.js", "plain/hairline_bg.wasm"], "then loaded {files:?}");
    Ok(())
}

/// Every browser of these journeys has SIMD: were the question wrong, all of them would get the slow
/// engine, and nobody would notice.
pub async fn a_browser_with_simd_gets_the_quick_engine(page: &Page) -> Result<()> {
    works(page).await?;
    let files = engine_files(page);
    let both = ["full/hairline.js", "full/hairline_bg.wasm", "hairline.js", "hairline_bg.wasm"];
    ensure!(files == both, "loaded {files:?}");
    Ok(())
}

/// A browser may fail an engine at its first call: a new instance takes its place.
pub async fn an_engine_that_fails_at_first_is_started_anew(page: &Page) -> Result<()> {
    page.open_photo(PHOTO).await?;
    let anew = page.site.requests().iter().any(|line| line.ends_with("/hairline.js?anew"));
    ensure!(anew, "nothing failed: {:?}", page.site.requests());
    Ok(())
}

pub async fn a_browser_without_wasm_is_told_so(page: &Page) -> Result<()> {
    page.forgive_errors();
    page.client.goto(&format!("{}?without-wasm", page.site.address())).await?;
    let sentence = page.notice("engine-missing").await?;
    ensure!(sentence.contains("recent version"), "{sentence:?}");
    ensure!(page.data("state").await? == "error", "the state is {}", page.data("state").await?);
    Ok(())
}
