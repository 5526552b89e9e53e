//! Faces are found, traced and told from what is none, on real files and what becomes of them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's panic is its message")]

use std::path::PathBuf;
use std::sync::LazyLock;

use hairline::composite::{Pyramid, View};
use hairline::face::{Face, FaceMesh, Finding, Found, ModelFiles, Models, find};
use hairline::photo::Photo;
use hairline::space::PhotoPoint;

fn file(relative: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)).unwrap()
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = near_models();
    models.add_far_detector(&file("www/models/face_detection_full_range.tflite")).unwrap();
    models
});

fn near_models() -> Models {
    let model = |name: &str| file(&format!("www/models/{name}.tflite"));
    let files = (
        model("face_detection_short_range"),
        model("face_landmark_with_attention"),
        model("selfie_segmentation"),
    );
    Models::read(ModelFiles { detector: &files.0, mesh: &files.1, person: &files.2 }).unwrap()
}

fn open(name: &str) -> Photo {
    Photo::decode(&file(&format!("tests/fixtures/{name}.jpg"))).unwrap()
}

fn look(photo: &Photo) -> Found {
    find(photo, &Pyramid::new(photo), &MODELS, |_| ()).unwrap()
}

/// The one face of a photo.
fn face(photo: &Photo, what: &str) -> Face {
    let mut faces = look(photo).faces;
    assert_eq!(faces.len(), 1, "{what}");
    faces.swap_remove(0)
}

/// A new photo of `width` × `height` px, each from where `from` says; bluish grey beyond the old one.
fn redrawn(photo: &Photo, [width, height]: [u32; 2], from: impl Fn(f64, f64) -> [f64; 2]) -> Photo {
    let mut rgba = Vec::new();
    for i in 0..width * height {
        let [x, y] = from(f64::from(i % width) + 0.5, f64::from(i / width) + 0.5).map(f64::floor);
        let inside = x >= 0.0 && y >= 0.0 && x < f64::from(photo.width()) && y < f64::from(photo.height());
        let at = (y as usize * photo.width() as usize + x as usize) * 4;
        let pixel = if inside { &photo.rgba()[at..at + 4] } else { &[120, 130, 140, 255] };
        rgba.extend_from_slice(pixel);
    }
    Photo::from_rgba(width, height, rgba).unwrap()
}

/// The photo turned clockwise about its middle, on a square that holds all of it, and where a place
/// of the turned one was.
fn turned(photo: &Photo, degrees: f64) -> (Photo, impl Fn(PhotoPoint) -> PhotoPoint) {
    let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
    let side = libm::hypot(width, height).ceil();
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let back = move |x: f64, y: f64| {
        let (x, y) = (x - side / 2.0, y - side / 2.0);
        [x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0]
    };
    let photo = redrawn(photo, [side as u32; 2], back);
    (photo, move |p| PhotoPoint::from(back(p.x, p.y)))
}

const HEADS: [&str; 4] = ["f_medium_front_thinning", "m_dark_front", "m_light_front", "m_light_threequarter"];

/// Where the renderer has put them, px: right and left pupil, glabella, subnasale, menton.
const TRUTH: [[[f64; 2]; 5]; 4] = [
    [[307.6, 517.0], [456.9, 517.8], [384.0, 500.2], [384.0, 652.4], [384.0, 767.4]],
    [[291.9, 487.0], [459.6, 488.4], [374.8, 456.4], [373.8, 637.8], [376.6, 800.5]],
    [[305.3, 498.4], [471.6, 498.9], [393.1, 468.4], [393.6, 652.2], [391.2, 801.9]],
    [[406.2, 504.4], [548.2, 499.9], [512.2, 472.3], [515.0, 652.4], [479.6, 799.0]],
];

fn eye_span(mesh: &FaceMesh) -> f64 {
    mesh.outer_canthus_right().distance(mesh.outer_canthus_left())
}

