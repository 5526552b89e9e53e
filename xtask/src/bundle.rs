//! The page as a folder of files, made by trunk.

use crate::setup::tools::Tool;
use crate::setup::wasm_target::{TARGET, WasmCompiler};
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The profile of the plain engine. For speed, not size, because the devices that need it are old.
/// Without link-time optimisation, which gains 5 to 25 % and doubles the time of building it again.
const PLAIN_PROFILE: &str = "page";
/// The feature of the crate with which its binding is full.
pub const FEATURE: &str = "full";
/// What the feature is called that the plain engine must do without.
const SIMD: &[u8] = b"simd128";

/// Everything that bundling needs, installed.
pub struct Bundler {
    compiler: WasmCompiler,
    tools: Vec<PathBuf>,
}

impl Bundler {
    /// Sets the machine up for bundling.
    pub fn ensure() -> Result<Self> {
        let compiler = WasmCompiler::ensure()?;
        let tools = vec![Tool::wasm_bindgen()?.ensure()?, Tool::trunk().ensure()?];
        Ok(Self { compiler, tools })
    }

    /// The compiler for wasm32.
    pub fn compiler(&self) -> WasmCompiler {
        self.compiler
    }

    /// Folders with trunk and wasm-bindgen.
    pub fn tools(&self) -> &[PathBuf] {
        &self.tools
    }

    /// Trunk with this subcommand and cargo profile.
    pub fn trunk(&self, subcommand: &str, cargo_profile: &str) -> Result<Command> {
        let mut trunk = Command::new(self.program("trunk"));
        self.compiler.prepare(&mut trunk, &self.tools)?;
        trunk
            // The profile is named outright because `--release` would also switch wasm-opt on.
            .args([subcommand, "--skip-version-check", "--cargo-profile", cargo_profile])
            // Pages of it would hide the compiler's message, which is what matters.
            .env_remove("RUST_BACKTRACE");
        // Trunk reads this variable as a flag and exits on the usual value `1`.
        if env::var_os("NO_COLOR").is_some() {
            trunk.env_remove("NO_COLOR").arg("--color=never");
        }
        Ok(trunk)
    }

    /// Builds the page into a folder.
    pub fn build(&self, dist: &Path, cargo_profile: &str) -> Result<()> {
        process::run(self.trunk("build", cargo_profile)?.arg("--dist").arg(dist))
    }

    /// Builds the full engine and its JavaScript into a folder.
    pub fn build_full(&self, folder: &Path, cargo_profile: &str) -> Result<()> {
        let mut cargo = self.compiler.cargo(&self.tools)?;
        cargo
            .args(["build", "--package", "hairline", "--lib", "--features", FEATURE])
            .args(["--target", TARGET, "--profile", cargo_profile])
            .env_remove("RUST_BACKTRACE");
        process::run(&mut cargo)?;
        self.bind(folder, &workspace::wasm_target().join(TARGET).join(cargo_profile).join("hairline.wasm"))
    }

    /// Builds the engine alone, without SIMD, and its JavaScript into a folder. There is but one plain
    /// engine, a full one.
    pub fn build_plain(&self, folder: &Path) -> Result<()> {
        // Its own, so that neither build throws away what the other has compiled.
        let target = workspace::wasm_target().join("plain");
        let mut cargo = self.compiler.cargo(&self.tools)?;
        cargo
            .args(["build", "--package", "hairline", "--lib", "--features", FEATURE])
            .args(["--target", TARGET, "--profile", PLAIN_PROFILE])
            .env("CARGO_TARGET_DIR", &target)
            // Goes before every other place that flags can be set in, `.cargo/config.toml` too.
            .env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-feature=-simd128")
            .env_remove("RUST_BACKTRACE");
        process::run(&mut cargo)?;
        let module = target.join(TARGET).join(PLAIN_PROFILE).join("hairline.wasm");
        // The compiler names the features it has used in the module's section `target_features`.
        let bytes = std::fs::read(&module).with_context(|| module.display().to_string())?;
        if bytes.windows(SIMD.len()).any(|name| name == SIMD) {
            bail!("the plain engine was compiled with SIMD after all");
        }
        self.bind(folder, &module)
    }

    /// Writes a module and its JavaScript into a folder.
    fn bind(&self, folder: &Path, module: &Path) -> Result<()> {
        let mut bindgen = Command::new(self.program("wasm-bindgen"));
        bindgen
            .args(["--target", "web", "--no-typescript", "--out-name", "hairline", "--out-dir"])
            .args([folder, module]);
        process::run(&mut bindgen)
    }

    fn program(&self, name: &str) -> PathBuf {
        self.tools
            .iter()
            .map(|dir| dir.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
            .find(|path| path.is_file())
            .unwrap_or_else(|| name.into())
    }
}
