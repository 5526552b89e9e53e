//! `cargo xtask sheet`: heads in every state of a treatment, side by side, to be looked at.

use crate::arguments::Arguments;
use crate::{process, workspace};
use anyhow::Result;
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Runs `examples/sheet`; `--photos DIR` shows the heads of another folder, `--out DIR` writes
/// elsewhere.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let photos = arguments.value("--photos")?;
    let out = arguments.value("--out")?;
    arguments.finish()?;
    // Folders are those of where the command was typed; the example runs at the root.
    let folder = |name: String| env::current_dir().map(|here| here.join(name));
    let out = out.map_or_else(|| Ok(default_out()), folder)?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(workspace::root())
        .args(["run", "--quiet", "--profile", "page", "--example", "sheet", "--"])
        .arg("--out")
        .arg(out);
    if let Some(photos) = photos {
        cargo.arg("--photos").arg(folder(photos)?);
    }
    process::run(&mut cargo)
}

fn default_out() -> PathBuf {
    workspace::target().join("sheet")
}
