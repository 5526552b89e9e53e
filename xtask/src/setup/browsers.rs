//! The three engines that journeys run in: Chromium, Firefox and `WebKit`, with their drivers.

use super::{apt, tools::Tool};
use crate::process;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium with chromedriver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// `WebKitGTK`'s minimal browser, on a virtual display.
    Webkit,
}

impl Browser {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The browser of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.name() == name)
    }

    /// Programs that must be there (any of each row, by name on `PATH` or by path), and the
    /// Debian packages that bring them.
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Chromium => &[
                Part(&["chromium", "chromium-browser", "google-chrome"], &["chromium"]),
                Part(&["chromedriver", "/usr/lib/chromium-browser/chromedriver"], &["chromium-driver"]),
            ],
            Self::Firefox => &[Part(&["firefox-esr", "firefox"], &["firefox-esr"])],
            Self::Webkit => &[
                Part(&["WebKitWebDriver", "/usr/lib/webkit2gtk-4.1/WebKitWebDriver"], &["webkit2gtk-driver"]),
                Part(&["Xvfb"], &["xvfb", "xauth"]),
            ],
        }
    }
}

/// A program under its possible names, and the packages that bring it.
struct Part(&'static [&'static str], &'static [&'static str]);

impl Part {
    fn find(&self) -> Option<PathBuf> {
        let fixed = self.0.iter().map(Path::new).find(|path| path.is_absolute() && path.is_file());
        process::find(self.0).or_else(|| fixed.map(Path::to_owned))
    }
}

/// What the tests need to know about the installed browsers.
#[derive(Default)]
pub struct Drivers {
    /// chromedriver, when Chromium is wanted.
    pub chromedriver: Option<PathBuf>,
    /// geckodriver, when Firefox is wanted.
    pub geckodriver: Option<PathBuf>,
}

/// Finds or installs these browsers and their drivers.
pub fn ensure(browsers: &[Browser]) -> Result<Drivers> {
    let parts: Vec<&Part> = browsers.iter().flat_map(|browser| browser.parts()).collect();
    let missing: Vec<&str> =
        parts.iter().filter(|part| part.find().is_none()).flat_map(|part| part.1).copied().collect();
    if !missing.is_empty() {
        apt::install(&missing, "browsers that the journeys run in")
            .context("a browser is missing; leave it out on purpose with --skip-browser NAME")?;
    }
    if let Some(part) = parts.iter().find(|part| part.find().is_none()) {
        bail!("`{}` is still missing after its installation", part.0.join("` or `"));
    }
    let mut drivers = Drivers::default();
    if browsers.contains(&Browser::Chromium) {
        drivers.chromedriver = Browser::Chromium.parts().last().and_then(Part::find);
    }
    if browsers.contains(&Browser::Firefox) {
        drivers.geckodriver = Some(Tool::geckodriver().ensure()?.join("geckodriver"));
    }
    Ok(drivers)
}
