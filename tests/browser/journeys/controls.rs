//! The sliders change what they say they change.

use anyhow::{Result, ensure};

use crate::page::Page;

async fn limit(page: &Page, slider: &str, which: &str) -> Result<f64> {
    page.number_of(&format!("return Number(document.querySelector('#{slider}').{which})")).await
}

pub async fn controls_change_the_dots(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    page.slide("#density", limit(page, "density", "min").await?).await?;
    let sparse = page.dots().await?;
    page.slide("#density", limit(page, "density", "max").await?).await?;
    let dense = page.dots().await?;
    let (low, high) = (limit(page, "density", "min").await?, limit(page, "density", "max").await?);
    let (asked, got) = (high / low, dense as f64 / sparse as f64);
    ensure!((got / asked - 1.0).abs() < 0.05, "{asked} times the density gave {got} times the dots");

    // A softer edge takes dots away from the front and leaves the rest.
    page.slide("#softness", limit(page, "softness", "min").await?).await?;
    let hard = page.dots().await?;
    page.slide("#softness", limit(page, "softness", "max").await?).await?;
    let soft = page.dots().await?;
    ensure!(soft < hard, "softness took the dots from {hard} to {soft}");

    // Shade is the colour of the dots, not their number.
    let pale = {
        page.slide("#shade", limit(page, "shade", "min").await?).await?;
        page.work().await?
    };
    page.slide("#shade", limit(page, "shade", "max").await?).await?;
    let dark = page.work().await?;
    ensure!(pale.dots == dark.dots, "shade changed the number of dots");
    ensure!(pale.after != dark.after, "shade changed nothing");
    ensure!(pale.before == dark.before, "shade changed the photo");

    // The named sizes are places on the slider below them, and the other way round.
    let mut seen = vec![dark.after];
    for size in [0.38, 0.6] {
        let frame = page.frame().await?;
        page.run(&format!("document.querySelector('input[name=dot-size][value=\"{size}\"]').click()"))
            .await?;
        page.redrawn_since(frame).await?;
        let slider = page.number_of("return Number(document.querySelector('#dotDiameter').value)").await?;
        ensure!(slider == size, "the slider says {slider}, not {size}");
        let work = page.work().await?;
        ensure!(!seen.contains(&work.after), "dots of {size} mm look like others");
        seen.push(work.after);
    }
    page.slide("#dotDiameter", 0.45).await?;
    let named = page.run("return document.querySelector('input[name=dot-size]:checked')").await?;
    ensure!(named.is_null(), "0.45 mm has a name");
    page.slide("#dotDiameter", 0.5).await?;
    let named = page.text_of("return document.querySelector('input[name=dot-size]:checked').value").await?;
    ensure!(named == "0.5", "0.5 mm is called {named}");
    Ok(())
}

pub async fn the_same_document_gives_the_same_picture(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    page.slide("#density", 150.0).await?;
    let first = page.work().await?;
    page.slide("#density", 90.0).await?;
    page.slide("#softness", 3.0).await?;
    page.step("#undo").await?;
    page.slide("#density", 150.0).await?;
    let second = page.work().await?;
    ensure!(first.document == second.document, "{}\n{}", first.document, second.document);
    ensure!(first.after == second.after && first.dots == second.dots, "{first:?}\n{second:?}");
    Ok(())
}
