//! A Rust compiler that can build for `wasm32-unknown-unknown`.
//!
//! Usually `rustup target add` is all it takes. Where rustup's servers cannot be reached (company
//! networks, build machines), Debian's own Rust does it: its packages bring the compiler, the
//! source of the standard library, which is then built along, and a linker.

use super::{apt, say};
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Long enough for 30 MB over a slow line, short enough not to look stuck.
const RUSTUP_LIMIT: Duration = Duration::from_mins(2);
/// Debian's current Rust, the sources of its standard library, and a linker for wasm.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", LINKER_PACKAGE];
const LINKER_PACKAGE: &str = "lld-19";
const LINKER: &str = "wasm-ld-19";
const DEBIAN_BIN: &str = "/usr/bin";

/// Which compiler builds for wasm32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmCompiler {
    /// The one that builds everything else too.
    Default,
    /// Debian's, with the standard library built from source.
    Debian,
}

impl WasmCompiler {
    /// Finds a compiler for wasm32, or installs what is missing.
    pub fn ensure() -> Result<Self> {
        if has_target(Path::new("rustc")) {
            return Ok(Self::Default);
        }
        // Not asked again once Debian's compiler is here: it was installed because this fails.
        if !Self::debian_is_ready() {
            match add_with_rustup() {
                Ok(()) => return Ok(Self::Default),
                Err(error) => say(format!("{error:#}")),
            }
            say("building for wasm32 with Debian's Rust and its standard library from source instead");
            if !apt::present() {
                bail!("this machine has no Rust for {TARGET}: please run `rustup target add {TARGET}`");
            }
            apt::install(&PACKAGES, "Rust for wasm32")?;
            if !Self::debian_is_ready() {
                bail!(
                    "Debian's Rust is older than this project needs: please run `rustup target add {TARGET}`"
                );
            }
        }
        Ok(Self::Debian)
    }

    /// Cargo with this compiler.
    pub fn cargo(self, tools: &[PathBuf]) -> Result<Command> {
        let program = match self {
            Self::Default => PathBuf::from("cargo"),
            Self::Debian => Path::new(DEBIAN_BIN).join("cargo"),
        };
        let mut command = Command::new(program);
        self.prepare(&mut command, tools)?;
        Ok(command)
    }

    /// Sets a command up so that it, or the cargo that it starts, builds with this compiler and
    /// finds `tools` (folders) first.
    pub fn prepare(self, command: &mut Command, tools: &[PathBuf]) -> Result<()> {
        let mut front = tools.to_vec();
        command.current_dir(workspace::root()).env("CARGO_TARGET_DIR", workspace::wasm_target());
        if self == Self::Debian {
            front.push(DEBIAN_BIN.into());
            for (name, value) in [
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER),
            ] {
                command.env(name, value);
            }
            // Left by the cargo that runs this program, and meant for its own compiler.
            for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
                command.env_remove(name);
            }
        }
        command.env("PATH", process::path_with(&front)?);
        Ok(())
    }

    fn debian_is_ready() -> bool {
        let bin = Path::new(DEBIAN_BIN);
        let rustc = bin.join("rustc");
        bin.join("cargo").is_file()
            && bin.join(LINKER).is_file()
            && sysroot(&rustc).is_some_and(|root| root.join("lib/rustlib/src/rust/library/std").is_dir())
            && version(&rustc).is_some_and(|version| version >= OLDEST)
    }
}

/// The oldest compiler the project builds with: `rust-version`, which cargo hands down.
const OLDEST: (u32, u32) = minor(env!("CARGO_PKG_RUST_VERSION"));

/// Whether a compiler has the standard library for wasm32.
fn has_target(rustc: &Path) -> bool {
    process::output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .and_then(|dir| std::fs::read_dir(dir).ok())
        .is_some_and(|mut files| {
            files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
        })
}

fn add_with_rustup() -> Result<()> {
    if process::find(&["rustup"]).is_none() {
        bail!("there is no rustup here to add the target {TARGET} with");
    }
    say(format!("adding the target {TARGET} with rustup (the engine runs in the browser)"));
    process::run_within(
        Command::new("rustup").args(["target", "add", TARGET]).env_remove("RUST_BACKTRACE"),
        RUSTUP_LIMIT,
    )
    .context("rustup could not add the target")
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    process::output(Command::new(rustc).args(["--print", "sysroot"])).map(PathBuf::from)
}

/// Major and minor version of a compiler, from a line such as `rustc 1.96.0 (…)`.
fn version(rustc: &Path) -> Option<(u32, u32)> {
    let line = process::output(Command::new(rustc).arg("--version"))?;
    Some(minor(line.split_whitespace().nth(1)?))
}

/// The first two numbers of a version; what is not a number counts as the end of one.
const fn minor(version: &str) -> (u32, u32) {
    let bytes = version.as_bytes();
    let mut numbers = [0, 0];
    let (mut index, mut place) = (0, 0);
    while index < bytes.len() && place < 2 {
        if bytes[index].is_ascii_digit() {
            numbers[place] = numbers[place] * 10 + (bytes[index] - b'0') as u32;
        } else {
            place += 1;
        }
        index += 1;
    }
    (numbers[0], numbers[1])
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(minor("1.96.0"), (1, 96));
        assert_eq!(minor("1.95"), (1, 95));
        assert!(minor("1.100.2") > minor("1.96.0"));
    }
}
