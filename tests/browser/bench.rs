//! Measures the page in Chromium: `cargo xtask bench` runs this and makes a table of the numbers.
//!
//! It needs `HAIRLINE_DIST` to be the built page with the bench's own folder `bench/` in it, which
//! `cargo xtask bench` puts together from `benches/page`. The numbers are one JSON object: times in
//! ms, sizes in bytes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hairline::export::{DEFAULT_JPEG_QUALITY, Format, encode};
use hairline::photo::Photo;
use serde_json::{Map, Value, json};

use crate::engines::{Engine, Fleet, fixture};
use crate::page::{Page, Place};
use crate::pointer::{Kind, sweep};
use crate::report;

/// The jobs of `benches/page/worker.js`.
const JOBS: [&str; 5] = ["paint", "select", "drag", "openAndSave", "analyse"];
/// Times a photo is opened.
const OPENINGS: usize = 5;
/// Movements of the dragged handle.
const MOVES: u32 = 120;
/// How far up the handle is dragged before it comes back, CSS px. Not so far that the line can follow no
/// further: then there is no new picture to wait for.
const REACH: f64 = 40.0;
/// The first movement goes at least this far, CSS px: less is not yet a drag to the page, and would wait
/// for a picture that nobody asked for.
const FIRST: f64 = 4.0;
/// After this long a part of the bench is given up.
const LIMIT: Duration = Duration::from_mins(3);

type Numbers = Map<String, Value>;

/// Measures everything and writes the numbers to a file.
pub fn run(fleet: &Fleet, file: &Path) -> Result<()> {
    let mut numbers = Numbers::new();
    let mut add = |name: &str, part: Result<Numbers>| -> Result<()> {
        println!("measured: {name}");
        numbers.extend(part.with_context(|| name.to_owned())?);
        Ok(())
    };
    let visit = Visitor(fleet);
    for job in JOBS {
        add(job, visit.part(job, async |page| in_worker(page, job).await))?;
    }
    add("dragging", visit.part("dragging", dragging))?;
    add("opening", visit.part("opening", opening))?;
    add("starting over", visit.part("starting-over", starting_over))?;
    let text = serde_json::to_string_pretty(&numbers)?;
    std::fs::write(file, text).with_context(|| file.display().to_string())
}

struct Visitor<'a>(&'a Fleet);

impl Visitor<'_> {
    fn part(&self, name: &str, measure: impl AsyncFnOnce(&Page) -> Result<Numbers>) -> Result<Numbers> {
        self.0.visit(Engine::Chromium, name, LIMIT, measure)
    }
}

/// One job on the bench's own page.
async fn in_worker(page: &Page, job: &str) -> Result<Numbers> {
    page.client.goto(&format!("{}bench/index.html", page.site.address())).await?;
    page.until("the bench", "return 'ready' in document.documentElement.dataset").await?;
    let script = "const done = arguments[arguments.length - 1]; \
        bench.run(arguments[0]).then(done, (thrown) => done({ failure: thrown.message }))";
    let answer = page.client.execute_async(script, vec![json!(job)]).await?;
    ensure!(answer.get("failure").is_none(), "{answer}");
    answer.as_object().cloned().context("a job gives numbers")
}

/// Opens the shipped page, watched; returns when nothing moves any more.
async fn open_watched(page: &Page) -> Result<()> {
    page.open().await?;
    page.run("journey.watchesLive = false").await?;
    page.run(include_str!("../../benches/page/watch.js")).await?;
    // The welcome picture is drawn by the same worker.
    page.until("the welcome picture", "return 'ready' in document.querySelector('hero-compare').dataset")
        .await?;
    page.settle().await
}

