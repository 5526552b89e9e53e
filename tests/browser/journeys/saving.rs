//! What a person takes away.

use anyhow::{Context, Result, ensure};
use hairline::export::Format;

use crate::engines::fixture;
use crate::native;
use crate::page::Page;
use crate::page::Place;
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
            let expected = native::export(&photo, &document, Format::Png)?;
            ensure!(bytes == expected, "the saved PNG is not the native one");
        }
    }
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
