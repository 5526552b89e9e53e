//! The networks on fixed inputs, against what another runtime computes.
#![allow(clippy::unwrap_used, reason = "a test's panic is its message")]

use std::path::PathBuf;

use hairline::nn::Network;

fn file(relative: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)).unwrap()
}

/// An egg before a graded ground, with fine texture, as colours from `low` to `high`.
fn egg(side: usize, low: f64, high: f64) -> Vec<f32> {
    let value = |i: usize| {
        let (y, x, c) = (i / 3 / side, i / 3 % side, i % 3);
        let texture = ((i * 7919 + 13) % 1009) as f64 / 1009.0;
        let from_middle = |v: usize| 2 * v as i64 - side as i64 + 1;
        let (dx, dy) = (from_middle(x), from_middle(y));
        let inside = dx * dx * 9 + dy * dy * 4 < (side * side) as i64;
        let base = if inside { 170 - 20 * c } else { 60 + y * 40 / side };
        (low + (high - low) * ((base as f64 + (texture * 24.0).floor()) / 255.0)) as f32
    };
    (0..side * side * 3).map(value).collect()
}

/// The greatest difference from the reference, of which each `step`th number was kept.
fn worst(name: &str, low: f64) -> f32 {
    let network = Network::from_tflite(&file(&format!("www/models/{name}.tflite"))).unwrap();
    let outputs = network.run(egg(network.input_shape()[1], low, 1.0)).unwrap();
    let kept: Vec<f32> = outputs.iter().flat_map(|output| output.iter().copied().step_by(37)).collect();
    let bytes = file(&format!("tests/fixtures/nn/{name}.f32"));
    let reference: Vec<f32> = bytes.as_chunks().0.iter().map(|word| f32::from_le_bytes(*word)).collect();
    assert_eq!(kept.len(), reference.len());
    let relative = |(a, b): (&f32, &f32)| (a - b).abs() / b.abs().max(1.0);
    kept.iter().zip(&reference).map(relative).fold(0.0, f32::max)
}

#[test]
fn the_networks_compute_what_another_runtime_does() {
    for (name, low) in [
        ("face_detection_short_range", -1.0),
        ("face_detection_full_range", -1.0),
        ("selfie_segmentation", 0.0),
    ] {
        let worst = worst(name, low);
        println!("{name}: {worst:e}");
        assert!(worst < 1e-4, "{name}: {worst}");
    }
}