#[test]
fn points_lie_where_the_renderer_has_put_them() {
    for (name, truth) in HEADS.iter().zip(TRUTH) {
        let mesh = face(&open(name), name).mesh;
        let truth = truth.map(PhotoPoint::from);
        let pupils = truth[0].distance(truth[1]);
        let found = [mesh.pupil_right(), mesh.pupil_left(), mesh.glabella(), mesh.subnasale(), mesh.menton()];
        for (found, truth) in found.iter().zip(truth) {
            let share = found.distance(truth) / pupils;
            assert!(share < 0.1, "{name}: {found:?} is {share:.3} of the pupils' distance from {truth:?}");
        }
    }
}

#[test]
fn points_lie_where_mediapipe_has_them() {
    for name in HEADS {
        let mesh = face(&open(name), name).mesh;
        let bytes = file(&format!("tests/fixtures/nn/mesh_{name}.u16"));
        let recorded: Vec<f64> =
            bytes.as_chunks().0.iter().map(|word| f64::from(u16::from_le_bytes(*word)) / 16.0).collect();
        let distances: Vec<f64> = mesh
            .points()
            .iter()
            .zip(recorded.as_chunks().0)
            .map(|([x, y, _], [u, v])| libm::hypot(f64::from(*x) - u, f64::from(*y) - v))
            .collect();
        assert_eq!(distances.len(), 478);
        let mean = distances.iter().sum::<f64>() / 478.0 / eye_span(&mesh);
        let most = distances.iter().copied().fold(0.0, f64::max) / eye_span(&mesh);
        println!("{name}: mean {:.2} %, most {:.2} % of the eyes' span", 100.0 * mean, 100.0 * most);
        assert!(mean < 0.02 && most < 0.05, "{name}: mean {mean}, most {most}");
    }
}

#[test]
fn a_turned_photo_has_the_same_face() {
    let photo = open("m_light_front");
    let upright = face(&photo, "upright").mesh;
    for degrees in [30.0, 90.0, 135.0, 180.0, 270.0] {
        let (photo, back) = turned(&photo, degrees);
        let mesh = face(&photo, &format!("{degrees}")).mesh;
        let sum: f64 = (0..478).map(|i| back(mesh.at(i)).distance(upright.at(i))).sum();
        let mean = sum / 478.0 / eye_span(&upright);
        assert!(mean < 0.02, "{degrees}: {mean}");
        let off = (mesh.roll().to_degrees() - degrees + 540.0).rem_euclid(360.0) - 180.0;
        assert!(off.abs() < 2.0, "{degrees}: roll {off} off");
    }
}

#[test]
fn a_dark_photo_has_the_same_face() {
    for name in ["m_dark_front", "m_light_front"] {
        let photo = open(name);
        let bright = face(&photo, name).mesh;
        let dark: Vec<u8> = photo
            .rgba()
            .iter()
            .enumerate()
            .map(|(i, code)| if i % 4 == 3 { 255 } else { code / 4 })
            .collect();
        let dark = Photo::from_rgba(photo.width(), photo.height(), dark).unwrap();
        let mesh = face(&dark, &format!("{name}, dark")).mesh;
        let sum: f64 = (0..478).map(|i| mesh.at(i).distance(bright.at(i))).sum();
        let mean = sum / 478.0 / eye_span(&bright);
        assert!(mean < 0.02, "{name}: {mean}");
    }
}

#[test]
fn a_small_face_is_found_by_the_far_detector_or_where_the_person_is() {
    let photo = open("m_light_front");
    for (width, far) in [(100, true), (120, true), (120, false), (200, true)] {
        let view = View::new(0.0, 0.0, f64::from(width) / 768.0, width, width * 4 / 3).unwrap();
        let shrunk = Pyramid::new(&photo).view(&photo, &view);
        let shrunk = Photo::from_rgba(width, width * 4 / 3, shrunk).unwrap();
        let small = redrawn(&shrunk, [1000, 1333], |x, y| [x - 330.0, y - 420.0]);
        let near = near_models();
        let models = if far { &*MODELS } else { &near };
        let found = find(&small, &Pyramid::new(&small), models, |_| ()).unwrap();
        assert_eq!(found.faces.len(), 1, "{width} px, far: {far}");
        assert!(!found.far_detector_wanted);
    }
}

