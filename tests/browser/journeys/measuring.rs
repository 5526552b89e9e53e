//! From a photo to a plan that fits the face in it, or to the head placed by hand.

use anyhow::{Context, Result, ensure};
use hairline::export::Format;
use serde_json::Value;

use crate::engines::fixture;
use crate::native;
use crate::page::Page;

const ASKED: &str = "return document.querySelector('#consent-dialog').open";
const READY: &str = "return document.documentElement.dataset.state === 'ready'";

/// Chooses a photo and agrees to measuring.
async fn measured(page: &Page, name: &str) -> Result<()> {
    page.choose(&fixture(name)).await?;
    page.until("the question", ASKED).await?;
    page.click("#consent-measure").await?;
    page.until("the picture", READY).await?;
    page.settle().await
}

async fn tool(page: &Page) -> Result<String> {
    page.text_of("return document.querySelector('#workspace').dataset.tool").await
}

async fn plan(page: &Page) -> Result<Value> {
    serde_json::from_str(&page.document().await?).context("the plan")
}

fn models(page: &Page) -> usize {
    page.site.requests().iter().filter(|line| line.contains("/models/")).count()
}

async fn height(page: &Page) -> Result<f64> {
    let words = page.text_of("return document.querySelector('#readout').textContent").await?;
    let number: String =
        words.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    number.parse().with_context(|| words)
}

pub async fn a_face_is_measured_once_agreed(page: &Page) -> Result<()> {
    ensure!(models(page) == 0, "models were fetched before anybody agreed");
    measured(page, "m_light_front.jpg").await?;
    ensure!(models(page) == 3, "{} models were fetched", models(page));
    ensure!(tool(page).await? == "hairline", "the hairline is not in hand");
    ensure!(page.dots().await? > 5_000, "there are {} dots", page.dots().await?);
    let first = plan(page).await?;
    ensure!(first["face"].is_object(), "the plan knows no face: {first}");
    // The renderer of this head says 2 and 5 degrees.
    let head = |name: &str| first["head"][name].as_f64().unwrap_or(f64::NAN);
    ensure!((head("yaw_degrees") - 2.0).abs() < 5.0 && (head("pitch_degrees") - 5.0).abs() < 8.0, "{first}");
    let high = height(page).await?;
    ensure!((high - 75.0).abs() < 3.0, "the suggested line stands {high} mm above the brow");

    // The command line makes the same of the same photo, to the byte.
    let (saved, _) = page.save("#save-png").await?;
    let photo = std::fs::read(fixture("m_light_front.jpg"))?;
    let (document, expected) = native::measured(&photo, page.moment().await?, Format::Png)?;
    ensure!(document == page.document().await?, "natively the plan is another: {document}");
    ensure!(saved == expected, "natively the picture is another");

    // A second photo of the same visit is not asked about, and asks nobody for anything.
    let before = page.site.requests().len();
    let frame = page.frame().await?;
    page.choose(&fixture("m_dark_front.jpg")).await?;
    page.until(
        "the second picture",
        &format!("const d = document.documentElement.dataset; return d.state === 'ready' && Number(d.frame) > {frame}"),
    )
    .await?;
    ensure!(page.site.requests().len() == before, "{:?}", &page.site.requests()[before..]);
    let second = plan(page).await?;
    ensure!(second["face"].is_object() && second["head"] != first["head"], "{second}");
    Ok(())
}

