//! What goes wrong is said in one sentence, and the work is still there.

use anyhow::{Context, Result, ensure};

use crate::engines::fixture;
use crate::page::Page;

pub async fn bad_files_say_one_sentence_and_leave_the_work(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    page.slide("#density", 120.0).await?;
    page.slide("#density", 140.0).await?;
    page.step("#undo").await?;
    let work = page.work().await?;
    ensure!(work.undo && work.redo, "there is work to lose: {work:?}");
    let (_, name) = page.save("#save-png").await?;
    ensure!(!name.is_empty());

    for (file, code) in [
        ("not_a_photo.jpg", "not-a-photo"),
        ("empty.jpg", "empty-file"),
        ("truncated.jpg", "damaged-photo"),
        ("huge_header.png", "photo-too-large"),
    ] {
        page.choose(&fixture(file)).await?;
        let sentence = page.notice(code).await.with_context(|| file.to_owned())?;
        says_it_plainly(&sentence).with_context(|| file.to_owned())?;
        page.settle().await?;
        let state = page.data("state").await?;
        ensure!(state == "ready" || state == "error", "{file} left the state {state}");
        let left = page.work().await?;
        ensure!(left == work, "{file} changed the work\nfrom {work:?}\nto   {left:?}");
        page.click("#notice-close").await?;
        page.until("no notice", "return !document.querySelector('#notice').checkVisibility()").await?;
        ensure!(page.data("state").await? == "ready", "{file}");
    }
    // The work is not only shown: it can still be worked on.
    page.step("#redo").await
}

/// One sentence that says what is wrong and what to do about it.
fn says_it_plainly(text: &str) -> Result<()> {
    let sentences = text.split_terminator(['.', '?']).filter(|part| part.trim().len() > 1).count();
    ensure!(sentences == 1, "{text:?} is {sentences} sentences");
    ensure!(text.ends_with('.') && !text.contains('!'), "{text:?}");
    ensure!(text.len() <= 160, "{text:?} is long");
    for jargon in ["undefined", "null", "Error", "[object", "exception", "NaN"] {
        ensure!(!text.contains(jargon), "{text:?} says {jargon}");
    }
    Ok(())
}

/// Opens a photo, changes something, kills the worker with a script, and expects all of it back.
async fn survives(page: &Page, kill: &str) -> Result<()> {
    page.forgive_errors();
    page.open_photo("m_light_front.jpg").await?;
    page.slide("#density", 120.0).await?;
    let work = page.work().await?;
    let worker: u64 = page.data("worker").await?.parse().context("data-worker")?;
    let frame = page.frame().await?;
    page.run(kill).await?;
    page.until(
        "another worker",
        &format!("return Number(document.documentElement.dataset.worker) > {worker}"),
    )
    .await?;
    page.redrawn_since(frame).await?;
    let back = page.work().await?;
    ensure!(back == work, "not the same work\nbefore {work:?}\nafter  {back:?}");
    ensure!(page.data("worker").await? == (worker + 1).to_string(), "replaced more than once");
    page.slide("#density", 150.0).await
}

pub async fn a_worker_that_fails_is_replaced_and_replays(page: &Page) -> Result<()> {
    survives(
        page,
        "journey.workers.at(-1).dispatchEvent(new ErrorEvent('error', \
         { message: 'RuntimeError: unreachable', cancelable: true }))",
    )
    .await
}

pub async fn a_worker_that_falls_silent_is_replaced_and_replays(page: &Page) -> Result<()> {
    // Nobody notices a dead worker before something is asked of it: nudge the density.
    survives(
        page,
        "journey.silence(); const e = document.querySelector('#density'); \
         const old = e.value; for (const value of [Number(old) + 10, old]) { e.value = value; \
         e.dispatchEvent(new Event('input', { bubbles: true })); } \
         e.dispatchEvent(new Event('change', { bubbles: true }));",
    )
    .await
}
