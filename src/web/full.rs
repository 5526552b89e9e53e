//! The binding of what is only needed once there is a photo: looking at it, saving it, and what the bench
//! measures. It is in the full engine, which the page fetches while the user reads.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Renderer, thrown, to_js, unknown_name};
use crate::advice::Remark;
use crate::analysis::Request;
use crate::composite::View;
use crate::export::{DEFAULT_JPEG_QUALITY, Format};
use crate::face::Bounds;
use crate::renderer::{Measuring, Progress};

/// What was found in a photo, as far as the page needs it.
#[derive(Serialize)]
struct FindingsJson<'a> {
    json: String,
    faces: Vec<Bounds>,
    chosen: i32,
    far: bool,
    advice: &'a [Remark],
}

#[wasm_bindgen]
impl Renderer {
    /// Takes a model of faces: `detector`, `mesh`, `person` or `far`.
    #[wasm_bindgen(js_name = loadModel)]
    pub fn load_model(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), JsValue> {
        self.0.load_model(name, bytes).map_err(|e| thrown(&e))
    }

    /// Begins to look at the open photo for its face of that number, the largest being 0.
    #[wasm_bindgen(js_name = beginMeasuring)]
    pub fn begin_measuring(&mut self, face: usize) -> Result<(), JsValue> {
        self.0.begin_measuring(Request { face, ..Request::default() }).map_err(|e| thrown(&e))
    }

    /// Does one bounded piece of the look: the name of the stage it has come to, or what was found.
    #[wasm_bindgen(js_name = advanceMeasuring)]
    pub fn advance_measuring(&mut self) -> Result<JsValue, JsValue> {
        match self.0.advance_measuring().map_err(|e| thrown(&e))? {
            Measuring::Under(stage) => Ok(stage.name().into()),
            Measuring::Done(findings) => to_js(&FindingsJson {
                json: findings.document.to_json(),
                faces: findings.faces.iter().map(|face| face.mesh.bounds()).collect(),
                chosen: findings.chosen.map_or(-1, |i| i as i32),
                far: !findings.far_detector_wanted,
                advice: &findings.advice,
            }),
        }
    }

    /// Gives the look up.
    #[wasm_bindgen(js_name = cancelMeasuring)]
    pub fn cancel_measuring(&mut self) {
        self.0.cancel_measuring();
    }

    /// Starts writing the treated picture, full size: `jpeg` or `png`.
    #[wasm_bindgen(js_name = beginExport)]
    pub fn begin_export(&mut self, format: &str) -> Result<(), JsValue> {
        let format = match format {
            "jpeg" => Format::Jpeg { quality: DEFAULT_JPEG_QUALITY },
            "png" => Format::Png,
            other => return Err(unknown_name(other)),
        };
        self.0.begin_export(format).map_err(|e| thrown(&e))
    }

    /// Does one bounded piece of the export: a number 0–1 for how far it has come, or the file.
    #[wasm_bindgen(js_name = advanceExport)]
    pub fn advance_export(&mut self) -> Result<JsValue, JsValue> {
        Ok(match self.0.advance_export().map_err(|e| thrown(&e))? {
            Progress::Share(share) => share.into(),
            Progress::Done(file) => js_sys::Uint8Array::from(file.as_slice()).into(),
        })
    }

    /// Gives an export up.
    #[wasm_bindgen(js_name = cancelExport)]
    pub fn cancel_export(&mut self) {
        self.0.cancel_export();
    }

    /// Selects the dots once more, for measuring; how many there are.
    #[wasm_bindgen(js_name = benchSelect)]
    pub fn bench_select(&mut self) -> Result<usize, JsValue> {
        self.0.select_again().map_err(|e| thrown(&e))
    }

    /// Clears, splats and composites a whole view once more without handing it out, for
    /// measuring; the number of covered pixels.
    #[wasm_bindgen(js_name = benchFrame)]
    pub fn bench_frame(
        &mut self,
        x: f64,
        y: f64,
        scale: f64,
        width: u32,
        height: u32,
    ) -> Result<usize, JsValue> {
        View::new(x, y, scale, width, height).and_then(|view| self.0.redraw(&view)).map_err(|e| thrown(&e))
    }
}
