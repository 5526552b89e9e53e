//! `cargo xtask lint`: format, lints for both targets, and what the dependencies bring.

use crate::arguments::Arguments;
use crate::setup::wasm_target::{TARGET, WasmCompiler};
use crate::setup::{apt, say, tools::Tool};
use crate::{process, tally::Tally, workspace};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Runs every check.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    let mut tally = Tally::default();
    check(&mut tally);
    tally.finish()
}

/// Adds the results of every check.
pub fn check(tally: &mut Tally) {
    tally.step("format", || process::run(cargo().args(["fmt", "--all", "--check"])));
    // 'All targets' leaves out the journeys, which are no test unless asked for.
    for targets in [&["--all-targets"][..], &["--test", "browser"]] {
        tally.step("lints, native", || {
            let mut clippy = cargo();
            clippy
                .args(["clippy", "--locked", "--workspace", "--features", "xtask/assets,xtask/accuracy"])
                .args(targets);
            process::run(clippy.args(["--", "--deny", "warnings"]))
        });
    }
    tally.step("lints, wasm32", wasm);
    tally.step("dependencies", dependencies);
}

fn wasm() -> Result<()> {
    let compiler = WasmCompiler::ensure()?;
    if compiler == WasmCompiler::Debian && !Path::new("/usr/bin/cargo-clippy").is_file() {
        // Clippy has to be the one of the compiler in use.
        apt::install(&["rust-web-clippy"], "lints for wasm32")?;
    }
    let mut clippy = compiler.cargo(&[])?;
    clippy.args([
        "clippy",
        "--locked",
        "--package",
        "hairline",
        "--features",
        "full",
        "--lib",
        "--test",
        "wasm",
        "--target",
        TARGET,
    ]);
    process::run(clippy.args(["--", "--deny", "warnings"]))
}

/// Licences, sources and bans always; advisories when their list can be fetched.
fn dependencies() -> Result<()> {
    let deny = Tool::cargo_deny().ensure()?.join("cargo-deny");
    let command = |offline: bool| {
        let mut command = Command::new(&deny);
        command.current_dir(workspace::root()).args(["--workspace", "--all-features"]);
        command.args(offline.then_some("--offline"));
        command.arg("check");
        command
    };
    // Of all targets, the foreign ones' too: building has fetched this machine's only.
    process::run(cargo().args(["fetch", "--locked"]))?;
    process::run(command(true).args(["licenses", "bans", "sources"]))?;
    if process::output(command(false).arg("fetch")).is_none() {
        say("the list of advisories could not be fetched, so known weaknesses were not looked for");
        return Ok(());
    }
    process::run(command(true).arg("advisories"))
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo
}
