//! The page as a folder of files, made by trunk.

use crate::process;
use crate::setup::{tools::Tool, wasm_target::WasmCompiler};
use anyhow::Result;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

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

    fn program(&self, name: &str) -> PathBuf {
        self.tools
            .iter()
            .map(|dir| dir.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
            .find(|path| path.is_file())
            .unwrap_or_else(|| name.into())
    }
}