/// From a movement of the pointer to the picture that follows it.
async fn dragging(page: &Page) -> Result<Numbers> {
    open_watched(page).await?;
    page.open_photo("phone_3mp.jpg").await?;
    let start = page.handle("hairline-3").await?;
    // Once to warm up.
    for _ in 0..2 {
        page.run("bench.reset()").await?;
        let places: Vec<Place> =
            (1..=MOVES).map(|i| Place { y: start.y - FIRST - REACH * triangle(i, MOVES), ..start }).collect();
        sweep(page, Kind::Mouse, start, &places).await?;
    }
    let noted = page
        .run(
            "const { delays, moves, frames, longTasks } = bench; \
             const canvas = document.querySelector('#view canvas.after'); \
             const agent = navigator.userAgent; \
             return { delays, moveTimes: moves, moves: moves.length, frames, longTasks, agent, \
                      viewWidth: canvas.width, viewHeight: canvas.height }",
        )
        .await?;
    let delays = list(&noted["delays"])?;
    let long = list(&noted["longTasks"])?;
    ensure!(!delays.is_empty(), "no movement was followed by a frame: {noted}");
    let mut numbers = Numbers::new();
    numbers.insert("pointerToPixelsP50".into(), json!(quantile(&delays, 0.5)));
    numbers.insert("pointerToPixelsP95".into(), json!(quantile(&delays, 0.95)));
    numbers.insert("longTasks".into(), json!(long.len()));
    numbers.insert("longestTask".into(), json!(long.iter().copied().fold(0.0, f64::max)));
    let moves = list(&noted["moveTimes"])?;
    let gaps: Vec<f64> = moves.windows(2).map(|pair| pair[1] - pair[0]).collect();
    numbers.insert("moveGap".into(), json!(quantile(&gaps, 0.5)));
    for name in ["moves", "frames", "viewWidth", "viewHeight", "agent"] {
        numbers.insert(name.into(), noted[name].clone());
    }
    Ok(numbers)
}

/// Up and down once in `steps`, between 0 and 1.
fn triangle(step: u32, steps: u32) -> f64 {
    1.0 - (f64::from(step) * 2.0 / f64::from(steps) - 1.0).abs()
}

/// From a chosen file to its first treated picture.
async fn opening(page: &Page) -> Result<Numbers> {
    let mut numbers = Numbers::new();
    for (name, file) in [("open12", "phone_12mp_exif6.jpg"), ("open3", "phone_3mp.jpg")] {
        let photo = grainy(file)?;
        numbers.insert(format!("{name}Bytes"), json!(photo.metadata()?.len()));
        let mut times = Vec::new();
        for _ in 0..OPENINGS {
            open_watched(page).await?;
            // Somebody has agreed to be measured, and the models are there.
            page.choose(&fixture("grey.png")).await?;
            page.until("the question", "return document.querySelector('#consent-dialog').open").await?;
            page.click("#consent-measure").await?;
            page.until("the first photo", "return document.documentElement.dataset.state === 'ready'")
                .await?;
            page.settle().await?;
            page.run("bench.reset()").await?;
            page.choose(&photo).await?;
            page.until(file, "return bench.opened > 0").await?;
            times.push(page.number_of("return bench.opened - bench.chosen").await?);
        }
        numbers.insert(name.into(), json!(quantile(&times, 0.5)));
    }
    Ok(numbers)
}

/// A fixture with the grain of a camera's sensor. Without it a rendered picture is a tenth as many
/// bytes as a photo of its size, and opens faster than any photo would.
fn grainy(name: &str) -> Result<PathBuf> {
    let photo = Photo::decode(&std::fs::read(fixture(name))?)?;
    let mut pixels = photo.rgba().to_vec();
    let mut state = 1u32;
    for pixel in pixels.as_chunks_mut::<4>().0 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 28) as i8 - 8;
        for channel in &mut pixel[..3] {
            *channel = channel.saturating_add_signed(grain);
        }
    }
    let format = Format::Jpeg { quality: DEFAULT_JPEG_QUALITY };
    let file = encode(photo.width(), photo.height(), &pixels, format)?;
    let path = report::folder()?.join(format!("grainy-{name}"));
    std::fs::write(&path, file)?;
    Ok(path)
}

/// Whether the worker, and with it all of its memory, ends when a person starts over.
async fn starting_over(page: &Page) -> Result<Numbers> {
    open_watched(page).await?;
    page.open_photo("phone_12mp_exif6.jpg").await?;
    let worker = page.data("worker").await?;
    let ended = page.number_of("return bench.ended").await?;
    page.click("#start-over").await?;
    page.until("the welcome", "return document.documentElement.dataset.state === 'welcome'").await?;
    let given_back =
        page.number_of("return bench.ended").await? > ended && page.data("worker").await? != worker;
    Ok(Numbers::from_iter([("memoryGivenBack".to_owned(), json!(given_back))]))
}

fn list(value: &Value) -> Result<Vec<f64>> {
    let values = value.as_array().context("a list")?;
    values.iter().map(|v| v.as_f64().context("a number")).collect()
}

/// The value below which that share of them lies.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
