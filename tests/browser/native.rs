//! The same engine without a browser: what the page's pictures must be equal to.

use anyhow::{Context, Result};
use hairline::dots::Moment;
use hairline::export::Format;
use hairline::renderer::Renderer;

/// The picture the native engine saves for a photo file, a document and a moment.
pub fn export(photo: &[u8], document: &str, moment: Moment, format: Format) -> Result<Vec<u8>> {
    let follicles = concat!(env!("CARGO_MANIFEST_DIR"), "/www/assets/follicles.bin");
    let follicles = std::fs::read(follicles).context("the follicle set is missing")?;
    let mut renderer = Renderer::new();
    renderer.load_follicles(&follicles)?;
    renderer.open_photo(photo)?;
    renderer.set_document(document)?;
    renderer.set_moment(moment);
    Ok(renderer.export_picture(format)?)
}
