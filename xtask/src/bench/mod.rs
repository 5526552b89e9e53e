//! `cargo xtask bench`: every speed and size that the project promises, measured in one run.
//!
//! Times on a busy machine are worth little, so most goals are ratios of times taken side by side.
//! A goal that is not reached is said, and is no failure: only what could not be measured is one.

mod native;
mod site;
mod table;

use crate::arguments::Arguments;
use crate::setup::browsers::{self, Browser};
use crate::{process, workspace};
use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::path::Path;
use std::process::Command;
use table::Measured;

/// Measures everything and prints the table; with arguments, runs only the native benches, and
/// hands the arguments to cargo.
pub fn run(arguments: Arguments) -> Result<()> {
    let arguments = arguments.rest();
    if !arguments.is_empty() {
        return native::run(&arguments);
    }
    browsers::ensure(&[Browser::Chromium])?;
    let site = workspace::target().join("bench/site");
    let sizes = site::assemble(&site)?;
    native::run(&[])?;
    let measured = Measured { page: page(&site)?, native: native::medians()?, sizes };
    println!();
    print!("{}", table::of(&measured));
    Ok(())
}

/// The numbers that `tests/browser/bench.rs` measures in Chromium.
fn page(site: &Path) -> Result<Map<String, Value>> {
    let file = workspace::target().join("bench/page.json");
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(workspace::root())
        // As the tests are compiled, so that nothing is compiled for the bench alone.
        .args(["test", "--workspace", "--features", "xtask/assets", "--test", "browser"])
        .env("HAIRLINE_DIST", site)
        .env("HAIRLINE_BENCH", &file);
    process::run(&mut cargo)?;
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}
