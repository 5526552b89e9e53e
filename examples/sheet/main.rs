//! Pictures to judge the engine by: heads in every state of a treatment, side by side.
//!
//! `cargo xtask sheet [--photos DIR] [--out DIR]` runs it. For each head it writes montages, fitted
//! and at 100 %, where its dots lie, and its plan; and one page with the captions. Where a photo's
//! truth lies beside it as JSON, the head is placed by it; a sample of the page is placed as there;
//! any other photo gets the starting placement. A rendered reference pair is shown beside its
//! preview with the numbers of `tests/tone.rs`.

mod heads;
#[path = "../../tests/tone/measure.rs"]
mod measure;
mod montage;
mod page;
mod reference;
mod states;

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The repository, for what is committed in it.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn main() -> Result<()> {
    let (photos, out) = arguments()?;
    fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;
    let follicles = fs::read(Path::new(ROOT).join("www/assets/follicles.bin"))?;
    let mut sections = Vec::new();
    for pair in reference::pairs(photos.as_deref()) {
        println!("{}", pair.name());
        sections.extend(reference::sections(&pair, &follicles, &out)?);
    }
    for head in heads::find(photos.as_deref())? {
        println!("{}", head.name);
        sections.extend(states::sections(&head, &follicles, &out)?);
    }
    let file = out.join("index.html");
    fs::write(&file, page::html(&sections))?;
    println!("{}", file.display());
    Ok(())
}

/// `--photos DIR` and `--out DIR`.
fn arguments() -> Result<(Option<PathBuf>, PathBuf)> {
    let mut photos = None;
    let mut out = Path::new(ROOT).join("target/sheet");
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--photos" => photos = Some(value()?.into()),
            "--out" => out = value()?.into(),
            _ => bail!("`{word}` is not understood: sheet [--photos DIR] [--out DIR]"),
        }
    }
    Ok((photos, out))
}
