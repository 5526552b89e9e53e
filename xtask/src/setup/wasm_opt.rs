//! `wasm-opt`, which makes the released module smaller and faster. Worth having, not needed.

use super::{node, say, versions};
use crate::{process, workspace};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The oldest version on `PATH` that is used; older ones refuse or spoil current Rust output.
const OLDEST: u32 = 120;

/// The path of `wasm-opt`: a recent one on `PATH`, or else npm's, kept in the user's cache.
pub fn ensure() -> Result<PathBuf> {
    if let Some(found) = process::find(&["wasm-opt"])
        && process::output(Command::new(&found).arg("--version")).is_some_and(|text| recent(&text))
    {
        return Ok(found);
    }
    let folder = workspace::cache()?.join("tools").join(format!("binaryen-{}", versions::BINARYEN));
    let program = folder.join("node_modules/binaryen/bin/wasm-opt");
    if !program.is_file() {
        let npm = node::npm()?;
        say(format!("installing wasm-opt (npm binaryen {}) for the released module", versions::BINARYEN));
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let mut install = Command::new(npm);
        install
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(format!("binaryen@{}", versions::BINARYEN));
        process::run(&mut install)?;
    }
    if !program.is_file() {
        bail!("npm's binaryen {} holds no wasm-opt", versions::BINARYEN);
    }
    Ok(program)
}

/// Whether a line such as `wasm-opt version 132 (…)` names a version that is recent enough.
fn recent(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .find_map(|number| number.parse::<u32>().ok())
        .is_some_and(|version| version >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::recent;

    #[test]
    fn old_versions_are_passed_over() {
        assert!(recent("wasm-opt version 132 (version_132)"));
        assert!(!recent("wasm-opt version 108"));
        assert!(!recent("wasm-opt"));
    }
}
