//! The three browser engines: how each is started, asked and stopped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::journeys::Journey;
use crate::page::Page;
use crate::report;
use crate::server::Site;

/// A browser engine that the page must work in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink: Chrome, Edge, Samsung Internet.
    Chromium,
    /// Gecko.
    Firefox,
    /// `WebKitGTK`: Safari's engine, but on Linux, so neither iOS nor Safari itself.
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The driver's program and its arguments for a port.
    fn driver(self, port: u16) -> Command {
        let (program, arguments) = match self {
            Self::Chromium => ("chromedriver".into(), vec![format!("--port={port}")]),
            Self::Firefox => (
                std::env::var_os("HAIRLINE_GECKODRIVER").unwrap_or_else(|| "geckodriver".into()),
                vec!["--port".to_owned(), port.to_string()],
            ),
            Self::WebKit => ("WebKitWebDriver".into(), vec![format!("--port={port}")]),
        };
        let mut command = Command::new(program);
        command.args(arguments);
        command
    }

    fn capabilities(self) -> Value {
        match self {
            // Background services only add noise; the sandbox and the GPU are not to be had in a
            // container.
            Self::Chromium => json!({ "goog:chromeOptions": { "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--hide-scrollbars",
            ]}}),
            Self::Firefox => {
                let mut options = json!({ "args": ["-headless"] });
                // Debian names its Firefox after the extended-support release.
                if let Some(binary) = on_path("firefox-esr") {
                    options["binary"] = json!(binary);
                }
                json!({ "moz:firefoxOptions": options })
            }
            Self::WebKit => {
                let mut options = json!({ "args": ["--automation"] });
                if let Some(binary) = mini_browser() {
                    options["binary"] = json!(binary);
                }
                json!({ "webkitgtk:browserOptions": options })
            }
        }
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// `WebKitGTK`'s test browser, which distributions keep beside the library.
fn mini_browser() -> Option<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/libexec"), PathBuf::from("/usr/lib")];
    folders.extend(std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|e| e.path()));
    folders
        .iter()
        .flat_map(|folder| ["webkit2gtk-4.1", "webkit2gtk-4.0"].map(|name| folder.join(name)))
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
}

/// A child process that ends with its owner.
struct Kept(Child);

impl Drop for Kept {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running browser with its driver, one session long. Fields drop in order: driver before display.
struct Browser {
    client: Client,
    _driver: Kept,
    _display: Option<Kept>,
}

impl Browser {
    async fn start(engine: Engine) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let log_path = report::folder()?.join(format!("{}-driver.log", engine.name()));
        let log = File::create(log_path)?;
        let mut command = engine.driver(port);
        let mut display = None;
        if engine == Engine::WebKit {
            let (server, number) = start_display()?;
            command.env("DISPLAY", format!(":{number}"));
            display = Some(server);
        }
        let driver =
            command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().with_context(|| {
                let program = command.get_program().to_string_lossy().into_owned();
                format!("`{program}` could not be started; `cargo xtask test` installs it")
            })?;
        let driver = Kept(driver);

        let Value::Object(capabilities) = engine.capabilities() else {
            return Err(anyhow!("capabilities are an object"));
        };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(start.elapsed() < Duration::from_secs(20), "the driver never listened");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the browser could not be started")?;
        Ok(Self { client, _driver: driver, _display: display })
    }
}

/// A virtual display that picks its own free number; `WebKitGTK` has no headless mode.
fn start_display() -> Result<(Kept, String)> {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x1300x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("`Xvfb` could not be started; `cargo xtask test` installs it")?;
    let output = child.stdout.take().context("Xvfb has an output")?;
    let kept = Kept(child);
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let number = line.trim().to_owned();
    ensure!(!number.is_empty(), "Xvfb ended before it had a display");
    Ok((kept, number))
}

/// Where an engine's browser stands.
enum Berth {
    Idle,
    Running(Box<Browser>),
    /// It could not be started; every journey repeats why, and none tries again.
    Broken(String),
}

/// The browsers, each started when its first journey needs it and kept for the others.
pub struct Fleet {
    dist: PathBuf,
    runtime: Runtime,
    berths: [Mutex<Berth>; 3],
}

impl Fleet {
    pub fn new(dist: PathBuf) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let berths = Engine::ALL.map(|_| Mutex::new(Berth::Idle));
        Ok(Self { dist, runtime, berths })
    }

    /// Runs one journey in one engine.
    pub fn run(&self, engine: Engine, journey: &'static Journey) -> Result<()> {
        let limit = Duration::from_secs(journey.limit_seconds);
        self.visit(engine, journey.name, limit, async |page| {
            page.open_with(journey.query).await?;
            (journey.walk)(page).await?;
            page.leaves_no_trace().await
        })
    }

    /// Does something with a page of its own origin, so that nothing an earlier visit stored can
    /// reach it. The page is not open yet.
    pub fn visit<T>(
        &self,
        engine: Engine,
        name: &str,
        limit: Duration,
        visit: impl AsyncFnOnce(&Page) -> Result<T>,
    ) -> Result<T> {
        let mut berth = self.berth(engine);
        if matches!(*berth, Berth::Idle) {
            *berth = match self.runtime.block_on(Browser::start(engine)) {
                Ok(browser) => Berth::Running(Box::new(browser)),
                Err(error) => Berth::Broken(format!("{error:#}")),
            };
        }
        let client = match &*berth {
            Berth::Running(browser) => browser.client.clone(),
            Berth::Broken(why) => return Err(anyhow!("{} cannot be used: {why}", engine.name())),
            Berth::Idle => return Err(anyhow!("{} was not started", engine.name())),
        };
        let site = self.runtime.block_on(Site::open(&self.dist))?;
        let page = Page::new(engine, client, site);
        let outcome = self.runtime.block_on(async {
            let outcome = match tokio::time::timeout(limit, visit(&page)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(anyhow!("not finished after {} s", limit.as_secs())),
            };
            if outcome.is_err() {
                report::keep(&page, &format!("{}-{name}", engine.name())).await;
            }
            outcome
        });
        if outcome.is_err() {
            // Whatever state the browser is in, the next visit starts from a fresh one.
            self.end(&mut berth);
        }
        outcome
    }

    fn berth(&self, engine: Engine) -> std::sync::MutexGuard<'_, Berth> {
        self.berths[engine as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, berth: &mut Berth) {
        if let Berth::Running(browser) = std::mem::replace(berth, Berth::Idle) {
            let client = browser.client.clone();
            // A hung browser does not answer; its driver is killed with `browser`.
            let _ = self
                .runtime
                .block_on(async { tokio::time::timeout(Duration::from_secs(5), client.close()).await });
        }
    }

    /// Closes every browser and ends every driver.
    pub fn stop(&self) {
        for engine in Engine::ALL {
            self.end(&mut self.berth(engine));
        }
    }
}

/// The absolute path of a file in `tests/fixtures`, as a person's file dialog would give it.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}
