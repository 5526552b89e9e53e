//! What a person takes away.

use anyhow::{Context, Result, ensure};
use hairline::dots::Moment;
use hairline::export::Format;
use serde_json::json;

use crate::engines::fixture;
use crate::native;
use crate::page::{Page, Place};
use crate::pointer::{Kind, drag};

pub async fn jpeg_and_png_are_saved_whole_and_clean(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let size = image::image_dimensions(fixture("m_light_front.jpg"))?;
    let document = page.document().await?;
    let photo = std::fs::read(fixture("m_light_front.jpg"))?;
    for (button, ending, magic) in
        [("#save-jpeg", ".jpg", &b"\xff\xd8\xff"[..]), ("#save-png", ".png", &b"\x89PNG\r\n\x1a\n"[..])]
    {
        let (bytes, name) = page.save(button).await?;
        ensure!(bytes.starts_with(magic), "{button} gave {:?}", &bytes[..bytes.len().min(16)]);
        ensure!(name.ends_with(ending), "{button} is called {name:?}");
        let picture = image::load_from_memory(&bytes).with_context(|| button.to_owned())?;
        ensure!((picture.width(), picture.height()) == size, "{button} has another size");
        for mark in [&b"Exif\0\0"[..], b"eXIf", b"http://ns.adobe.com/xap", b"tEXt", b"iTXt", b"tIME"] {
            let found = bytes.windows(mark.len()).any(|window| window == mark);
            ensure!(!found, "{button} tells {:?}", String::from_utf8_lossy(mark));
        }
        if ending == ".png" {
            let expected = native::export(&photo, &document, page.moment().await?, Format::Png)?;
            ensure!(bytes == expected, "the saved PNG is not the native one");
        }
    }
    Ok(())
}

pub async fn export_can_be_cancelled_and_shows_progress(page: &Page) -> Result<()> {
    page.open_photo("phone_12mp_exif6.jpg").await?;
    page.show_moment(1, Some(3.0), None).await?;
    ensure!(page.moment().await? == Moment::new(1, 3.0, 0.0), "{}", page.data("moment").await?);
    let document = page.document().await?;
    page.open_save().await?;
    let says = page.text_of("return document.querySelector('#save-moment').textContent").await?;
    ensure!(says.contains("Day 3 after session 1"), "the dialog says {says:?}");

    // What is seen on the way is noted in the page, which is quicker than the driver.
    page.run(
        "journey.seen = []; const words = document.querySelector('#save-words'); \
         const bar = document.querySelector('#save-bar'); \
         new MutationObserver(() => journey.seen.push([words.textContent, bar.value])) \
         .observe(words, { childList: true, characterData: true, subtree: true }); \
         journey.cancelAt = 0.1; const at = setInterval(() => { if (bar.value < journey.cancelAt) return; \
         clearInterval(at); document.querySelector('#save-cancel').click(); }, 5);",
    )
    .await?;
    page.click("#save-png").await?;
    page.until(
        "the cancelled state",
        "return document.querySelector('#save-progress').hidden \
         && !document.querySelector('#save-png').disabled \
         && document.querySelector('#save-status').textContent !== ''",
    )
    .await?;
    let told = page.number_of("return journey.progress.length").await?;
    ensure!(told >= 1.0, "no progress was told");
    // Stopped, not only hidden: nothing more is told, and no file comes.
    page.settle().await?;
    let told = page.number_of("return journey.progress.length").await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    ensure!(page.number_of("return journey.progress.length").await? == told, "the export went on");
    ensure!(page.run("return journey.downloads").await? == json!([]), "a cancelled picture was saved");
    page.run("document.querySelector('#save-dialog').close()").await?;

    // The next one goes through, and the picture stays live while it is written.
    page.run("journey.seen.length = 0; journey.progress.length = 0").await?;
    let frame = page.frame().await?;
    page.run(
        "const bar = document.querySelector('#save-bar'); const region = document.querySelector('#save-progress'); \
         const at = setInterval(() => { if (region.hidden || bar.value < 0.1) return; \
         clearInterval(at); document.querySelector('#zoom-in').click(); \
         new MutationObserver((_, watcher) => { watcher.disconnect(); journey.drawnAt = bar.value; }) \
         .observe(document.documentElement, { attributeFilter: ['data-frame'] }); }, 5);",
    )
    .await?;
    let (bytes, _) = page.save("#save-png").await?;
    ensure!(page.frame().await? > frame, "the picture stood still");
    let drawn_at = page.number_of("return journey.drawnAt ?? null").await?;
    ensure!((0.1..0.7).contains(&drawn_at), "the picture waited for the export, until {drawn_at}");
    let seen = page.run("return journey.seen").await?;
    let seen = seen.as_array().context("a list")?;
    let shares: Vec<f64> = seen.iter().filter_map(|s| s[1].as_f64()).collect();
    ensure!(shares.len() >= 3 && shares.is_sorted(), "the bar went {shares:?}");
    let words = seen.iter().filter_map(|s| s[0].as_str()).all(|w| w.starts_with("Writing the picture, "));
    ensure!(words, "{seen:?}");
    let photo = std::fs::read(fixture("phone_12mp_exif6.jpg"))?;
    let expected = native::export(&photo, &document, page.moment().await?, Format::Png)?;
    ensure!(bytes == expected, "the picture written meanwhile is not the native one");
    Ok(())
}

pub async fn work_asks_nobody_anything(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    page.settle().await?;
    let before = page.site.requests();
    page.slide("#density", 130.0).await?;
    page.slide("#shade", 4.0).await?;
    let start = page.handle("hairline-3").await?;
    drag(page, Kind::Mouse, start, &[Place { y: start.y - 20.0, ..start }]).await?;
    page.step("#undo").await?;
    page.click("#zoom-in").await?;
    page.settle().await?;
    page.save("#save-jpeg").await?;
    page.choose(&fixture("grey.png")).await?;
    page.settle().await?;
    let after = page.site.requests();
    ensure!(after == before, "asked for more after the photo was open: {:?}", &after[before.len()..]);
    Ok(())
}
