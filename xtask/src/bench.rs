//! `cargo xtask bench`: the native benches of the engine.

use crate::arguments::Arguments;
use crate::{process, workspace};
use anyhow::Result;
use std::process::Command;

/// Runs every bench in `benches/`; arguments go to cargo.
pub fn run(arguments: Arguments) -> Result<()> {
    let has_benches = std::fs::read_dir(workspace::root().join("benches")).is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.path().extension() == Some("rs".as_ref())))
    });
    if !has_benches {
        println!("There are no benches yet.");
        return Ok(());
    }
    let mut cargo = Command::new("cargo");
    // `--benches` would also run the unit tests of the library; `--bench '*'` names benches only.
    cargo.current_dir(workspace::root()).args(["bench", "--package", "hairline", "--bench", "*"]);
    process::run(cargo.args(arguments.rest()))
}
