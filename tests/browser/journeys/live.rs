//! Many wishes in a row: the last one counts, and what is drawn in parts is drawn whole.

use anyhow::{Context, Result, ensure};

use crate::page::Page;
use crate::page::Place;
use crate::pointer::{Kind, drag};

pub async fn a_newer_wish_supersedes_an_older_one(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let start = page.work().await?;
    // Slowly to where the hurry will end.
    page.slide("#headBreadth", 160.0).await?;
    page.slide("#density", 120.0).await?;
    page.slide("#shade", 3.0).await?;
    page.show_moment(2, None, None).await?;
    let slowly = page.work().await?;
    page.show_moment(3, None, None).await?;
    for _ in 0..3 {
        page.step("#undo").await?;
    }
    let again = page.work().await?;
    ensure!(again.after == start.after, "undone, the picture is another one");

    // A new head is seconds of work at once; every step of the slider asks for one.
    let frame = page.frame().await?;
    page.run(
        "journey.answers.length = 0; \
         const set = (id, value) => { const e = document.querySelector(id); e.value = value; \
         e.dispatchEvent(new Event('input', { bubbles: true })); }; \
         const done = (id) => document.querySelector(id).dispatchEvent(new Event('change', { bubbles: true })); \
         journey.hurry = (async () => { \
         for (let mm = 140; mm <= 160; mm += 1) { set('#headBreadth', mm); await new Promise((r) => setTimeout(r, 12)); } \
         done('#headBreadth'); \
         for (const d of [200, 90, 180, 120]) { set('#density', d); await null; } done('#density'); \
         set('#shade', 1); set('#shade', 3); done('#shade'); \
         for (const s of [1, 3, 2]) { document.querySelector(`#session-${s}`).click(); await null; } \
         journey.hurried = true; })();",
    )
    .await?;
    page.until("the last step", "return journey.hurried === true").await?;
    page.redrawn_since(frame).await?;
    let hurried = page.work().await?;
    ensure!(hurried == slowly, "the last wish was not the one that counted\n{slowly:?}\n{hurried:?}");
    let count = "return journey.answers.filter((a) => a === 'superseded').length";
    let superseded = page.number_of(count).await?;
    ensure!(superseded > 0.0, "nothing was superseded");
    Ok(())
}

pub async fn partial_updates_equal_a_full_frame(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    page.click("#zoom-in").await?;
    page.settle().await?;
    page.run("journey.answers.length = 0").await?;
    let start = page.handle("hairline-3").await?;
    let stops = [14.0, 30.0, 44.0].map(|up| Place { y: start.y - up, ..start });
    drag(page, Kind::Mouse, start, &stops).await?;
    page.slide("#softness", 12.0).await?;
    page.step("#undo").await?;
    page.show_moment(2, None, None).await?;
    let parts = page
        .run(
            "const c = document.querySelector('#view canvas.after'); \
             return journey.answers.filter((r) => r !== 'superseded' && r.width * r.height < c.width * c.height).length",
        )
        .await?;
    ensure!(parts.as_u64().context("a number")? >= 2, "every answer was a whole picture");
    let by_parts = page.work().await?;

    // Another size is another view: back here, everything is drawn anew.
    let size = by_parts.after.split(':').next().context("a size")?;
    for (width, height, same) in [(1100, 700, false), (1280, 900, true)] {
        page.resize(width, height).await?;
        page.until(
            "the picture in its new size",
            &format!(
                "const c = document.querySelector('#view canvas.after'); \
                 return (`${{c.width}}x${{c.height}}` === '{size}') === {same}"
            ),
        )
        .await?;
        page.settle().await?;
    }
    let whole = page.work().await?;
    ensure!(whole == by_parts, "parts do not make up the whole\n{by_parts:?}\n{whole:?}");
    Ok(())
}
