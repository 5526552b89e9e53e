//! Debian packages, for machines that have them.

use super::say;
use crate::process;
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::sync::OnceLock;

/// Whether the package lists were renewed: once a run, and only if something has to be installed.
static UPDATED: OnceLock<bool> = OnceLock::new();

/// Whether this machine installs software with apt.
pub fn present() -> bool {
    cfg!(target_os = "linux") && process::find(&["apt-get"]).is_some()
}

/// Installs packages; `why` says what they are for.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let names = packages.join(" ");
    if !present() {
        bail!("{why}: this is not a Debian system, so please install what these packages hold: {names}");
    }
    say(format!("installing Debian packages ({why}): {names}"));
    if !UPDATED.get_or_init(|| apt().and_then(|mut apt| process::run(apt.arg("update"))).is_ok()) {
        say("the package lists could not be renewed; trying with those that are here");
    }
    let mut install = apt()?;
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    process::run(&mut install).with_context(|| format!("the packages could not be installed: {names}"))
}

/// `apt-get`, as root, quiet enough to read and never asking.
fn apt() -> Result<Command> {
    let root = process::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = if root {
        Command::new("apt-get")
    } else if process::find(&["sudo"]).is_some() {
        let mut sudo = Command::new("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    } else {
        bail!("installing Debian packages needs root or sudo");
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        // Another apt (unattended upgrades, a second set-up) may hold the lock for a while.
        .args(["--quiet=2", "--option=DPkg::Lock::Timeout=180", "--option=Dpkg::Use-Pty=0"]);
    Ok(command)
}
