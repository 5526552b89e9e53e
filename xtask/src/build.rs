//! `cargo xtask build`: the page as it is published, in `dist/`.

use crate::arguments::Arguments;
use crate::setup::{say, wasm_opt};
use crate::{bundle::Bundler, minify, process, size, workspace};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// The profile of the published engine.
const PROFILE: &str = "release";
/// The engine's module within the bundle, and within [`PLAIN`] and [`FULL`].
const MODULE: &str = "hairline_bg.wasm";
/// The folder within the bundle with the engine for browsers that have no SIMD.
pub const PLAIN: &str = "plain";
/// The folder within the bundle with the full engine, which comes once there is a photo.
pub const FULL: &str = "full";
/// The features of wasm that the compiler emits for either engine. `wasm-opt` may use these and no
/// others, so that it never asks more of a browser than the compiler did.
const FEATURES: [&str; 6] = [
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
    minify::page(dist)?;
    let plain = dist.join(PLAIN);
    bundler.build_plain(&plain)?;
    let full = dist.join(FULL);
    bundler.build_full(&full, PROFILE)?;
    match wasm_opt::ensure() {
        Ok(program) => {
            optimise(&program, &dist.join(MODULE), "--enable-simd")?;
            optimise(&program, &full.join(MODULE), "--enable-simd")?;
            optimise(&program, &plain.join(MODULE), "--disable-simd")
        }
        Err(error) => {
            say(format!("the engine stays as the compiler made it, without wasm-opt: {error:#}"));
            Ok(())
        }
    }
}

fn optimise(wasm_opt: &Path, module: &Path, simd: &str) -> Result<()> {
    let mut command = Command::new(wasm_opt);
    command.args(FEATURES).args([simd, "-O3", "--output"]).arg(module).arg(module);
    process::run(&mut command)
}
