//! `cargo xtask build`: the page as it is published, in `dist/`.

use crate::arguments::Arguments;
use crate::setup::{say, wasm_opt};
use crate::{bundle::Bundler, process, size, workspace};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// The profile of the published engine.
const PROFILE: &str = "release";
/// The engine's module within the bundle.
const MODULE: &str = "hairline_bg.wasm";
/// The features of wasm that the compiler emits. `wasm-opt` may use these and no others, so that
/// it never asks more of a browser than the compiler did.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds `dist/` and checks its size.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    let dist = workspace::root().join("dist");
    publish(&Bundler::ensure()?, &dist)?;
    size::check(&dist)?;
    println!("Built {}. It can be published under any path.", dist.display());
    Ok(())
}

/// Builds the published page into a folder.
pub fn publish(bundler: &Bundler, dist: &Path) -> Result<()> {
    bundler.build(dist, PROFILE)?;
    match wasm_opt::ensure() {
        Ok(program) => optimise(&program, &dist.join(MODULE)),
        Err(error) => {
            say(format!("the module stays as the compiler made it, without wasm-opt: {error:#}"));
            Ok(())
        }
    }
}

fn optimise(wasm_opt: &Path, module: &Path) -> Result<()> {
    let mut command = Command::new(wasm_opt);
    command.args(FEATURES).args(["-O3", "--output"]).arg(module).arg(module);
    process::run(&mut command)
}
