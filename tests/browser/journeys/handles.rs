//! Handles follow mouse, finger and pen, and the picture follows the handles.

use anyhow::{Context, Result, ensure};

use crate::page::{Page, Place};
use crate::pointer::{Kind, drag};

pub async fn dragging_a_handle_changes_the_picture_live(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    for kind in Kind::of(page.engine) {
        drags(page, *kind).await.with_context(|| format!("{kind:?}"))?;
    }
    Ok(())
}

async fn drags(page: &Page, kind: Kind) -> Result<()> {
    let work = page.work().await?;
    let start = page.handle("hairline-3").await?;
    page.run("journey.live.length = 0").await?;
    // Further than a finger may tremble before Chromium calls it a movement (15 px).
    let half = Place { y: start.y - 24.0, ..start };
    let end = Place { y: start.y - 44.0, ..start };
    drag(page, kind, start, &[half, end]).await?;

    let dragged = page.work().await?;
    ensure!(dragged.before == work.before, "the photo itself changed");
    ensure!(dragged.document != work.document, "the document did not change");
    ensure!(dragged.after != work.after, "the picture did not change");
    ensure!(dragged.undo && !dragged.redo);
    let shown = page.handle("hairline-3").await?;
    ensure!(shown.distance(end) < 3.0, "the handle is at {shown:?}, left at {end:?}");

    // The picture was live: it changed before the pointer was lifted, more than once.
    let live = page.run("return journey.live").await?;
    let live = live.as_array().context("a list")?;
    let under_way = live
        .iter()
        .any(|frame| frame["pixels"] != work.after.as_str() && frame["pixels"] != dragged.after.as_str());
    ensure!(under_way, "the picture did not follow while dragging: {live:?}");
    for frame in live {
        let gap = frame["gap"].as_f64().context("a distance")?;
        ensure!(gap < 3.0, "the handle was {gap} px from the pointer");
    }

    page.step("#undo").await?;
    let undone = page.work().await?;
    ensure!(
        undone.document == work.document,
        "undo gave another document\n{}\n{}",
        work.document,
        undone.document
    );
    ensure!(undone.after == work.after, "undo gave another picture");
    ensure!(undone.undo == work.undo, "a drag is more than one step");

    page.step("#redo").await?;
    let redone = page.work().await?;
    ensure!(redone == dragged, "redo\n{dragged:?}\n{redone:?}");
    page.step("#undo").await
}

pub async fn a_mirrored_handle_moves_along(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    for symmetric in [true, false] {
        let checked = page.run("return document.querySelector('#symmetric').checked").await?;
        if checked != symmetric {
            // The box itself may be drawn by its label; a click on the input reaches both.
            page.run("document.querySelector('#symmetric').click()").await?;
            page.settle().await?;
        }
        let (left, right) = (page.handle("hairline-1").await?, page.handle("hairline-5").await?);
        drag(page, Kind::Mouse, left, &[Place { x: left.x + 4.0, y: left.y - 20.0 }]).await?;
        let moved = page.handle("hairline-1").await?.distance(left);
        let mirrored = page.handle("hairline-5").await?.distance(right);
        ensure!(moved > 10.0, "the handle moved {moved} px");
        if symmetric {
            ensure!(mirrored > 10.0, "its mirror image moved {mirrored} px");
        } else {
            ensure!(mirrored < 0.5, "the other side moved {mirrored} px");
        }
        page.step("#undo").await?;
        ensure!(page.handle("hairline-5").await?.distance(right) < 0.5, "undo leaves the mirror image");
    }
    Ok(())
}
