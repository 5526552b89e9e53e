//! The versions of every tool that set-up brings along. They stand here and nowhere else.
//!
//! The one exception is wasm-bindgen-cli: it has to equal the `wasm-bindgen` the engine is linked
//! with, so its version is read from `Cargo.lock`.

use crate::workspace;
use anyhow::{Context, Result};

/// Bundles the page.
pub const TRUNK: &str = "0.21.14";
/// Speaks `WebDriver` to Firefox.
pub const GECKODRIVER: &str = "0.37.1";
/// Checks licences, sources and advisories of the dependencies.
pub const CARGO_DENY: &str = "0.20.2";
/// The npm package that carries `wasm-opt`. Debian's binaryen is too old for current Rust output.
pub const BINARYEN: &str = "132.0.0";

/// The version of wasm-bindgen that `Cargo.lock` holds.
pub fn wasm_bindgen() -> Result<String> {
    let path = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    locked(&lock, "wasm-bindgen").context("Cargo.lock holds no wasm-bindgen")
}

/// The version of a package in the text of a lock file.
fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::locked;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"0.2.1\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn a_locked_version_is_found_by_the_whole_name() {
        assert_eq!(locked(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked(LOCK, "wasm"), None);
    }
}
