//! The networks on fixed inputs, against what another runtime computes.
#![allow(clippy::unwrap_used, reason = "a test's panic is its message")]

use std::path::PathBuf;

use hairline::nn::Network;
use rand::RngCore as _;
use rand_pcg::Pcg32;

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

/// Reads and, if that works, runs: what matters is that it ends, without a panic.
fn survive(bytes: &[u8]) {
    match Network::from_tflite(bytes) {
        Ok(network) => {
            let length = network.input_shape().iter().product();
            let _ = network.run(vec![0.5; length]);
        }
        Err(error) => {
            assert_eq!(error.code(), "bad-model");
            assert!(error.to_string().ends_with('.'));
        }
    }
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    for name in ["face_detection_short_range", "selfie_segmentation", "face_landmark_with_attention"] {
        let bytes = file(&format!("www/models/{name}.tflite"));
        for length in (0..64).chain((64..bytes.len()).step_by(bytes.len() / 97)) {
            assert!(Network::from_tflite(&bytes[..length]).is_err(), "{name}: {length}");
        }
    }
}

#[test]
fn changed_bytes_are_survived() {
    let whole = file("www/models/face_detection_short_range.tflite");
    // Weights lie between the beginning and the last part; everything else says what is where.
    let (head, tail) = (0x300, whole.len() - 0x3_0000);
    let mut draw = Pcg32::new(7, 1);
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=draw.next_u32() % 3 {
            let at = draw.next_u32() as usize % (head + tail);
            let at = if at < head { at } else { 0x3_0000 + at - head };
            let value = draw.next_u32();
            // Offsets and sizes are mostly small or huge.
            bytes[at] =
                if value & 1 == 0 { (value >> 8) as u8 } else { [0, 1, 127, 255][(value >> 8) as usize % 4] };
        }
        survive(&bytes);
    }
}

#[test]
fn changed_options_of_custom_operators_are_survived() {
    let whole = file("www/models/face_landmark_with_attention.tflite");
    let name = b"subset_idxs";
    let at: Vec<usize> = (0..whole.len() - name.len()).filter(|at| whole[*at..].starts_with(name)).collect();
    assert_eq!(at.len(), 3);
    let mut draw = Pcg32::new(8, 1);
    for _ in 0..150 {
        let mut bytes = whole.clone();
        let at = at[draw.next_u32() as usize % 3] - 100 + draw.next_u32() as usize % 500;
        bytes[at] = draw.next_u32() as u8;
        // Only reading: a run of this network takes long here, and options are checked before.
        if let Err(error) = Network::from_tflite(&bytes) {
            assert_eq!(error.code(), "bad-model");
        }
    }
}

#[test]
fn an_input_of_the_wrong_size_is_refused() {
    let network = Network::from_tflite(&file("www/models/face_detection_short_range.tflite")).unwrap();
    assert_eq!(network.run(vec![0.0; 5]).unwrap_err().code(), "bad-model");
}
