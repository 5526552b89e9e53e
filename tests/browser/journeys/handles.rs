//! Handles follow mouse, finger and pen, and the picture follows the handles.

use anyhow::{Context, Result, ensure};

use crate::page::{Page, Place};
use crate::pointer::{Kind, Pointer};

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
    let pointer = Pointer::new(page, kind);

    pointer.press(start).await?;
    let frame = page.frame().await?;
    // Further than a finger may tremble before Chromium calls it a movement (15 px).
    let half = Place { y: start.y - 24.0, ..start };
    pointer.glide(half, 150).await?;
    // The pointer is still down: the picture is live.
    page.redrawn_since(frame).await.context("while dragging")?;
    let under_way = page.pixels("after").await?;
    ensure!(under_way != work.after, "the picture did not change while dragging");
    let shown = page.handle("hairline-3").await?;
    ensure!(shown.distance(half) < 3.0, "the handle is at {shown:?}, the pointer at {half:?}");

    let end = Place { y: start.y - 44.0, ..start };
    pointer.glide(end, 150).await?;
    pointer.lift().await?;
    page.settle().await?;
    let dragged = page.work().await?;
    ensure!(dragged.after != under_way, "the picture stopped following");
    ensure!(dragged.before == work.before, "the photo itself changed");
    ensure!(dragged.document != work.document, "the document did not change");
    ensure!(dragged.undo && !dragged.redo);

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
        let pointer = Pointer::new(page, Kind::Mouse);
        pointer.press(left).await?;
        pointer.glide(Place { x: left.x + 4.0, y: left.y - 20.0 }, 100).await?;
        pointer.lift().await?;
        page.settle().await?;
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
