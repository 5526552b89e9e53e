//! The binding, in a browser's worker: that values, buffers and errors cross it as the page
//! expects. What the engine computes is tested natively; here it is only compared.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hairline::export::{self, Format};
use hairline::follicles::format::fnv1a64;
use hairline::follicles::{ASSET_DECODED_HASH, ASSET_INDIVIDUAL_HASH, FollicleSet, Individual};
use hairline::web::{Renderer, Studio};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const FOLLICLES: &[u8] = include_bytes!("../www/assets/follicles.bin");
const WIDTH: u32 = 240;
const HEIGHT: u32 = 320;

/// A plain, light picture: dots on it can only darken.
fn picture() -> Vec<u8> {
    let rgba: Vec<u8> = [214, 178, 158, 255].repeat((WIDTH * HEIGHT) as usize);
    export::encode(WIDTH, HEIGHT, &rgba, Format::Png).unwrap()
}

/// A renderer with everything that a frame needs, and the document that it shows.
fn ready() -> (Renderer, Studio) {
    let mut renderer = Renderer::new();
    renderer.load_follicles(FOLLICLES).unwrap();
    renderer.open_photo(&picture()).unwrap();
    let mut studio = Studio::new();
    studio.new_document(WIDTH, HEIGHT);
    renderer.set_document(&studio.document_json()).unwrap();
    (renderer, studio)
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

/// What was thrown has to be an `Error` with a sentence; its stable name.
fn code(thrown: &JsValue) -> String {
    let error: &js_sys::Error = thrown.dyn_ref().expect("an Error");
    assert!(String::from(error.message()).ends_with('.'), "{}", String::from(error.message()));
    property(thrown, "code").as_string().expect("a code")
}

#[wasm_bindgen_test]
fn the_follicle_set_decodes_to_the_same_points_as_natively() {
    let set = FollicleSet::from_bytes(FOLLICLES).unwrap();
    assert_eq!(set.decoded_hash(), ASSET_DECODED_HASH);
    let individual = Individual::new(7);
    let places = set.points().iter().map(|p| individual.place(*p));
    let bytes: Vec<u8> = places.flat_map(|p| [p.x, p.y, p.z]).flat_map(f32::to_le_bytes).collect();
    assert_eq!(fnv1a64(&bytes), ASSET_INDIVIDUAL_HASH);
}

#[wasm_bindgen_test]
fn errors_carry_their_code() {
    let mut renderer = Renderer::new();
    assert_eq!(code(&renderer.open_photo(&[]).unwrap_err()), "empty-file");
    assert_eq!(code(&renderer.open_photo(b"a letter, not a photo").unwrap_err()), "not-a-photo");
    assert_eq!(code(&renderer.load_follicles(&[1, 2, 3]).unwrap_err()), "bad-follicle-set");
    assert_eq!(code(&renderer.set_document("{").unwrap_err()), "bad-document");
    assert_eq!(code(&renderer.frame(0.0, 0.0, 1.0, 8, 8, true).unwrap_err()), "no-photo");
    assert_eq!(code(&Studio::new().load_document("[]").unwrap_err()), "bad-document");
}

#[wasm_bindgen_test]
fn a_photo_reports_its_size() {
    let size = Renderer::new().open_photo(&picture()).unwrap();
    assert_eq!(property(&size, "width").as_f64(), Some(f64::from(WIDTH)));
    assert_eq!(property(&size, "height").as_f64(), Some(f64::from(HEIGHT)));
}

#[wasm_bindgen_test]
fn a_photo_that_cannot_be_opened_leaves_the_open_one() {
    let (mut renderer, _studio) = ready();
    let before = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, true).unwrap().0;
    renderer.open_photo(b"a letter, not a photo").unwrap_err();
    assert!(renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, true).unwrap().0 == before);
}

#[wasm_bindgen_test]
fn a_treated_frame_has_dots_and_an_untreated_one_the_photo() {
    let (mut renderer, _studio) = ready();
    let photo = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, false).unwrap().0;
    let treated = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, true).unwrap().0;
    assert_eq!(photo.len(), (WIDTH * HEIGHT * 4) as usize);
    assert!(photo.chunks_exact(4).all(|pixel| pixel == [214, 178, 158, 255]));
    assert!(renderer.dot_count().unwrap() > 0);
    assert!(treated.iter().zip(&photo).all(|(treated, photo)| treated <= photo));
    assert!(treated != photo);
}

#[wasm_bindgen_test]
fn the_picture_is_exported_as_a_file_of_the_format() {
    let (mut renderer, _studio) = ready();
    assert!(renderer.export_picture("jpeg").unwrap().starts_with(&[0xff, 0xd8, 0xff]));
    assert!(renderer.export_picture("png").unwrap().starts_with(b"\x89PNG"));
    code(&renderer.export_picture("gif").unwrap_err());
}

#[wasm_bindgen_test]
fn handles_and_settings_are_plain_objects() {
    let mut studio = Studio::new();
    studio.new_document(WIDTH, HEIGHT);
    let handles: Array = studio.handles().unwrap().dyn_into().expect("an array");
    let ids: Vec<String> =
        handles.iter().map(|handle| property(&handle, "id").as_string().unwrap()).collect();
    assert!(ids.contains(&"hairline-3".to_owned()) && ids.contains(&"head-top".to_owned()), "{ids:?}");
    for name in ["x", "y", "acrossMm", "aboveMm"] {
        assert!(property(&handles.get(0), name).as_f64().is_some_and(f64::is_finite), "{name}");
    }
    let density = property(&studio.ranges().unwrap(), "density");
    for name in ["min", "max", "step", "default"] {
        assert!(property(&density, name).as_f64().is_some(), "{name}");
    }
    studio.set_setting("density", &100.into()).unwrap();
    studio.set_setting("symmetric", &false.into()).unwrap();
    let settings = studio.settings().unwrap();
    assert_eq!(property(&settings, "density").as_f64(), Some(100.0));
    assert_eq!(property(&settings, "symmetric").as_bool(), Some(false));
    code(&studio.set_setting("dnesity", &100.into()).unwrap_err());
}

#[wasm_bindgen_test]
fn a_document_survives_its_way_through_text() {
    let mut studio = Studio::new();
    studio.new_document(WIDTH, HEIGHT);
    let revision = studio.revision();
    studio.nudge_handle("hairline-3", 0.0, 4.0);
    assert_ne!(studio.revision(), revision);
    let json = studio.document_json();
    let mut other = Studio::new();
    other.load_document(&json).unwrap();
    assert_eq!(other.document_json(), json);
    assert!(studio.can_undo() && studio.undo() && studio.can_redo());
}
