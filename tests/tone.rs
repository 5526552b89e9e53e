//! The preview of a bare head beside the same head rendered after treatment.
//!
//! The rendering knows nothing of this engine: its dots are darts thrown on a mesh, its pigment
//! takes part in path tracing, its camera has its own curve. `cargo test --test tone --
//! --nocapture` prints the numbers.
#![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
#![cfg(not(target_arch = "wasm32"))]

#[path = "tone/measure.rs"]
mod measure;

use hairline::document::Document;
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use measure::{Region, difference, mean};

/// Largest mean CIEDE2000 of both pictures blurred by 2 mm.
const LARGEST_DIFFERENCE: f64 = 2.0;
/// Largest deviation of the grain's power, as a share of the rendering's.
const LARGEST_GRAIN_ERROR: f64 = 0.20;
/// The untreated head is this much unlike the treated one at least, or nothing would be tested.
const LEAST_UNTREATED: f64 = 3.0;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn photo(name: &str) -> Photo {
    Photo::decode(&file(&format!("tests/fixtures/reference/{name}"))).unwrap()
}

#[test]
fn tone_and_grain_are_those_of_the_rendered_treatment() {
    let (bare, treated) = (photo("r_light_front_bare.jpg"), photo("r_light_front_smp_dense.jpg"));
    let plan = file("tests/fixtures/reference/r_light_front_document.json");
    let mut document = Document::from_json(std::str::from_utf8(&plan).unwrap()).unwrap();
    let scale =
        document.fitted_head().unproject(document.hairline.points[document.hairline.middle()]).px_per_mm;
    let region = Region::new(&photo("r_light_front_smp_mask.png"), scale).unwrap();

    let (goal, goal_grain) = (region.tones(&treated), region.grain(&treated));
    let untreated = difference(&region.tones(&bare), &goal);
    let bare_grain = region.grain(&bare).variance;
    println!(
        "untreated: dE {untreated:.2}, grain {:+.0} %",
        (bare_grain / goal_grain.variance - 1.0) * 100.0
    );
    println!("rendered:  Lab {:.2?}, {} patches at {scale:.2} px/mm", mean(&goal), goal_grain.patches);
    assert!(untreated > LEAST_UNTREATED && bare_grain < 0.5 * goal_grain.variance);
    assert!(goal_grain.patches > 20);

    let mut renderer = Renderer::new();
    renderer.load_follicles(&file("www/assets/follicles.bin")).unwrap();
    renderer.open(bare.clone());
    for seed in 1..=3 {
        document.seed = seed;
        renderer.set_document(&document.to_json()).unwrap();
        let pixels = renderer.treated_pixels().unwrap();
        let preview = Photo::from_rgba(bare.width(), bare.height(), pixels).unwrap();
        let tones = region.tones(&preview);
        let tone = difference(&tones, &goal);
        let grain = region.grain(&preview).variance / goal_grain.variance - 1.0;
        println!("seed {seed}:    Lab {:.2?}, dE {tone:.2}, grain {:+.1} %", mean(&tones), grain * 100.0);
        assert!(tone <= LARGEST_DIFFERENCE, "seed {seed}: {tone}");
        assert!(grain.abs() <= LARGEST_GRAIN_ERROR, "seed {seed}: {grain}");
    }
}
