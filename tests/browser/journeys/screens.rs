//! Pictures of the page at the sizes people hold, for looking at, and that nothing sticks out.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::engines::fixture;
use crate::page::Page;
use crate::report::screen;

pub async fn every_size_shows_the_picture(page: &Page) -> Result<()> {
    // Firefox keeps its window at least 500 px wide and MiniBrowser about 450: their phones are
    // broader than Chromium's.
    for (size, width, height) in [("phone", 390, 844), ("tablet", 834, 1112), ("desktop", 1440, 900)] {
        page.open_at(width, height).await?;
        page.until("the first picture", "return document.querySelector('[data-sample]') !== null").await?;
        still(page, &format!("{size}-welcome")).await?;

        page.open_photo("m_light_front.jpg").await?;
        still(page, &format!("{size}-ready")).await?;
        // By script, because a phone hides the zoom buttons: there one pinches.
        page.run(
            "const e = document.querySelector('#compare'); e.value = 15; \
             e.dispatchEvent(new Event('input', { bubbles: true })); \
             document.querySelector('#zoom-in').click();",
        )
        .await?;
        still(page, &format!("{size}-close")).await?;

        page.click("#save").await?;
        page.until("the dialog", "return document.querySelector('#save-dialog').open").await?;
        still(page, &format!("{size}-save")).await?;
        page.run("document.querySelector('#save-dialog').close()").await?;

        page.choose(&fixture("not_a_photo.jpg")).await?;
        page.notice("not-a-photo").await?;
        still(page, &format!("{size}-notice")).await?;
    }
    Ok(())
}

/// Keeps a picture once everything has come to rest.
async fn still(page: &Page, name: &str) -> Result<()> {
    page.settle().await?;
    // Transitions of the page last up to half a second.
    tokio::time::sleep(Duration::from_millis(700)).await;
    screen(page, name).await?;
    nothing_sticks_out(page, name).await
}

async fn nothing_sticks_out(page: &Page, name: &str) -> Result<()> {
    let wide = page.run("return document.documentElement.scrollWidth > innerWidth").await?;
    ensure!(wide == false, "{name} scrolls sideways");
    Ok(())
}
