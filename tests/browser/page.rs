//! The page as a person meets it: choosing photos, reading what it says, pressing its buttons.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use hairline::dots::Moment;
use serde_json::{Value, json};

use crate::engines::{Engine, fixture};
use crate::server::{HANDOVER_SCRIPT, Site};

/// How long anything may take that a person waits for, on a slow machine under load.
const PATIENCE: Duration = Duration::from_secs(30);

/// One open page.
pub struct Page {
    pub engine: Engine,
    pub client: Client,
    pub site: Site,
    /// Set by a journey that itself causes an error to be logged.
    forgiven: AtomicBool,
}

/// A place in the window, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub x: f64,
    pub y: f64,
}

impl Place {
    pub fn distance(self, other: Self) -> f64 {
        libm::hypot(self.x - other.x, self.y - other.y)
    }
}

/// Everything of the open work that must survive a failed attempt at something.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    pub document: String,
    pub dots: String,
    pub undo: bool,
    pub redo: bool,
    pub before: String,
    pub after: String,
}

impl Page {
    pub fn new(engine: Engine, client: Client, site: Site) -> Self {
        Self { engine, client, site, forgiven: AtomicBool::new(false) }
    }

    /// Opens the page in a desktop window and waits until it can be used.
    pub async fn open(&self) -> Result<()> {
        self.open_with("").await
    }

    /// The same with a query for the probe.
    pub async fn open_with(&self, query: &str) -> Result<()> {
        self.resize(1280, 900).await?;
        self.start(query).await
    }

    /// Opens the page afresh in a window of that size, CSS pixels with the browser's own frame.
    pub async fn open_at(&self, width: u32, height: u32) -> Result<()> {
        self.resize(width, height).await?;
        self.start("").await
    }

