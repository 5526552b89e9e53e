//! The same engine without a browser: what the page's pictures must be equal to.

use anyhow::{Context, Result};
use hairline::analysis::Request;
use hairline::dots::Moment;
use hairline::export::Format;
use hairline::renderer::Renderer;

/// The picture the native engine saves for a photo file, a document and a moment.
pub fn export(photo: &[u8], document: &str, moment: Moment, format: Format) -> Result<Vec<u8>> {
    let mut renderer = opened(photo)?;
    renderer.set_document(document)?;
    renderer.set_moment(moment);
    Ok(renderer.export_picture(format)?)
}

/// The plan that the native engine begins with for a photo file, and the picture it saves.
pub fn measured(photo: &[u8], moment: Moment, format: Format) -> Result<(String, Vec<u8>)> {
    let mut renderer = opened(photo)?;
    for (name, file) in [
        ("detector", "face_detection_short_range.tflite"),
        ("mesh", "face_landmark_with_attention.tflite"),
        ("person", "selfie_segmentation.tflite"),
    ] {
        renderer.load_model(name, shipped(&format!("models/{file}"))?)?;
    }
    let document = renderer.measure(Request::default())?.document.to_json();
    renderer.set_document(&document)?;
    renderer.set_moment(moment);
    Ok((document, renderer.export_picture(format)?))
}

fn opened(photo: &[u8]) -> Result<Renderer> {
    let mut renderer = Renderer::new();
    renderer.load_follicles(&shipped("assets/follicles.bin")?)?;
    renderer.open_photo(photo)?;
    Ok(renderer)
}

/// A file that is shipped with the page.
fn shipped(name: &str) -> Result<Vec<u8>> {
    let path = format!("{}/www/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).with_context(|| path)
}
