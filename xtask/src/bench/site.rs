//! The folder that the page's bench is served from: the page as it is published, and the bench's
//! own files in `bench/`.

use crate::setup::node;
use crate::size::{self, Sizes};
use crate::{build, bundle::Bundler, process, workspace};
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Photos that the bench opens itself, and their names there. The first one belongs to the plan.
const PHOTOS: [(&str, &str); 2] =
    [("phone_3mp.jpg", "photo.jpg"), ("phone_12mp_exif6.jpg", "photo-12mp.jpg")];
/// How many dots the goals speak of.
const DOTS: f64 = 40_000.0;
/// Density with which the bench's plan had about that many, per cm²; where to start looking.
const DENSITY: f64 = 170.0;
/// What a plan's density may be, per cm².
const DENSITIES: (f64, f64) = (80.0, 220.0);
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
    let fixtures = workspace::root().join("tests/fixtures");
    for (from, to) in PHOTOS {
        copy(&fixtures.join(from), &bench.join(to))?;
    }
    node::ensure_packages(&source)?;
    write(&bench.join("poisson-disk-sampling.js"), &module(&source.join("node_modules"))?)?;
    let (photo, plan) = (fixtures.join(PHOTOS[0].0), source.join("plan.json"));
    let dots = write_dots(&photo, &plan, &bench, DENSITY)?;
    if (dots / DOTS - 1.0).abs() > 0.01 {
        // Dots are nearly in proportion to density.
        let density = (DENSITY * DOTS / dots).clamp(DENSITIES.0, DENSITIES.1);
        write_dots(&photo, &plan, &bench, density)?;
    }
    Ok(sizes)
}

/// Lets the engine write the dots of a plan, and the plan itself as it is written today; how many
/// dots there are.
fn write_dots(photo: &Path, plan: &Path, bench: &Path, density: f64) -> Result<f64> {
    let dots = bench.join("dots.csv");
    let mut preview = Command::new("cargo");
    preview.current_dir(workspace::root());
    preview.args(["run", "--quiet", "--package", "hairline", "--example", "preview", "--"]).arg(photo);
    preview.arg("--document").arg(plan).args(["--density", &format!("{density:.2}")]);
    preview.arg("--dots").arg(&dots).arg("--write-document").arg(bench.join("plan.json"));
    process::run(&mut preview)?;
    let text = std::fs::read_to_string(&dots).with_context(|| dots.display().to_string())?;
    let count = text.lines().count().saturating_sub(1);
    ensure!(count > 0, "the bench's plan has no dots");
    Ok(count as f64)
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
