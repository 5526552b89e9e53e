//! Pictures of the page at the sizes people hold, for looking at, and that nothing sticks out.

use anyhow::{Result, ensure};

use crate::page::Page;
use crate::report::screen;

pub async fn every_size_shows_the_picture(page: &Page) -> Result<()> {
    let sizes = [("phone", 390, 844), ("tablet", 834, 1112), ("desktop", 1440, 900)];
    for (name, width, height) in sizes {
        page.resize(width, height).await?;
        page.settle().await?;
        screen(page, &format!("{name}-welcome")).await?;
        nothing_sticks_out(page, name).await?;
    }
    page.open_photo("m_light_front.jpg").await?;
    for (name, width, height) in sizes {
        page.resize(width, height).await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        page.settle().await?;
        screen(page, &format!("{name}-ready")).await?;
        nothing_sticks_out(page, name).await?;
        page.click("#save").await?;
        page.until("the dialog", "return document.querySelector('#save-dialog').open").await?;
        screen(page, &format!("{name}-save")).await?;
        page.run("document.querySelector('#save-dialog').close()").await?;
    }
    Ok(())
}

async fn nothing_sticks_out(page: &Page, name: &str) -> Result<()> {
    let wide = page.run("return document.documentElement.scrollWidth > innerWidth").await?;
    ensure!(wide == false, "at {name} size the page scrolls sideways");
    Ok(())
}
