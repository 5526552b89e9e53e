//! The only file that speaks to the browser: takes, checks, hands on, gives back.

#[cfg(feature = "full")]
mod full;

use js_sys::Uint8ClampedArray;
use serde::Serialize;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

use crate::composite::{Rect, View};
use crate::document::{PhotoSize, Setting, Value};
use crate::dots::Moment;
use crate::hairline::HairlineStyle;
use crate::space::PhotoPoint;
use crate::{Error, renderer, studio};

/// Makes a panic readable in the console before it ends the module.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// A JavaScript `Error` with the sentence as its message and the stable name as its `code`.
fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    // Setting a property of a fresh, extensible object has no way to fail.
    let _ = js_sys::Reflect::set(&thrown, &"code".into(), &error.code().into());
    thrown.into()
}

fn unknown_name(name: &str) -> JsValue {
    thrown(&Error::BadDocument { reason: format!("there is nothing called {name}") })
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

fn flat(points: &[PhotoPoint]) -> Vec<f32> {
    points.iter().flat_map(|p| [p.x as f32, p.y as f32]).collect()
}

/// The document and its history, on the page.
#[wasm_bindgen]
pub struct Studio(studio::Studio);

#[wasm_bindgen]
impl Studio {
    /// A plan for a photo that is not there yet.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "JavaScript calls it")]
    pub fn new() -> Self {
        Self(studio::Studio::new(PhotoSize { width: 3, height: 4 }))
    }

    /// Starts a new plan for a photo of that size, px.
    #[wasm_bindgen(js_name = newDocument)]
    pub fn new_document(&mut self, width: u32, height: u32) {
        self.0 = studio::Studio::new(PhotoSize { width: width.max(1), height: height.max(1) });
    }

    /// Goes on with a stored plan.
    #[wasm_bindgen(js_name = loadDocument)]
    pub fn load_document(&mut self, json: &str) -> Result<(), JsValue> {
        self.0 = studio::Studio::from_json(json).map_err(|e| thrown(&e))?;
        Ok(())
    }

    /// The plan as JSON.
    #[wasm_bindgen(js_name = documentJson)]
    pub fn document_json(&self) -> String {
        self.0.document().to_json()
    }

    /// A number that changes whenever the plan does.
    pub fn revision(&self) -> u32 {
        self.0.history().revision()
    }

    /// Everything that can be dragged.
    pub fn handles(&self) -> Result<JsValue, JsValue> {
        to_js(&self.0.handles())
    }

    /// The hairline, x and y in turn, photo px.
    #[wasm_bindgen(js_name = hairlinePath)]
    pub fn hairline_path(&self) -> Vec<f32> {
        flat(&self.0.hairline_path())
    }

    /// The head's outline, x and y in turn, photo px.
    #[wasm_bindgen(js_name = headPath)]
    pub fn head_path(&self) -> Vec<f32> {
        flat(&self.0.head_path())
    }

    /// Starts a gesture.
    pub fn begin(&mut self) {
        self.0.begin();
    }

    /// Ends a gesture.
    pub fn commit(&mut self) {
        self.0.commit();
    }

    /// Takes a gesture back.
    pub fn cancel(&mut self) {
        self.0.cancel();
    }

    /// Moves a handle to a photo point.
    #[wasm_bindgen(js_name = moveHandle)]
    pub fn move_handle(&mut self, id: &str, x: f64, y: f64) {
        self.0.move_handle(id, PhotoPoint::new(x, y));
    }

    /// Moves a handle by mm on the skin.
    #[wasm_bindgen(js_name = nudgeHandle)]
    pub fn nudge_handle(&mut self, id: &str, right_mm: f64, up_mm: f64) {
        self.0.nudge_handle(id, right_mm, up_mm);
    }

    /// All settings by name.
    pub fn settings(&self) -> Result<JsValue, JsValue> {
        let all: std::collections::BTreeMap<&str, Value> =
            Setting::ALL.iter().map(|&s| (s.name(), self.0.setting(s))).collect();
        to_js(&all)
    }

    /// Sets a number or, for a switch, a yes/no.
    #[wasm_bindgen(js_name = setSetting)]
    pub fn set_setting(&mut self, name: &str, value: &JsValue) -> Result<(), JsValue> {
        let setting = Setting::by_name(name).ok_or_else(|| unknown_name(name))?;
        let number = value.as_f64().or_else(|| value.as_bool().map(f64::from)).unwrap_or(f64::NAN);
        self.0.set(setting, number);
        Ok(())
    }

    /// What each setting may be set to, by name.
    pub fn ranges(&self) -> Result<JsValue, JsValue> {
        let all: std::collections::BTreeMap<&str, _> =
            Setting::ALL.iter().map(|s| (s.name(), s.range())).collect();
        to_js(&all)
    }

    /// The style that the hairline is suggested by.
    pub fn style(&self) -> String {
        self.0.document().hairline.style.name().to_owned()
    }

    /// Chooses a style of hairline by its name.
    #[wasm_bindgen(js_name = chooseStyle)]
    pub fn choose_style(&mut self, name: &str) -> Result<(), JsValue> {
        self.0.choose_style(HairlineStyle::by_name(name).ok_or_else(|| unknown_name(name))?);
        Ok(())
    }

    /// Tells how high the middle of the line stands above the glabella, mm: every length follows.
    #[wasm_bindgen(js_name = tellHeight)]
    pub fn tell_height(&mut self, mm: f64) {
        self.0.tell_height(mm);
    }

    /// Goes back to the suggested hairline.
    #[wasm_bindgen(js_name = resetHairline)]
    pub fn reset_hairline(&mut self) {
        self.0.reset_hairline();
    }

    /// Undoes a step.
    pub fn undo(&mut self) -> bool {
        self.0.undo()
    }

    /// Redoes a step.
    pub fn redo(&mut self) -> bool {
        self.0.redo()
    }

    /// Whether there is a step to undo.
    #[wasm_bindgen(js_name = canUndo)]
    pub fn can_undo(&self) -> bool {
        self.0.history().can_undo()
    }

    /// Whether there is a step to redo.
    #[wasm_bindgen(js_name = canRedo)]
    pub fn can_redo(&self) -> bool {
        self.0.history().can_redo()
    }

    /// What was measured of the face; null for a head placed by hand.
    pub fn measured(&self) -> Result<JsValue, JsValue> {
        self.0.measured().map_or(Ok(JsValue::NULL), |measured| to_js(&measured))
    }

    /// Numbers about the line.
    pub fn readout(&self) -> Result<JsValue, JsValue> {
        to_js(&self.0.readout())
    }
}

/// Photo and pixels, in the worker.
#[wasm_bindgen]
#[derive(Default)]
pub struct Renderer(renderer::Renderer);

#[wasm_bindgen]
impl Renderer {
    /// An empty renderer.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the follicle set.
    #[wasm_bindgen(js_name = loadFollicles)]
    pub fn load_follicles(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.load_follicles(bytes).map_err(|e| thrown(&e))
    }

    /// Opens a photo; its upright size.
    #[wasm_bindgen(js_name = openPhoto)]
    pub fn open_photo(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        to_js(&self.0.open_photo(bytes).map_err(|e| thrown(&e))?)
    }

    /// Forgets photo and document.
    #[wasm_bindgen(js_name = closePhoto)]
    pub fn close_photo(&mut self) {
        self.0.close_photo();
    }

    /// Takes the document.
    #[wasm_bindgen(js_name = setDocument)]
    pub fn set_document(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.set_document(json).map_err(|e| thrown(&e))
    }

    /// Takes the moment that is shown: session (1 the first), days since it, years since then.
    #[wasm_bindgen(js_name = setMoment)]
    pub fn set_moment(&mut self, session: u8, days: f64, years: f64) {
        self.0.set_moment(Moment::new(session, days, years));
    }

    /// Does one bounded piece of the work that the next treated frame needs; true when none is
    /// left.
    pub fn advance(&mut self) -> Result<bool, JsValue> {
        self.0.advance().map_err(|e| thrown(&e))
    }

    /// RGBA of a view of the untreated photo.
    pub fn before(
        &self,
        x: f64,
        y: f64,
        scale: f64,
        width: u32,
        height: u32,
    ) -> Result<Clamped<Vec<u8>>, JsValue> {
        View::new(x, y, scale, width, height)
            .and_then(|view| self.0.before(&view))
            .map(Clamped)
            .map_err(|e| thrown(&e))
    }

    /// What has changed in a treated view since the update of serial `base`, 0 for everything.
    pub fn frame(
        &mut self,
        x: f64,
        y: f64,
        scale: f64,
        width: u32,
        height: u32,
        base: u32,
    ) -> Result<FrameUpdate, JsValue> {
        let view = View::new(x, y, scale, width, height).map_err(|e| thrown(&e))?;
        let (serial, rect) = self.0.update(&view, base).map_err(|e| thrown(&e))?;
        // Straight from the engine's frame into the page's array: twelve megabytes are copied once.
        let pixels = Uint8ClampedArray::new_with_length((rect.width * rect.height * 4) as u32);
        for (row, at) in self.0.rows(rect).zip((0..).step_by(rect.width.max(1) * 4)) {
            pixels.subarray(at, at + row.len() as u32).copy_from(row);
        }
        Ok(FrameUpdate { serial, rect, pixels })
    }

    /// Dots of the present document.
    #[wasm_bindgen(js_name = dotCount)]
    pub fn dot_count(&mut self) -> Result<usize, JsValue> {
        self.0.dot_count().map_err(|e| thrown(&e))
    }
}

/// A part of a treated view.
#[wasm_bindgen]
pub struct FrameUpdate {
    serial: u32,
    rect: Rect,
    pixels: Uint8ClampedArray,
}

#[wasm_bindgen]
impl FrameUpdate {
    /// Its number, to be handed in as the next `base`.
    #[wasm_bindgen(getter)]
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// First column of the part, view px.
    #[wasm_bindgen(getter)]
    pub fn left(&self) -> usize {
        self.rect.left
    }

    /// First row of the part, view px.
    #[wasm_bindgen(getter)]
    pub fn top(&self) -> usize {
        self.rect.top
    }

    /// Columns; 0 when nothing has changed.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.rect.width
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.rect.height
    }

    /// The RGBA pixels, row by row, in memory of their own.
    #[wasm_bindgen(js_name = takePixels)]
    pub fn take_pixels(&self) -> Uint8ClampedArray {
        self.pixels.clone()
    }
}
