//! Ways a photo comes in, and that it comes out upright and in its true colours.

use anyhow::{Context, Result, ensure};
use hairline::export::Format;
use serde_json::json;

use crate::engines::fixture;
use crate::native;
use crate::page::{Page, ready_by_hand};

/// Opens a fixture, saves it as PNG and compares with what the native engine makes of the same
/// file and document: equal bytes mean equal orientation, colours, dots and size.
async fn comes_out_as_natively(page: &Page, name: &str, size: (u32, u32)) -> Result<()> {
    page.open_photo(name).await?;
    let document = page.document().await?;
    let (saved, _) = page.save("#save-png").await?;
    let photo = std::fs::read(fixture(name))?;
    let expected = native::export(&photo, &document, page.moment().await?, Format::Png)?;
    let picture = image::load_from_memory(&saved).context("the saved PNG")?;
    ensure!(
        (picture.width(), picture.height()) == size,
        "{name} was saved {}x{}",
        picture.width(),
        picture.height()
    );
    ensure!(
        saved == expected,
        "{name}: {} saved bytes differ from {} native ones",
        saved.len(),
        expected.len()
    );
    ensure!(page.dots().await? > 0, "{name} has no dots");
    Ok(())
}

pub async fn photos_come_out_upright_and_true(page: &Page) -> Result<()> {
    comes_out_as_natively(page, "p3.jpg", fixture_size("p3.jpg")?).await?;
    comes_out_as_natively(page, "grey.png", fixture_size("grey.png")?).await
}

/// The engine leaves WebP to the browser.
pub async fn a_webp_picture_opens(page: &Page) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("hairline-webp-{}", page.engine.name()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("photo.webp");
    image::open(fixture("m_light_front.jpg"))?.save(&path)?;
    let before = page.frame().await?;
    page.choose(&path).await?;
    page.until("the WebP picture", &ready_by_hand(before)).await?;
    page.settle().await?;
    ensure!(page.dots().await? > 0, "the WebP picture has no dots");
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The size a fixture has on disk; only for those that no EXIF turns.
fn fixture_size(name: &str) -> Result<(u32, u32)> {
    Ok(image::image_dimensions(fixture(name))?)
}

pub async fn a_phone_photo_of_12_megapixels_is_taken(page: &Page) -> Result<()> {
    let (width, height) = fixture_size("phone_12mp_exif6.jpg")?;
    ensure!(width > height, "the fixture lies on its side");
    comes_out_as_natively(page, "phone_12mp_exif6.jpg", (height, width)).await
}

pub async fn samples_open(page: &Page) -> Result<()> {
    page.until("samples", "return document.querySelector('[data-sample]') !== null").await?;
    let names = page
        .run("return [...document.querySelectorAll('[data-sample]')].map((e) => e.dataset.sample)")
        .await?;
    let names = names.as_array().context("a list")?.clone();
    ensure!(!names.is_empty(), "there are no samples");
    for name in names {
        let name = name.as_str().context("a name")?;
        let frame = page.frame().await?;
        // A sample may be offered in more than one place; the visible one is meant.
        page.run_with(
            "[...document.querySelectorAll(`[data-sample='${arguments[0]}']`)] \
             .find((e) => e.checkVisibility()).click()",
            vec![json!(name)],
        )
        .await
        .with_context(|| format!("sample {name}"))?;
        page.redrawn_since(frame).await.with_context(|| format!("sample {name}"))?;
        ensure!(page.data("state").await? == "ready");
        ensure!(page.dots().await? > 0, "sample {name} has no dots");
        page.click("#start-over").await?;
        page.until("the welcome", "return document.documentElement.dataset.state === 'welcome'").await?;
    }
    Ok(())
}

/// Makes a `DataTransfer` that holds one photo, as the system would for a drop or a paste.
const FILE: &str = "const done = arguments[arguments.length - 1]; \
    const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0)); \
    const file = new File([bytes], 'photo.jpg', { type: 'image/jpeg' }); \
    const transfer = new DataTransfer(); transfer.items.add(file);";

async fn arrives_by(page: &Page, script: &str) -> Result<()> {
    let bytes = std::fs::read(fixture("m_light_front.jpg"))?;
    let script = format!("{FILE} {script} done(transfer.files.length);");
    let count = page.client.execute_async(&script, vec![json!(base64(&bytes))]).await?;
    ensure!(count == json!(1), "the engine made no transfer: {count}");
    page.until("the photo on screen", &ready_by_hand(0)).await?;
    page.settle().await?;
    ensure!(page.dots().await? > 0);
    Ok(())
}

pub async fn a_photo_is_dropped(page: &Page) -> Result<()> {
    arrives_by(
        page,
        "const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2); \
         for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(\
         new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));",
    )
    .await
}

pub async fn a_photo_is_pasted(page: &Page) -> Result<()> {
    // Only Chromium heeds `clipboardData` given to the constructor; the others get it by hand.
    arrives_by(
        page,
        "const event = new ClipboardEvent('paste', \
         { bubbles: true, cancelable: true, clipboardData: transfer }); \
         if (!event.clipboardData?.files.length) \
         Object.defineProperty(event, 'clipboardData', { value: transfer }); \
         document.body.dispatchEvent(event);",
    )
    .await
}

pub async fn starting_over_forgets_the_photo(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let first = page.work().await?;
    page.slide("#density", 100.0).await?;
    page.click("#start-over").await?;
    page.until("the welcome", "return document.documentElement.dataset.state === 'welcome'").await?;
    page.open_photo("m_light_front.jpg").await?;
    let again = page.work().await?;
    ensure!(again == first, "something of the first client is left: {first:?} {again:?}");
    Ok(())
}

/// Standard base64, the one way bytes go into a script.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}
