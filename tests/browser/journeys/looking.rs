//! Looking closer, looking at both, and turning the device.

use anyhow::{Result, ensure};

use crate::page::{Page, Place};
use crate::pointer::{Kind, drag, pinch, wheel};

/// How wide the hairline is on screen: the measure of zoom a person sees.
async fn spread(page: &Page) -> Result<f64> {
    Ok(page.handle("hairline-0").await?.distance(page.handle("hairline-6").await?))
}

async fn sharp_again(page: &Page) -> Result<()> {
    // The picture may glide to its new size; wait until two looks agree.
    let mut last = spread(page).await?;
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(80)).await;
        let now = spread(page).await?;
        if (now - last).abs() < 0.01 {
            break;
        }
        last = now;
    }
    page.settle().await
}

pub async fn buttons_and_wheel_zoom(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let work = page.work().await?;
    let fitted = spread(page).await?;

    page.click("#zoom-in").await?;
    sharp_again(page).await?;
    let near = spread(page).await?;
    ensure!(near > 1.05 * fitted, "zoom in: {fitted} then {near}");
    ensure!(page.pixels("after").await? != work.after, "the closer picture was not drawn");
    page.click("#zoom-out").await?;
    sharp_again(page).await?;
    ensure!(spread(page).await? < near, "zoom out");
    page.click("#zoom-100").await?;
    sharp_again(page).await?;
    let whole = spread(page).await?;
    page.click("#zoom-fit").await?;
    sharp_again(page).await?;
    let again = spread(page).await?;
    ensure!((again - fitted).abs() < 0.5, "fit: {fitted} then {again}; 100 %: {whole}");
    ensure!(page.work().await? == work, "looking around changed the work");

    // The place under the pointer stays under it, once the picture is larger than its frame and
    // need not be kept in the middle.
    for _ in 0..3 {
        page.click("#zoom-in").await?;
    }
    sharp_again(page).await?;
    let fitted = spread(page).await?;
    let at = page.handle("hairline-5").await?;
    wheel(page, at, -240).await?;
    sharp_again(page).await?;
    let wheeled = spread(page).await?;
    ensure!(wheeled > 1.05 * fitted, "the wheel: {fitted} then {wheeled}");
    let stayed = page.handle("hairline-5").await?;
    ensure!(stayed.distance(at) < 3.0, "the wheel lost the place: {at:?} then {stayed:?}");
    wheel(page, at, 2400).await?;
    sharp_again(page).await?;
    ensure!(spread(page).await? < wheeled, "the wheel back");
    Ok(())
}

pub async fn two_fingers_zoom(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    if !Kind::of(page.engine).contains(&Kind::Touch) {
        // No fingers to be had from this driver: see `Kind::of`. Panning by mouse instead.
        page.click("#zoom-in").await?;
        page.click("#zoom-in").await?;
        sharp_again(page).await?;
        let handle = page.handle("hairline-3").await?;
        let view = page.middle("#view").await?;
        let from = Place { x: view.x, y: view.y + 150.0 };
        drag(page, Kind::Mouse, from, &[Place { y: from.y - 40.0, ..from }]).await?;
        sharp_again(page).await?;
        let moved = page.handle("hairline-3").await?.distance(handle);
        ensure!((moved - 40.0).abs() < 3.0, "panning by 40 px moved the picture {moved} px");
        return Ok(());
    }
    let work = page.work().await?;
    let fitted = spread(page).await?;
    let view = page.middle("#view").await?;
    pinch(page, Place { x: view.x, y: view.y + 120.0 }, 2.0).await?;
    sharp_again(page).await?;
    let near = spread(page).await?;
    ensure!((near / fitted / 2.0 - 1.0).abs() < 0.1, "fingers twice as far apart: {fitted} then {near}");
    let now = page.work().await?;
    ensure!(now.document == work.document && now.undo == work.undo, "pinching changed the work");
    Ok(())
}

pub async fn a_resized_window_keeps_the_picture(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let work = page.work().await?;
    for (width, height) in [(820, 1100), (1100, 700), (1280, 900)] {
        page.resize(width, height).await?;
        sharp_again(page).await?;
        let inside = page
            .run(
                "const v = document.querySelector('#view').getBoundingClientRect(); \
                 return [...document.querySelectorAll('button.handle[data-handle^=hairline]')].every((e) => { \
                 const r = e.getBoundingClientRect(); const x = r.left + r.width / 2, y = r.top + r.height / 2; \
                 return x >= v.left && x <= v.right && y >= v.top && y <= v.bottom; }) \
                 && document.documentElement.scrollWidth <= innerWidth",
            )
            .await?;
        ensure!(inside == true, "at {width}x{height} the picture is out of its frame");
    }
    let back = page.work().await?;
    ensure!(back == work, "resizing back and forth\n{work:?}\n{back:?}");
    Ok(())
}

pub async fn comparing_moves_the_split(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let work = page.work().await?;
    let split = "return getComputedStyle(document.querySelector('#compare')).getPropertyValue('--split').trim() \
                 || getComputedStyle(document.querySelector('#view')).getPropertyValue('--split').trim()";
    let mut seen = Vec::new();
    for value in [0, 25, 100] {
        page.run(&format!(
            "const e = document.querySelector('#compare'); e.value = {value}; \
             e.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        ))
        .await?;
        seen.push(page.text_of(split).await?);
    }
    seen.dedup();
    ensure!(seen.len() == 3, "the split does not follow: {seen:?}");
    ensure!(page.work().await? == work, "comparing drew or changed something");
    Ok(())
}
