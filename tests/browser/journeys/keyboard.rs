//! Everything can be done without a pointer.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::key::Key;

use crate::page::Page;
use crate::pointer::press;

const FOCUSED: &str = "return document.activeElement?.dataset?.handle ?? ''";

/// Tabs until a handle of the hairline has the focus, and gives its name.
async fn tab_to_a_handle(page: &Page) -> Result<String> {
    for _ in 0..80 {
        press(page, &[], Key::Tab).await?;
        let focused = page.text_of(FOCUSED).await?;
        if focused.starts_with("hairline-") {
            return Ok(focused);
        }
    }
    bail!("the Tab key never reaches a handle")
}

/// The numbers a person hears for a handle.
async fn spoken(page: &Page) -> Result<Vec<f64>> {
    let label = page.text_of("return document.activeElement.getAttribute('aria-label') ?? ''").await?;
    let numbers = label
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|part| part.trim_matches('.').parse().ok())
        .collect::<Vec<f64>>();
    ensure!(!numbers.is_empty(), "{label:?} says no millimetres");
    Ok(numbers)
}

pub async fn handles_move_by_keys(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let id = tab_to_a_handle(page).await?;
    let work = page.work().await?;
    let start = page.handle(&id).await?;
    let said = spoken(page).await?;

    let frame = page.frame().await?;
    press(page, &[Key::Shift], Key::Up).await?;
    page.redrawn_since(frame).await.context("Shift and Up")?;
    let five = page.handle(&id).await?;
    let said_five = spoken(page).await?;
    let change = said.iter().zip(&said_five).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    ensure!((3.9..=6.1).contains(&change), "5 mm are spoken as {said:?} then {said_five:?}");
    ensure!(five.y < start.y - 2.0, "Up moved the handle from {start:?} to {five:?}");

    // Ten steps of half a millimetre go the same way back.
    for _ in 0..10 {
        press(page, &[], Key::Down).await?;
    }
    page.settle().await?;
    let back = page.handle(&id).await?;
    let reach = start.distance(five);
    ensure!(
        back.distance(start) < 0.1 * reach,
        "ten steps of 0.5 mm lead from {five:?} to {back:?}, not to {start:?}"
    );
    ensure!(page.text_of(FOCUSED).await? == id, "the focus went astray");

    // One step of half a millimetre is a tenth of that.
    // Sideways is no way for the midpoint of a symmetric hairline, so up once more.
    press(page, &[], Key::Up).await?;
    page.settle().await?;
    let half = page.handle(&id).await?;
    ensure!(half.y < back.y, "Up moved the handle from {back:?} to {half:?}");
    ensure!(half.distance(back) < 0.3 * reach, "half a millimetre is {} px of {reach}", half.distance(back));

    for _ in 0..12 {
        press(page, &[Key::Control], 'z').await?;
    }
    page.settle().await?;
    let undone = page.work().await?;
    ensure!(undone.document == work.document, "twelve undone steps lead back");
    ensure!(undone.after == work.after && !undone.undo && undone.redo, "{undone:?}");
    Ok(())
}

pub async fn sliders_and_history_work_by_keys(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    for slider in ["density", "softness", "shade"] {
        let work = page.work().await?;
        let value = format!("return Number(document.querySelector('#{slider}').value)");
        let old = page.number_of(&value).await?;
        page.run(&format!("document.querySelector('#{slider}').focus()")).await?;
        let frame = page.frame().await?;
        // Not every shade is one step from the next: the end of the scale always is another one.
        press(page, &[], Key::End).await?;
        page.redrawn_since(frame).await.with_context(|| slider.to_owned())?;
        let new = page.number_of(&value).await?;
        ensure!(new > old, "{slider} went from {old} to {new}");
        let changed = page.work().await?;
        ensure!(changed.after != work.after, "{slider} changed nothing");

        let frame = page.frame().await?;
        press(page, &[Key::Control], 'z').await?;
        page.redrawn_since(frame).await.with_context(|| format!("undoing {slider}"))?;
        ensure!(page.work().await?.document == work.document, "undoing {slider} in one step");
        ensure!(page.number_of(&value).await? == old, "the {slider} slider follows undo");
        let frame = page.frame().await?;
        press(page, &[Key::Control, Key::Shift], 'z').await?;
        page.redrawn_since(frame).await.with_context(|| format!("redoing {slider}"))?;
        ensure!(page.work().await? == changed, "redoing {slider}");
    }

    page.run("document.querySelector('#compare').focus()").await?;
    let value = "return Number(document.querySelector('#compare').value)";
    let old = page.number_of(value).await?;
    let work = page.work().await?;
    for _ in 0..5 {
        press(page, &[], Key::Right).await?;
    }
    let new = page.number_of(value).await?;
    ensure!(new > old, "comparing by keys: {old} then {new}");
    page.settle().await?;
    ensure!(page.work().await? == work, "comparing changed the work");
    Ok(())
}
