//! `cargo xtask test`: every test there is, natively, in wasm and in whole browsers.

use crate::arguments::Arguments;
use crate::bundle::{Bundler, FEATURE};
use crate::setup::browsers::{self, Browser, Drivers};
use crate::setup::wasm_target::TARGET;
use crate::setup::{node, say};
use crate::{build, process, tally::Tally, workspace};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Runs every test; `--skip-browser NAME` leaves a browser out.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let mut wanted = Browser::ALL.to_vec();
    while let Some(name) = arguments.value("--skip-browser")? {
        let skipped = Browser::named(&name)
            .with_context(|| format!("`{name}` is none of chromium, firefox, webkit"))?;
        wanted.retain(|browser| *browser != skipped);
    }
    arguments.finish()?;
    let mut tally = Tally::default();
    check(&mut tally, &wanted);
    tally.finish()
}

/// Adds the results of all tests; browser tests run in `wanted`.
pub fn check(tally: &mut Tally, wanted: &[Browser]) {
    tally.tests("native tests", || Ok(native()));
    tally.step("types of the page's scripts", scripts);

    let mut bundler = None;
    tally.step("set-up for wasm", || {
        bundler = Some(Bundler::ensure()?);
        Ok(())
    });
    let mut drivers = None;
    tally.step("set-up of the browsers", || {
        drivers = Some(browsers::ensure(wanted)?);
        Ok(())
    });
    // What could not be set up has been counted as failed.
    let Some(bundler) = bundler else { return };
    let Some(drivers) = drivers else { return };

    if let Some(chromedriver) = &drivers.chromedriver {
        tally.tests("binding in a browser worker", || binding(&bundler, chromedriver));
    } else {
        say("the tests of the binding run in Chromium, which is left out");
    }
    let dist = workspace::target().join("dist-test");
    let mut built = false;
    tally.step("the page for the journeys", || {
        build::publish(&bundler, &dist)?;
        built = true;
        Ok(())
    });
    if built {
        tally.tests("journeys", || Ok(journeys(&dist, &drivers, wanted)));
    }
}

/// Unit, integration and documentation tests of the engine and of these tasks.
fn native() -> Command {
    let mut cargo = cargo_test();
    cargo.arg("--no-fail-fast");
    cargo
}

/// Cargo's tests of the whole workspace: always with the same choice of features, so that what is
/// compiled for one run of tests serves the next.
fn cargo_test() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()).args(["test", "--workspace", "--features", "xtask/assets"]);
    cargo
}

/// The types in the comments of `www/js` and `benches/page`, checked by TypeScript.
fn scripts() -> Result<()> {
    let folder = workspace::root().join("tests/js");
    node::ensure_packages(&folder)?;
    let node = process::find(&["node", "nodejs"]).context("Node.js is not on PATH")?;
    let mut check = Command::new(node);
    process::run(check.current_dir(folder).args(["node_modules/typescript/bin/tsc", "--project", "."]))
}

/// `tests/wasm.rs` in headless Chromium.
fn binding(bundler: &Bundler, chromedriver: &Path) -> Result<Command> {
    let mut cargo = bundler.compiler().cargo(bundler.tools())?;
    cargo
        // The published profile, so that the page of the journeys shares what is built here.
        .args(["test", "--release", "--features", FEATURE, "--target", TARGET, "--test", "wasm"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", chromedriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace::root().join("tests/wasm.webdriver.json"));
    Ok(cargo)
}

/// `tests/browser`: whole journeys through the page.
fn journeys(dist: &Path, drivers: &Drivers, wanted: &[Browser]) -> Command {
    let skipped: Vec<&str> = Browser::ALL
        .iter()
        .filter(|browser| !wanted.contains(browser))
        .map(|browser| browser.name())
        .collect();
    let mut cargo = cargo_test();
    cargo
        .args(["--test", "browser"])
        .env("HAIRLINE_DIST", dist)
        .env("HAIRLINE_SKIP_BROWSERS", skipped.join(","));
    if let Some(geckodriver) = &drivers.geckodriver {
        cargo.env("HAIRLINE_GECKODRIVER", geckodriver);
    }
    cargo
}
