//! Each bundled network once, and the whole search for a face on a photo with one and on one without.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench's panic is its message")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use hairline::composite::Pyramid;
use hairline::face::{ModelFiles, Models, find};
use hairline::nn::Network;
use hairline::photo::Photo;

fn file(relative: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)).unwrap()
}

fn networks(c: &mut Criterion) {
    let model = |name: &str| file(&format!("www/models/{name}.tflite"));
    for name in [
        "face_detection_short_range",
        "face_detection_full_range",
        "face_landmark_with_attention",
        "selfie_segmentation",
    ] {
        let bytes = model(name);
        c.bench_function(&format!("nn/read {name}"), |b| {
            b.iter(|| Network::from_tflite(black_box(&bytes)).unwrap());
        });
        let network = Network::from_tflite(&bytes).unwrap();
        let input = vec![0.5; network.input_shape().iter().product()];
        c.bench_function(&format!("nn/run {name}"), |b| b.iter(|| network.run(input.clone()).unwrap()));
    }

    let (detector, mesh) = (model("face_detection_short_range"), model("face_landmark_with_attention"));
    let person = model("selfie_segmentation");
    let mut models = Models::read(ModelFiles { detector: &detector, mesh: &mesh, person: &person }).unwrap();
    models.add_far_detector(&model("face_detection_full_range")).unwrap();
    for (what, name) in [("a face", "m_light_front"), ("no face", "m_light_back_scar_small")] {
        let photo = Photo::decode(&file(&format!("tests/fixtures/{name}.jpg"))).unwrap();
        let pyramid = Pyramid::new(&photo);
        c.bench_function(&format!("face/find, {what}"), |b| {
            b.iter(|| find(&photo, &pyramid, &models, |_| ()).unwrap());
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2));
    targets = networks
}
criterion_main!(benches);
