//! Tools written in Rust, built from source into the user's cache.
//!
//! Each version has its own folder there, so that a new version never disturbs a checkout of an
//! older state, and nothing in the user's own cargo folder changes. A tool of the right version
//! on `PATH` is used as it is.

use super::{say, versions};
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// A tool to build.
pub struct Tool {
    /// The crate's name on the registry.
    package: &'static str,
    /// The program that is looked for.
    program: &'static str,
    version: String,
    /// Why it is needed: completes the sentence 'building NAME, which …'.
    purpose: &'static str,
    /// Whether it is built with the lock file it was published with.
    locked: bool,
}

impl Tool {
    /// The bundler of the page.
    pub fn trunk() -> Self {
        Self {
            package: "trunk",
            program: "trunk",
            version: versions::TRUNK.into(),
            purpose: "bundles and serves the page",
            // It does not compile with newer dependencies.
            locked: true,
        }
    }

    /// Makes the JavaScript side of the engine; its test runner comes with it.
    pub fn wasm_bindgen() -> Result<Self> {
        Ok(Self {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: versions::wasm_bindgen()?,
            purpose: "joins the engine to JavaScript",
            // Its lock file names a version that was withdrawn from the registry.
            locked: false,
        })
    }

    /// The `WebDriver` of Firefox, which Debian does not package.
    pub fn geckodriver() -> Self {
        Self {
            package: "geckodriver",
            program: "geckodriver",
            version: versions::GECKODRIVER.into(),
            purpose: "lets tests drive Firefox",
            locked: true,
        }
    }

    /// The checker of dependencies.
    pub fn cargo_deny() -> Self {
        Self {
            package: "cargo-deny",
            program: "cargo-deny",
            version: versions::CARGO_DENY.into(),
            purpose: "checks the licences and sources of dependencies",
            locked: true,
        }
    }

    /// The folder that holds the program, which is built first if it is missing.
    pub fn ensure(&self) -> Result<PathBuf> {
        let root = workspace::cache()?.join("tools").join(format!("{}-{}", self.package, self.version));
        let bin = root.join("bin");
        if bin.join(format!("{}{}", self.program, env::consts::EXE_SUFFIX)).is_file() {
            return Ok(bin);
        }
        if let Some(found) = process::find(&[self.program])
            && process::output(Command::new(&found).arg("--version"))
                .is_some_and(|text| names_version(&text, &self.version))
            && let Some(dir) = found.parent()
        {
            return Ok(dir.to_owned());
        }
        self.build(&root)?;
        if !bin.is_dir() {
            bail!("{} was built, but left no program in {}", self.package, bin.display());
        }
        Ok(bin)
    }

    fn build(&self, root: &std::path::Path) -> Result<()> {
        say(format!("building {} {}, which {}", self.package, self.version, self.purpose));
        let start = Instant::now();
        let cache = workspace::cache()?;
        std::fs::create_dir_all(&cache).with_context(|| cache.display().to_string())?;
        let mut install = Command::new("cargo");
        install
            // Outside the repository, whose settings are not meant for tools.
            .current_dir(&cache)
            // Unoptimised: these tools have little to compute, and this halves the wait. One
            // target folder, because they share most of their dependencies.
            .args(["install", "--debug", "--force", "--version", &format!("={}", self.version)])
            .args(self.locked.then_some("--locked"))
            .arg("--root")
            .arg(root)
            .arg("--target-dir")
            .arg(cache.join("build"))
            .arg(self.package)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS");
        process::run(&mut install)?;
        say(format!("{} took {:.0} s", self.package, start.elapsed().as_secs_f32()));
        Ok(())
    }
}

/// Whether the text a tool prints about itself holds exactly this version.
fn names_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

#[cfg(test)]
mod tests {
    use super::names_version;

    #[test]
    fn a_version_is_matched_whole() {
        assert!(names_version("trunk 0.21.14", "0.21.14"));
        assert!(names_version("geckodriver 0.37.1 (abc 2026)", "0.37.1"));
        assert!(!names_version("trunk 0.21.145", "0.21.14"));
    }
}
