//! `cargo xtask serve`: the page, built and served on this machine.

use crate::arguments::Arguments;
use crate::bundle::{Bundler, FEATURE};
use crate::process;
use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, TcpListener};

/// The first port that is tried unless one is asked for.
const PORT: u16 = 8080;
/// The profile of the served engine: optimised, but quick to build again.
pub const PROFILE: &str = "page";

/// Builds, serves, and builds again when a file changes.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let asked = arguments.value("--port")?;
    arguments.finish()?;
    let port = match asked {
        Some(text) => {
            let port = text.parse().with_context(|| format!("`{text}` is not a port"))?;
            if !is_free(port) {
                bail!("port {port} is in use: choose another one with --port");
            }
            port
        }
        None => (PORT..PORT + 100).find(|&port| is_free(port)).context("no port is free")?,
    };
    let bundler = Bundler::ensure()?;
    println!("Building Hairline. It will be at http://127.0.0.1:{port}/ (end it with Ctrl-C).");
    let mut trunk = bundler.trunk("serve", PROFILE)?;
    trunk
        // One engine, full from the beginning: it is there at once on this machine.
        .args(["--features", FEATURE])
        .args(["--address", "127.0.0.1", "--port", &port.to_string()])
        // A reload would throw away the photo that is open, and its script is an inline one,
        // which the page's security policy refuses.
        .arg("--no-autoreload=true")
        // Otherwise it lists every name of this machine, at which it does not listen.
        .arg("--disable-address-lookup=true");
    become_process(&mut trunk)
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Turns into the server, so that whoever ends this process ends the server.
#[cfg(unix)]
fn become_process(command: &mut std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(error).with_context(|| process::line(command))
}

#[cfg(not(unix))]
fn become_process(command: &mut std::process::Command) -> Result<()> {
    process::run(command)
}
