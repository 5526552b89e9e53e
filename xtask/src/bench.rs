//! `cargo xtask bench`: the native benches of the engine.

use crate::arguments::Arguments;
use crate::{process, workspace};
use anyhow::Result;
use std::process::Command;

/// Runs every bench in `benches/`; arguments go to cargo.
pub fn run(arguments: Arguments) -> Result<()> {
    let mut cargo = Command::new("cargo");
    // `--benches` would also run the unit tests of the library; `--bench '*'` names benches only.
    cargo.current_dir(workspace::root()).args(["bench", "--package", "hairline", "--bench", "*"]);
    process::run(cargo.args(arguments.rest()))
}
