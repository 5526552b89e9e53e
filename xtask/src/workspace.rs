//! Where things lie: the repository, what is built, and what is installed for this user.

use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

/// The root of the repository.
pub fn root() -> PathBuf {
    // Cargo says where the manifest is now; the path at compile time may be of another checkout.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut root = PathBuf::from(manifest);
    root.pop();
    root
}

/// The folder for everything built natively.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The folder for everything built for wasm32. Its own, because another compiler may be at work
/// there (see `setup::wasm_target`), and neither should wait for the other's lock.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The user's cache, where tools are kept between clones.
pub fn cache() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        Some(dir) => PathBuf::from(dir),
        None => env::home_dir().context("there is no home folder to keep tools in")?.join(".cache"),
    };
    Ok(base.join("hairline"))
}