    async fn start(&self, query: &str) -> Result<()> {
        self.client.goto(&format!("{}{query}", self.site.address())).await?;
        self.until("the welcome", "return document.documentElement.dataset.state === 'welcome'").await
    }

    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        Ok(self.client.set_window_size(width, height).await?)
    }

    // Asking the page.

    pub async fn run(&self, script: &str) -> Result<Value> {
        self.run_with(script, Vec::new()).await
    }

    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client
            .execute(script, arguments)
            .await
            .with_context(|| format!("the page could not run: {script}"))
    }

    /// Waits until a script returns something true.
    pub async fn until(&self, what: &str, script: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let value = self.run(script).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                bail!("waited {} s in vain for {what}", PATIENCE.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// A string that a script returns.
    pub async fn text_of(&self, script: &str) -> Result<String> {
        let value = self.run(script).await?;
        value.as_str().map(str::to_owned).ok_or_else(|| anyhow!("{script} gave {value}, not a text"))
    }

    /// A number that a script returns.
    pub async fn number_of(&self, script: &str) -> Result<f64> {
        let value = self.run(script).await?;
        value.as_f64().ok_or_else(|| anyhow!("{script} gave {value}, not a number"))
    }

    /// A `data-` attribute of the root element; empty when absent.
    pub async fn data(&self, name: &str) -> Result<String> {
        self.text_of(&format!("return document.documentElement.dataset.{name} ?? ''")).await
    }

    /// How many treated frames have been shown.
    pub async fn frame(&self) -> Result<u64> {
        Ok(self.data("frame").await?.parse().unwrap_or(0))
    }

    pub async fn dots(&self) -> Result<u64> {
        let dots = self.data("dots").await?;
        dots.parse().with_context(|| format!("data-dots is {dots:?}"))
    }

    /// The document as the renderer was last told it.
    pub async fn document(&self) -> Result<String> {
        self.text_of("return journey.document").await
    }

    /// The moment that is shown.
    pub async fn moment(&self) -> Result<Moment> {
        let text = self.data("moment").await?;
        let mut parts = text.split('/');
        let mut next = || parts.next().with_context(|| format!("data-moment is {text:?}"));
        Ok(Moment::new(next()?.parse()?, next()?.parse()?, next()?.parse()?))
    }

    /// How light a canvas of the view is: the mean of its channels, 0–255.
    pub async fn light(&self, which: &str) -> Result<f64> {
        self.number_of(&format!("return journey.light('#view canvas.{which}')")).await
    }

    /// Size and hash of the pixels in a canvas of the view: `before` or `after`.
    pub async fn pixels(&self, which: &str) -> Result<String> {
        self.text_of(&format!("return journey.pixels('#view canvas.{which}')")).await
    }

    pub async fn work(&self) -> Result<Work> {
        Ok(Work {
            document: self.document().await?,
            dots: self.data("dots").await?,
            undo: self.enabled("#undo").await?,
            redo: self.enabled("#redo").await?,
            before: self.pixels("before").await?,
            after: self.pixels("after").await?,
        })
    }

    pub async fn enabled(&self, selector: &str) -> Result<bool> {
        let script = format!("return !document.querySelector('{selector}').disabled");
        self.run(&script).await?.as_bool().context("disabled is a boolean")
    }

    // Acting on it.

    pub async fn find(&self, selector: &str) -> Result<Element> {
        self.client.find(Locator::Css(selector)).await.with_context(|| format!("there is no {selector}"))
    }

    pub async fn click(&self, selector: &str) -> Result<()> {
        self.find(selector).await?.click().await.with_context(|| format!("{selector} cannot be clicked"))
    }

    /// Gives the page a file through its own file input.
    pub async fn choose(&self, path: &Path) -> Result<()> {
        let path = path.to_str().context("the path is text")?;
        ensure!(Path::new(path).is_file(), "{path} is missing");
        self.find("#photo-input").await?.send_keys(path).await?;
        Ok(())
    }

    /// Chooses a fixture that is a good photo, and waits until it is on screen.
    pub async fn open_photo(&self, name: &str) -> Result<()> {
        let before = self.frame().await?;
        self.choose(&fixture(name)).await?;
        self.until(&format!("{name} on screen"), &ready_by_hand(before)).await?;
        // A photo nobody has measured yet begins with the head in hand.
        self.click("#tool-hairline").await?;
        self.settle().await
    }

    /// Waits until every frame that was asked for is on screen.
    pub async fn settle(&self) -> Result<()> {
        self.until("quiet", "return journey.settled()").await
    }

    /// Waits for the next treated frame after `frame`, then for quiet.
    pub async fn redrawn_since(&self, frame: u64) -> Result<()> {
        self.until(
            &format!("a frame after {frame}"),
            &format!("return Number(document.documentElement.dataset.frame ?? 0) > {frame}"),
        )
        .await?;
        self.settle().await
    }

    /// Waits for a notice with `code` and gives its sentence.
    pub async fn notice(&self, code: &str) -> Result<String> {
        self.until(
            &format!("the notice {code}"),
            &format!(
                "const n = document.querySelector('#notice'); \
                 return n.dataset.code === '{code}' && n.checkVisibility() && n.textContent.trim() !== ''"
            ),
        )
        .await
        .with_context(|| "no such notice")?;
        self.text_of(
            "const n = document.querySelector('#notice').cloneNode(true); \
             for (const b of n.querySelectorAll('button, svg')) b.remove(); \
             return n.textContent.replace(/\\s+/g, ' ').trim()",
        )
        .await
    }

    /// The middle of a handle.
    pub async fn handle(&self, id: &str) -> Result<Place> {
        self.middle(&format!("button.handle[data-handle=\"{id}\"]")).await
    }

    /// The middle of an element.
    pub async fn middle(&self, selector: &str) -> Result<Place> {
        let value = self
            .run_with(
                "const e = document.querySelector(arguments[0]); if (!e) return null; \
                 const r = e.getBoundingClientRect(); \
                 return [r.left + r.width / 2, r.top + r.height / 2]",
                vec![json!(selector)],
            )
            .await?;
        let at = |index: usize| value.get(index).and_then(Value::as_f64);
        match (at(0), at(1)) {
            (Some(x), Some(y)) => Ok(Place { x, y }),
            _ => bail!("there is no {selector}"),
        }
    }

    /// Sets a slider as a finger would, with the events of a change.
    pub async fn slide(&self, selector: &str, value: f64) -> Result<()> {
        let frame = self.frame().await?;
        self.run_with(
            "const e = document.querySelector(arguments[0]); e.value = arguments[1]; \
             e.dispatchEvent(new Event('input', { bubbles: true })); \
             e.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![json!(selector), json!(value)],
        )
        .await?;
        self.redrawn_since(frame).await.with_context(|| format!("{selector} set to {value}"))
    }

    /// Presses undo or redo and waits for the picture to follow.
    pub async fn step(&self, button: &str) -> Result<()> {
        let frame = self.frame().await?;
        self.click(button).await?;
        self.redrawn_since(frame).await.with_context(|| format!("{button} drew nothing"))
    }

    /// Chooses a moment by its own controls: a session, then days or years, where they are given.
    pub async fn show_moment(&self, session: u8, days: Option<f64>, years: Option<f64>) -> Result<()> {
        if !self.run(&format!("return document.querySelector('#session-{session}').checked")).await?.eq(&true)
        {
            let frame = self.frame().await?;
            self.run(&format!("document.querySelector('#session-{session}').click()")).await?;
            self.redrawn_since(frame).await.with_context(|| format!("session {session}"))?;
        }
        for (slider, value) in [("#days", days), ("#years", years)] {
            if let Some(value) = value {
                self.slide(slider, value).await?;
            }
        }
        Ok(())
    }

    /// Opens the dialog for saving.
    pub async fn open_save(&self) -> Result<()> {
        self.click("#save").await?;
        self.until(
            "the save dialog",
            "return document.querySelector('#save-dialog').open \
             && document.querySelector('#save-dialog').checkVisibility()",
        )
        .await
    }

    /// Saves the picture with `#save-jpeg` or `#save-png`: the bytes the page offers, and the name.
    pub async fn save(&self, button: &str) -> Result<(Vec<u8>, String)> {
        let already = self.number_of("return journey.downloads.length").await?;
        self.open_save().await?;
        self.until(
            &format!("{button} to be usable"),
            &format!("return !document.querySelector('{button}').disabled"),
        )
        .await?;
        self.click(button).await?;
        self.until("a file", &format!("return journey.downloads.length > {already}")).await?;
        let name = self.text_of("return journey.downloads.at(-1)").await?;
        let script = format!(
            "const done = arguments[arguments.length - 1]; const blob = journey.blobs.at(-1); \
             {HANDOVER_SCRIPT}.then((r) => done(String(r.status)), (e) => done(String(e)));"
        );
        let answer = self.client.execute_async(&script, Vec::new()).await?;
        let bytes = self.site.take_handed();
        let bytes = bytes.ok_or_else(|| anyhow!("no bytes were handed over: {answer}"))?;
        self.run("const d = document.querySelector('#save-dialog'); if (d.open) d.close()").await?;
        Ok((bytes, name))
    }

    // Afterwards.

    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    pub async fn source(&self) -> Result<String> {
        Ok(self.client.source().await?)
    }

    /// Everything the page logged, each line beginning with its level.
    pub async fn log(&self) -> Result<Vec<String>> {
        let lines = self.run("return globalThis.journey?.log ?? ['error: the probe did not run']").await?;
        let lines = lines.as_array().into_iter().flatten();
        Ok(lines.filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Tells [`Self::leaves_no_trace`] that this journey breaks something itself.
    pub fn forgive_errors(&self) {
        self.forgiven.store(true, Ordering::Relaxed);
    }

    /// Every journey ends here: nothing went wrong unseen, and nothing was asked of anybody else.
    pub async fn leaves_no_trace(&self) -> Result<()> {
        if !self.forgiven.load(Ordering::Relaxed) {
            let log = self.log().await?;
            let errors: Vec<_> = log.iter().filter(|line| line.starts_with("error")).collect();
            ensure!(errors.is_empty(), "the page logged errors: {errors:#?}");
        }
        let strays = self.site.strays();
        ensure!(strays.is_empty(), "asked for what is no file of the page: {strays:#?}");
        let others = self
            .run(
                "return performance.getEntriesByType('resource').map((e) => e.name) \
                 .filter((n) => /^https?:/.test(n) && !n.startsWith(new URL('.', document.baseURI).href))",
            )
            .await?;
        ensure!(others == json!([]), "asked somebody else: {others}");
        Ok(())
    }
}

/// A script that is true once a treated frame after `frame` is on screen, and places the head by
/// hand where the page asks.
pub fn ready_by_hand(frame: u64) -> String {
    format!(
        "if (document.querySelector('#consent-dialog').open) document.querySelector('#consent-by-hand').click(); \
         const d = document.documentElement.dataset; \
         return d.state === 'ready' && Number(d.frame ?? 0) > {frame}"
    )
}