pub async fn a_told_pupil_distance_changes_every_length(page: &Page) -> Result<()> {
    measured(page, "m_light_front.jpg").await?;
    // The line stays where it is in the photo once somebody has drawn it.
    page.run("document.querySelector('[data-handle=\"hairline-3\"]').focus()").await?;
    let nudge = "document.querySelector('[data-handle=\"hairline-3\"]').dispatchEvent(\
        new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }))";
    page.run(nudge).await?;
    page.settle().await?;
    let before = height(page).await?;
    let assumed: f64 =
        plan(page).await?["face"]["measured"]["pupil_distance_mm"].as_f64().context("a pupil distance")?;
    page.click("#tool-head").await?;
    let told = (assumed * 1.1 * 10.0).round() / 10.0;
    page.run(&format!(
        "const e = document.querySelector('#pupil-distance'); e.value = '{told}'; \
         e.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await?;
    page.settle().await?;
    let after = height(page).await?;
    ensure!((after / before / 1.1 - 1.0).abs() < 0.03, "{before} mm became {after} mm");
    page.step("#undo").await?;
    ensure!((height(page).await? - before).abs() < 0.5, "undo leaves {}", height(page).await?);
    Ok(())
}

pub async fn who_declines_places_the_head_by_hand(page: &Page) -> Result<()> {
    page.choose(&fixture("m_light_front.jpg")).await?;
    page.until("the question", ASKED).await?;
    page.click("#consent-by-hand").await?;
    page.until("the picture", READY).await?;
    page.settle().await?;
    ensure!(models(page) == 0, "models were fetched though nobody agreed");
    ensure!(tool(page).await? == "head", "the head is not in hand");
    ensure!(plan(page).await?.get("face").is_none(), "a face was measured though nobody agreed");

    // And may think better of it.
    let frame = page.frame().await?;
    page.click("#measure").await?;
    page.redrawn_since(frame).await?;
    page.until(
        "the hairline in hand",
        "return document.querySelector('#workspace').dataset.tool === 'hairline'",
    )
    .await?;
    ensure!(plan(page).await?["face"].is_object(), "nothing was measured");
    Ok(())
}

pub async fn a_head_without_a_face_is_outlined_and_left_to_the_person(page: &Page) -> Result<()> {
    measured(page, "truth/m_light_back_scar.jpg").await?;
    ensure!(tool(page).await? == "head", "the head is not in hand");
    let plan = plan(page).await?;
    ensure!(plan.get("face").is_none(), "a face on the back of a head: {plan}");
    ensure!(models(page) == 4, "small faces were not looked for");
    let said = page.text_of("return document.querySelector('#advice').textContent.trim()").await?;
    ensure!(said.contains("outline"), "the person is told {said:?}");
    Ok(())
}

pub async fn one_of_several_people_can_be_chosen(page: &Page) -> Result<()> {
    // Two heads side by side, the second one smaller.
    let folder = std::env::temp_dir().join(format!("hairline-two-{}", page.engine.name()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("two.png");
    let one = image::open(fixture("m_light_front.jpg"))?.to_rgb8();
    let other = image::open(fixture("m_dark_front.jpg"))?.to_rgb8();
    let other = image::imageops::resize(&other, 576, 768, image::imageops::FilterType::Triangle);
    let mut both =
        image::RgbImage::from_pixel(one.width() + other.width(), one.height(), image::Rgb([150; 3]));
    image::imageops::replace(&mut both, &one, 0, 0);
    image::imageops::replace(&mut both, &other, i64::from(one.width()), 200);
    both.save(&path)?;

    page.choose(&path).await?;
    page.until("the question", ASKED).await?;
    page.click("#consent-measure").await?;
    page.until("the picture", READY).await?;
    page.settle().await?;
    std::fs::remove_dir_all(&folder)?;
    let middle = f64::from(one.width());
    let at = |plan: &Value| plan["head"]["centre"][0].as_f64().unwrap_or(f64::NAN);
    ensure!(at(&plan(page).await?) < middle, "the larger face is not the first");
    page.click("#tool-head").await?;
    let frame = page.frame().await?;
    page.click("faces-layer button[aria-pressed='false']").await?;
    page.redrawn_since(frame).await?;
    ensure!(at(&plan(page).await?) > middle, "the other face was not taken");
    Ok(())
}

pub async fn measuring_can_be_given_up(page: &Page) -> Result<()> {
    page.choose(&fixture("phone_12mp_exif6.jpg")).await?;
    page.until("the question", ASKED).await?;
    // Pressed as soon as it is there.
    page.run(
        "const button = document.querySelector('#progress-cancel'); \
         new MutationObserver(() => { if (!button.hidden) button.click(); }).observe(button, { attributes: true }); \
         document.querySelector('#consent-measure').click()",
    )
    .await?;
    page.until("the picture", READY).await?;
    page.settle().await?;
    ensure!(tool(page).await? == "head", "the head is not in hand");
    ensure!(plan(page).await?.get("face").is_none(), "it went on all the same");
    Ok(())
}

pub async fn without_the_models_the_head_is_placed_by_hand(page: &Page) -> Result<()> {
    page.forgive_errors();
    page.run("const fetched = fetch; window.fetch = (url, ...rest) => String(url).includes('/models/') ? Promise.reject(new TypeError('no connection')) : fetched(url, ...rest)").await?;
    page.choose(&fixture("m_light_front.jpg")).await?;
    page.until("the question", ASKED).await?;
    page.click("#consent-measure").await?;
    page.notice("models-missing").await?;
    page.until("the picture", READY).await?;
    page.settle().await?;
    ensure!(tool(page).await? == "head", "the head is not in hand");
    ensure!(page.dots().await? > 0, "there are no dots");
    Ok(())
}

pub async fn kinds_of_hairlines_and_a_told_height_move_the_line(page: &Page) -> Result<()> {
    measured(page, "m_light_front.jpg").await?;
    let handles = "return document.querySelectorAll('button.handle[data-handle^=hairline]').length";
    ensure!(page.number_of(handles).await? == 7.0);
    let frame = page.frame().await?;
    page.run("document.querySelector('#style-juvenile').click()").await?;
    page.redrawn_since(frame).await?;
    let low = height(page).await?;
    ensure!((low - 65.0).abs() < 2.0, "a young hairline stands {low} mm above the brow");
    let frame = page.frame().await?;
    page.run("document.querySelector('#style-widows-peak').click()").await?;
    page.redrawn_since(frame).await?;
    ensure!(page.number_of(handles).await? > 7.0, "a peak has points of its own");
    page.step("#undo").await?;
    ensure!(height(page).await? == low, "undo leaves {}", height(page).await?);
    ensure!(page.run("return document.querySelector('#style-juvenile').checked").await? == true);

    // Somebody has measured it with a tape.
    page.click("#tool-head").await?;
    page.run(
        "const e = document.querySelector('#told-height'); e.value = '71'; \
         e.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await?;
    page.settle().await?;
    let told = height(page).await?;
    ensure!((told - 71.0).abs() <= 1.0, "71 mm were told, {told} are said");
    Ok(())
}