#[test]
fn where_nothing_is_found_the_far_detector_is_wanted() {
    let photo = Photo::from_rgba(400, 300, [128, 128, 128, 255].repeat(400 * 300)).unwrap();
    let found = find(&photo, &Pyramid::new(&photo), &near_models(), |_| ()).unwrap();
    assert!(found.faces.is_empty() && found.far_detector_wanted);
    assert!(!look(&photo).far_detector_wanted);
}

#[test]
fn views_without_a_face_have_none() {
    for name in ["m_dark_profile_small", "m_light_back_scar_small", "m_light_crown_small"] {
        let photo = open(name);
        let found = look(&photo);
        assert!(found.faces.is_empty(), "{name}: {:?}", found.faces[0].mesh.nose_tip());
        // The person is seen all the same.
        let (width, height) = (f64::from(photo.width()), f64::from(photo.height()));
        assert!(found.person.at(PhotoPoint::new(width / 2.0, height / 2.0)) > 0.9, "{name}");
        assert!(found.person.at(PhotoPoint::new(width * 0.02, height * 0.02)) < 0.1, "{name}");
    }
}

#[test]
fn a_head_that_is_cut_off_at_the_nose_has_no_face() {
    for (name, truth) in HEADS.iter().zip(TRUTH) {
        let photo = open(name);
        let height = (truth[3][1] - 15.0) as u32;
        let upper = redrawn(&photo, [photo.width(), height], |x, y| [x, y]);
        assert!(look(&upper).faces.is_empty(), "{name}");
    }
}

#[test]
fn nothing_and_noise_have_no_face_and_no_person() {
    let mut seed = 1_u32;
    let mut noise = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let noise: Vec<u8> = (0..400 * 300).flat_map(|_| [noise(), noise(), noise(), 255]).collect();
    for (what, rgba) in [
        ("grey", [128, 128, 128, 255].repeat(400 * 300)),
        ("black", [0, 0, 0, 255].repeat(400 * 300)),
        ("noise", noise),
    ] {
        let photo = Photo::from_rgba(400, 300, rgba).unwrap();
        assert!(look(&photo).faces.is_empty(), "{what}");
    }
    // Shapes that leave hardly a pixel for a network.
    for (width, height) in [(64, 64), (64, 5000)] {
        let photo = Photo::from_rgba(width, height, vec![255; (width * height * 4) as usize]).unwrap();
        assert!(look(&photo).faces.is_empty());
    }
}

#[test]
fn pieces_add_up_to_the_whole_and_say_how_far_they_are() {
    let photo = open("m_light_front");
    let pyramid = Pyramid::new(&photo);
    let (mut finding, mut told) = (Finding::default(), Vec::new());
    let found = loop {
        told.push(finding.progress());
        match finding.advance(&photo, &pyramid, &MODELS).unwrap() {
            Ok(found) => break found,
            Err(rest) => finding = rest,
        }
    };
    assert_eq!(found, look(&photo));
    assert!(told.is_sorted() && told[0] == 0.0 && told.iter().all(|v| *v < 1.0), "{told:?}");
}

#[test]
fn models_that_are_swapped_are_refused() {
    let model = |name: &str| file(&format!("www/models/{name}.tflite"));
    let (detector, person) = (model("face_detection_short_range"), model("selfie_segmentation"));
    let mesh = model("face_landmark_with_attention");
    let read = |detector, mesh, person| Models::read(ModelFiles { detector, mesh, person });
    for wrong in
        [read(&person, &mesh, &person), read(&detector, &detector, &person), read(&detector, &mesh, &mesh)]
    {
        assert_eq!(wrong.unwrap_err().code(), "bad-model");
    }
}
