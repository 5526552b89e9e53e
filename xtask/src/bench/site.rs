//! The folder that the page's bench is served from: the page as it is published, and the bench's
//! own files in `bench/`.

use crate::setup::node;
use crate::size::{self, Sizes};
use crate::{build, bundle::Bundler, process, workspace};
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The fixture that the bench opens itself, and its name there.
const PHOTO: (&str, &str) = ("phone_12mp_exif6.jpg", "photo-12mp.jpg");
/// The npm package that makes points for comparison: its `CommonJS` files, by the last part of the
/// name under which they ask for each other.
const PEER: [(&str, &str); 7] = [
    ("moore", "moore/index.js"),
    ("sphere-random", "poisson-disk-sampling/src/sphere-random.js"),
    ("tiny-ndarray", "poisson-disk-sampling/src/tiny-ndarray.js"),
    ("neighbourhood", "poisson-disk-sampling/src/neighbourhood.js"),
    ("fixed-density", "poisson-disk-sampling/src/implementations/fixed-density.js"),
    ("variable-density", "poisson-disk-sampling/src/implementations/variable-density.js"),
    ("poisson-disk-sampling", "poisson-disk-sampling/src/poisson-disk-sampling.js"),
];

/// Builds the page into `site` and adds the bench's files; how large the page is without them.
pub fn assemble(site: &Path) -> Result<Sizes> {
    let bench = site.join("bench");
    if bench.is_dir() {
        std::fs::remove_dir_all(&bench).with_context(|| bench.display().to_string())?;
    }
    build::publish(&Bundler::ensure()?, site)?;
    let sizes = size::measure(site)?;
    let source = workspace::root().join("benches/page");
    std::fs::create_dir_all(&bench).with_context(|| bench.display().to_string())?;
    for entry in std::fs::read_dir(&source).with_context(|| source.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "html" || kind == "js") {
            copy(&path, &bench.join(path.file_name().unwrap_or_default()))?;
        }
    }
    copy(&workspace::root().join("tests/fixtures").join(PHOTO.0), &bench.join(PHOTO.1))?;
    write_scene(&bench)?;
    node::ensure_packages(&source)?;
    write(&bench.join("poisson-disk-sampling.js"), &module(&source.join("node_modules"))?)?;
    Ok(sizes)
}

/// Lets the engine write the scene: photo, plan and dots.
fn write_scene(bench: &Path) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo.args(["run", "--quiet", "--package", "hairline", "--example", "bench_scene", "--"]).arg(bench);
    process::run(&mut cargo)
}

/// The peer as one module: the page's security policy allows nothing that loads `CommonJS` as it is.
fn module(packages: &Path) -> Result<String> {
    let mut module = String::from("const sources = {\n");
    for (name, file) in PEER {
        let path = packages.join(file);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        // Writing into a string has no way to fail.
        let _ = writeln!(module, "'{name}': (module, exports, require) => {{\n{text}\n}},");
    }
    module.push_str(
        "};\nconst loaded = {};\nfunction require(path) {\n  const name = path.split('/').at(-1);\n  \
         if (!loaded[name]) {\n    loaded[name] = { exports: {} };\n    \
         sources[name](loaded[name], loaded[name].exports, require);\n  }\n  \
         return loaded[name].exports;\n}\nexport default require('poisson-disk-sampling');\n",
    );
    Ok(module)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| path.display().to_string())
}
