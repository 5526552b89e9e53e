//! npm packages: only for checks and for `wasm-opt`. The page itself is built without Node.

use super::{apt, say};
use crate::process;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The path of npm, installed with Debian's packages if it is missing.
pub fn npm() -> Result<PathBuf> {
    if let Some(npm) = process::find(&["npm"]) {
        return Ok(npm);
    }
    if !apt::present() {
        bail!("Node.js with npm is needed here: please install it");
    }
    apt::install(&["nodejs", "npm"], "npm")?;
    process::find(&["npm"]).ok_or_else(|| anyhow::anyhow!("npm was installed, but is not on PATH"))
}

/// Brings the packages of a folder to the state of its lock file.
pub fn ensure_packages(folder: &Path) -> Result<()> {
    if installed(folder) {
        return Ok(());
    }
    let npm = npm()?;
    say(format!("installing the npm packages of {}", folder.display()));
    process::run(Command::new(npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// Whether the installed packages are newer than the lock file.
fn installed(folder: &Path) -> bool {
    let changed = |path: &str| folder.join(path).metadata().and_then(|data| data.modified()).ok();
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(lock), Some(packages)) => packages >= lock,
        _ => false,
    }
}
