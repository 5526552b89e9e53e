//! The binding, in a browser's worker: that values, buffers and errors cross it as the page
//! expects. What the engine computes is tested natively; here it is only compared.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hairline::export::{self, Format};
use hairline::follicles::format::fnv1a64;
use hairline::follicles::{ASSET_DECODED_HASH, ASSET_INDIVIDUAL_HASH, FollicleSet, Individual};
use hairline::photo::Photo;
use hairline::web::{FrameUpdate, Renderer, Studio};
use js_sys::{Array, Reflect, Uint8Array};
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

/// The untreated photo, full size.
fn untreated(renderer: &Renderer) -> Vec<u8> {
    renderer.before(0.0, 0.0, 1.0, WIDTH, HEIGHT).unwrap().0
}

/// Everything of the treated photo, full size.
fn treated(renderer: &mut Renderer) -> Vec<u8> {
    let update = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, 0).unwrap();
    assert_eq!([update.left(), update.top()], [0, 0]);
    assert_eq!([update.width(), update.height()], [WIDTH as usize, HEIGHT as usize]);
    update.take_pixels().to_vec()
}

/// Writes an update into the frame before it; how many pixels it brought.
fn patch(frame: &mut [u8], update: &FrameUpdate) -> usize {
    let pixels = update.take_pixels().to_vec();
    assert_eq!(pixels.len(), update.width() * update.height() * 4);
    for (row, line) in pixels.chunks_exact((update.width() * 4).max(4)).enumerate() {
        let at = ((update.top() + row) * WIDTH as usize + update.left()) * 4;
        frame[at..at + line.len()].copy_from_slice(line);
    }
    pixels.len() / 4
}

/// The whole file, and how many pieces of work it took.
fn saved(renderer: &mut Renderer, format: &str) -> (Vec<u8>, usize) {
    renderer.begin_export(format).unwrap();
    let mut shares = vec![0.0];
    loop {
        let step = renderer.advance_export().unwrap();
        if let Some(file) = step.dyn_ref::<Uint8Array>() {
            return (file.to_vec(), shares.len());
        }
        let share = step.as_f64().expect("a share or the file");
        assert!(share > shares[shares.len() - 1] && share < 1.0, "{share} after {shares:?}");
        shares.push(share);
    }
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
    assert_eq!(code(&renderer.frame(0.0, 0.0, 1.0, 8, 8, 0).map(|_| ()).unwrap_err()), "no-photo");
    assert_eq!(code(&renderer.before(0.0, 0.0, 1.0, 8, 8).unwrap_err()), "no-photo");
    assert_eq!(code(&renderer.advance().unwrap_err()), "no-photo");
    assert_eq!(code(&renderer.begin_export("png").unwrap_err()), "no-photo");
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
    let before = treated(&mut renderer);
    renderer.open_photo(b"a letter, not a photo").unwrap_err();
    assert!(treated(&mut renderer) == before);
}

#[wasm_bindgen_test]
fn a_treated_frame_has_dots_and_an_untreated_one_the_photo() {
    let (mut renderer, _studio) = ready();
    let photo = untreated(&renderer);
    let treated = treated(&mut renderer);
    assert_eq!(photo.len(), (WIDTH * HEIGHT * 4) as usize);
    assert!(photo.chunks_exact(4).all(|pixel| pixel == [214, 178, 158, 255]));
    assert!(renderer.dot_count().unwrap() > 0);
    assert!(treated.iter().zip(&photo).all(|(treated, photo)| treated <= photo));
    assert!(treated != photo);
}

#[wasm_bindgen_test]
fn the_work_before_the_dots_comes_in_pieces_and_ends() {
    let (mut renderer, mut studio) = ready();
    let pieces = (1..1000).find(|_| renderer.advance().unwrap()).expect("an end");
    assert!(pieces > 2, "{pieces}");
    assert!(renderer.advance().unwrap());
    let dots = renderer.dot_count().unwrap();
    // Another line needs no other skin and no other places: one piece is enough.
    studio.nudge_handle("hairline-3", 0.0, 4.0);
    renderer.set_document(&studio.document_json()).unwrap();
    assert!(renderer.advance().unwrap());
    assert_ne!(renderer.dot_count().unwrap(), dots);
}

