//! The binding of what measures faces: in an engine of its own, which the page fetches once somebody has
//! agreed to be measured.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{Renderer, thrown, to_js};
use crate::advice::Remark;
use crate::analysis::Request;
use crate::face::Bounds;
use crate::renderer::Measuring;

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
}