#[wasm_bindgen_test]
fn updates_laid_over_the_earlier_frame_are_the_whole_frame() {
    let (mut renderer, mut studio) = ready();
    let update = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, 0).unwrap();
    let mut shown = vec![0; (WIDTH * HEIGHT * 4) as usize];
    assert_eq!(patch(&mut shown, &update), (WIDTH * HEIGHT) as usize);
    let mut serials = vec![update.serial()];
    for up in [2.0, -5.0, 0.0] {
        studio.nudge_handle("hairline-3", 0.0, up);
        renderer.set_document(&studio.document_json()).unwrap();
        let base = serials[serials.len() - 1];
        let update = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, base).unwrap();
        let brought = patch(&mut shown, &update);
        assert_eq!(brought == 0, up == 0.0, "{up} mm brought {brought} px");
        assert!(brought < (WIDTH * HEIGHT / 2) as usize, "{up} mm brought {brought} px");
        assert!(!serials.contains(&update.serial()) && update.serial() != 0);
        serials.push(update.serial());
    }
    let (mut fresh, _) = ready();
    fresh.set_document(&studio.document_json()).unwrap();
    assert!(treated(&mut fresh) == shown);
    // Updates of anything but the latest frame of the same view bring everything.
    let old = renderer.frame(0.0, 0.0, 1.0, WIDTH, HEIGHT, serials[0]).unwrap();
    assert_eq!([old.width(), old.height()], [WIDTH as usize, HEIGHT as usize]);
    let other = renderer.frame(0.0, 0.0, 0.5, 60, 80, old.serial()).unwrap();
    assert_eq!([other.width(), other.height()], [60, 80]);
}

#[wasm_bindgen_test]
fn an_earlier_moment_shows_fewer_dots() {
    let (mut renderer, _studio) = ready();
    let healed = renderer.dot_count().unwrap();
    renderer.set_moment(1, 28.0, 0.0);
    assert!((1..healed).contains(&renderer.dot_count().unwrap()));
    renderer.set_moment(3, 28.0, 0.0);
    assert_eq!(renderer.dot_count().unwrap(), healed);
}

#[wasm_bindgen_test]
fn the_picture_is_saved_in_pieces_as_a_file_of_the_format() {
    let (mut renderer, _studio) = ready();
    let shown = treated(&mut renderer);
    for (name, format, start) in [
        ("jpeg", Format::Jpeg { quality: export::DEFAULT_JPEG_QUALITY }, &[0xff, 0xd8, 0xff][..]),
        ("png", Format::Png, b"\x89PNG"),
    ] {
        let (file, pieces) = saved(&mut renderer, name);
        assert!(file.starts_with(start), "{name}");
        assert!(pieces > 2, "{name}: {pieces}");
        // The same pixels, encoded at once, are the same bytes.
        assert!(file == export::encode(WIDTH, HEIGHT, &shown, format).unwrap(), "{name}");
        let photo = Photo::decode(&file).unwrap();
        assert_eq!([photo.width(), photo.height()], [WIDTH, HEIGHT]);
    }
    code(&renderer.begin_export("gif").unwrap_err());
}

#[wasm_bindgen_test]
fn nothing_comes_of_an_export_that_was_given_up() {
    let (mut renderer, mut studio) = ready();
    assert_eq!(code(&renderer.advance_export().unwrap_err()), "nothing-to-save");
    renderer.begin_export("png").unwrap();
    renderer.advance_export().unwrap();
    renderer.cancel_export();
    assert_eq!(code(&renderer.advance_export().unwrap_err()), "nothing-to-save");
    // Another document gives it up too.
    renderer.begin_export("png").unwrap();
    studio.nudge_handle("hairline-3", 0.0, 4.0);
    renderer.set_document(&studio.document_json()).unwrap();
    assert_eq!(code(&renderer.advance_export().unwrap_err()), "nothing-to-save");
    // And the next one is whole.
    assert!(saved(&mut renderer, "png").0.starts_with(b"\x89PNG"));
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
