//! From a file to treated pixels, natively: what the page relies on.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's panic is its message")]

use std::path::PathBuf;
use std::process::Command;

use hairline::composite::View;
use hairline::document::{Document, PhotoSize, Setting};
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;
use hairline::studio::Studio;

fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn renderer() -> Renderer {
    let mut renderer = Renderer::new();
    renderer.load_follicles(&std::fs::read(path("www/assets/follicles.bin")).unwrap()).unwrap();
    renderer
}

/// A grey card with a starting plan.
fn grey(width: u32, height: u32, code: u8) -> (Renderer, Studio) {
    let mut renderer = renderer();
    let pixels = [code, code, code, 255].repeat((width * height) as usize);
    let size = renderer.open(Photo::from_rgba(width, height, pixels).unwrap());
    let studio = Studio::new(size);
    renderer.set_document(&studio.document().to_json()).unwrap();
    (renderer, studio)
}

fn treated(renderer: &mut Renderer, view: &View) -> Vec<u8> {
    renderer.frame(view, 0).unwrap().pixels
}

#[test]
fn dots_lie_behind_the_line_and_within_the_head() {
    let (mut renderer, studio) = grey(900, 1200, 180);
    let head = studio.document().fitted_head();
    let lowest = studio.document().hairline.points.iter().map(|p| p.y).fold(0.0, f64::max);
    let dots = renderer.dots().unwrap();
    assert!(dots.len() > 10_000, "{}", dots.len());
    for dot in dots {
        assert!(head.outline_contains(dot.photo, 1.002));
        assert!(dot.photo.y < lowest + 1.0);
    }
}

/// Dots per cm² of true skin, counted where the head faces the camera and away from it alike.
#[test]
fn density_is_what_was_asked_for_in_any_pose_and_scale() {
    for (yaw, pitch, breadth, asked) in
        [(0.0, 5.0, 152.0, 160.0), (30.0, 10.0, 140.0, 120.0), (-20.0, 60.0, 165.0, 100.0)]
    {
        let size = PhotoSize { width: 900, height: 1200 };
        let mut document = Document::starting(size);
        document.set_number(Setting::HeadYaw, yaw);
        document.set_number(Setting::HeadPitch, pitch);
        document.set_number(Setting::HeadBreadth, breadth);
        document.set_number(Setting::Density, asked);
        document.dots.natural = 0.0;
        // Everything behind a line far below is at full density.
        let c = document.head.centre;
        let low = c.y + 3.0 * document.head.half_height;
        document.hairline.points = [-1.0, 0.0, 1.0].map(|k| PhotoPoint::new(c.x + 2000.0 * k, low)).to_vec();
        document.hairline.suggested = false;
        let head = document.fitted_head();
        let mut renderer = renderer();
        renderer.open(Photo::from_rgba(900, 1200, vec![255; 900 * 1200 * 4]).unwrap());
        renderer.set_document(&document.to_json()).unwrap();
        let dots = renderer.dots().unwrap().to_vec();

        // A disc of the picture over the crown, and the skin that is seen in it.
        let middle = PhotoPoint::new(c.x, c.y - 0.45 * document.head.half_height);
        let radius = 0.3 * document.head.half_width;
        let counted: f64 = dots
            .iter()
            .filter(|d| d.photo.distance(middle) < radius)
            .map(|d| f64::from(d.strength > 0.0))
            .sum();
        let step = radius / 60.0;
        let mut skin_mm2 = 0.0;
        for i in -60..=60 {
            for j in -60..=60 {
                let p = PhotoPoint::new(middle.x + f64::from(i) * step, middle.y + f64::from(j) * step);
                if p.distance(middle) < radius {
                    let [xx, xy, yy] = head.unproject(p).spot_covariance();
                    skin_mm2 += step * step / (xx * yy - xy * xy).sqrt();
                }
            }
        }
        let measured = counted / (skin_mm2 / 100.0);
        // The fade around the threshold adds faint dots: half its width of 2 % of all ranks.
        assert!((measured / asked - 1.0).abs() < 0.05, "yaw {yaw} pitch {pitch}: {measured} for {asked}");
    }
}

#[test]
fn a_dot_never_moves_while_the_line_is_dragged() {
    let (mut renderer, mut studio) = grey(900, 1200, 180);
    let before: std::collections::HashMap<u32, PhotoPoint> =
        renderer.dots().unwrap().iter().map(|d| (d.rank, d.photo)).collect();
    let middle = studio.document().hairline.points[3];
    studio.move_handle("hairline-3", PhotoPoint::new(middle.x, middle.y - 25.0));
    renderer.set_document(&studio.document().to_json()).unwrap();
    let after = renderer.dots().unwrap();
    assert!(after.len() < before.len());
    let mut kept = 0;
    for dot in after {
        if let Some(p) = before.get(&dot.rank) {
            assert_eq!((p.x.to_bits(), p.y.to_bits()), (dot.photo.x.to_bits(), dot.photo.y.to_bits()));
            kept += 1;
        }
    }
    assert!(kept as f64 > 0.99 * after.len() as f64, "a line that recedes adds nothing");
}

#[test]
fn fewer_dots_are_a_subset_of_more() {
    let (mut renderer, mut studio) = grey(900, 1200, 180);
    let many: std::collections::HashSet<u32> = renderer.dots().unwrap().iter().map(|d| d.rank).collect();
    studio.set(Setting::Density, 90.0);
    renderer.set_document(&studio.document().to_json()).unwrap();
    let few = renderer.dots().unwrap();
    assert!(few.len() < many.len() * 2 / 3 && few.iter().all(|d| many.contains(&d.rank)));
}

#[test]
fn pixels_without_dots_are_bit_equal_to_the_photo() {
    let mut renderer = renderer();
    let bytes = std::fs::read(path("tests/fixtures/m_light_front.jpg")).unwrap();
    let size = renderer.open_photo(&bytes).unwrap();
    let studio = Studio::new(size);
    renderer.set_document(&studio.document().to_json()).unwrap();
    let photo = Photo::decode(&bytes).unwrap();
    let treated = renderer.treated_pixels().unwrap();
    let below = studio.document().hairline.points.iter().map(|p| p.y).fold(0.0, f64::max) as usize + 12;
    let row = size.width as usize * 4;
    assert_eq!(treated[below * row..], photo.rgba()[below * row..]);
    assert_ne!(treated[..below * row], photo.rgba()[..below * row]);
}

#[test]
fn mean_darkening_is_the_same_at_every_zoom() {
    let (mut renderer, studio) = grey(1600, 2000, 186);
    let head = &studio.document().head;
    let (x, y) = ((head.centre.x - 160.0).floor(), (head.centre.y - 0.9 * head.half_height).floor());
    let light = |code: u8| hairline::composite::decode_srgb(f64::from(code));
    let mut first = None;
    for (scale, side) in [(1.0, 320), (0.5, 160), (0.25, 80), (0.125, 40)] {
        let view = View::new(x, y, scale, side, side).unwrap();
        let mean =
            |pixels: &[u8]| pixels.chunks_exact(4).map(|p| light(p[0])).sum::<f64>() / f64::from(side * side);
        let treated = mean(&treated(&mut renderer, &view));
        let before = mean(&renderer.before(&view).unwrap());
        let ratio = treated / before;
        assert!((0.6..0.98).contains(&ratio), "{ratio}");
        let reference = *first.get_or_insert(ratio);
        // Dots at the view's rim reach in and out by their blur, which grows as the view shrinks.
        assert!((ratio / reference - 1.0).abs() < 0.005, "scale {scale}: {ratio} against {reference}");
    }
}

#[test]
fn a_frame_at_full_size_is_the_export() {
    let (mut renderer, _) = grey(700, 900, 150);
    let whole = renderer.treated_pixels().unwrap();
    let view = View::new(0.0, 0.0, 1.0, 700, 900).unwrap();
    assert_eq!(treated(&mut renderer, &view), whole);
    let part = treated(&mut renderer, &View::new(100.0, 200.0, 1.0, 50, 40).unwrap());
    for (row, pixels) in part.chunks_exact(50 * 4).enumerate() {
        let start = ((200 + row) * 700 + 100) * 4;
        assert_eq!(pixels, &whole[start..start + 200]);
    }
}

#[test]
fn a_bad_file_leaves_the_open_photo() {
    let (mut renderer, _) = grey(300, 400, 128);
    let count = renderer.dot_count().unwrap();
    assert!(renderer.open_photo(b"no photo").is_err());
    assert!(renderer.set_document("{}").is_err());
    assert_eq!(renderer.dot_count().unwrap(), count);
}

#[test]
fn symmetric_dragging_mirrors_and_undo_restores() {
    let (_, mut studio) = grey(900, 1200, 180);
    let start = studio.document().to_json();
    let p = studio.document().hairline.points[1];
    studio.begin();
    for k in 1..=5 {
        studio.move_handle("hairline-1", PhotoPoint::new(p.x + f64::from(k) * 3.0, p.y - f64::from(k) * 2.0));
    }
    studio.commit();
    let line = &studio.document().hairline;
    let c = studio.document().head.centre;
    assert!((line.points[1].x + line.points[5].x - 2.0 * c.x).abs() < 0.5);
    assert!((line.points[1].y - line.points[5].y).abs() < 0.5);
    assert!(studio.undo() && studio.document().to_json() == start);
    assert!(!studio.undo());
}

#[test]
fn nudging_moves_by_true_millimetres() {
    let (_, mut studio) = grey(900, 1200, 180);
    let above = |s: &Studio| s.handles().iter().find(|h| h.id == "hairline-3").unwrap().above_mm;
    let before = above(&studio);
    assert!((before - 75.0).abs() < 5.0, "a mature hairline starts near 75 mm: {before}");
    studio.nudge_handle("hairline-3", 0.0, 5.0);
    assert!((above(&studio) - before - 5.0).abs() < 0.6, "{} {before}", above(&studio));
}

#[test]
fn command_line_answers_with_its_exit_codes() {
    let preview = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--example", "preview", "--"])
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let folder = path("target/preview-test");
    std::fs::create_dir_all(&folder).unwrap();
    let (picture, dots, plan) = (folder.join("out.png"), folder.join("dots.csv"), folder.join("plan.json"));
    let good = [
        "tests/fixtures/m_light_front.jpg",
        "--output",
        picture.to_str().unwrap(),
        "--dots",
        dots.to_str().unwrap(),
        "--write-document",
        plan.to_str().unwrap(),
        "--density",
        "120",
        "--session",
        "2",
        "--days",
        "3",
        "--pigment",
        "9:1",
    ];
    assert_eq!(preview(&good).0, Some(0));
    assert!(Photo::decode(&std::fs::read(&picture).unwrap()).is_ok());
    assert!(std::fs::read_to_string(&dots).unwrap().lines().count() > 5_000);
    let again = [
        "tests/fixtures/m_light_front.jpg",
        "--document",
        plan.to_str().unwrap(),
        "--output",
        picture.to_str().unwrap(),
    ];
    assert_eq!(preview(&again).0, Some(0));

    for usage in [
        &["tests/fixtures/m_light_front.jpg", "--session", "4"][..],
        &["tests/fixtures/m_light_front.jpg", "--pigment", "0.2,0.3"],
        &["tests/fixtures/m_light_front.jpg", "--years", "-1"],
        &["--nonsense"],
        &[],
        &["a.jpg", "--density", "x"],
        &["tests/fixtures/m_light_front.jpg", "--output", "a.gif"],
    ] {
        assert_eq!(preview(usage).0, Some(2), "{usage:?}");
    }
    for bad in [
        "tests/fixtures/not_a_photo.jpg",
        "tests/fixtures/empty.jpg",
        "tests/fixtures/truncated.jpg",
        "tests/fixtures/huge_header.png",
        "no/such/file.jpg",
    ] {
        let (code, stderr) = preview(&[bad]);
        assert_eq!(code, Some(1), "{bad}");
        assert_eq!(stderr.trim().lines().count(), 1, "{stderr}");
    }
}

/// What a drag or a new head leaves behind must not differ from a fresh start with the same plan.
fn same_as_fresh(renderer: &mut Renderer, photo: &[u8], document: &Document, what: &str) {
    let view = View::new(40.0, 30.0, 0.5, 300, 300).unwrap();
    renderer.set_document(&document.to_json()).unwrap();
    let mut fresh = self::renderer();
    fresh.open_photo(photo).unwrap();
    fresh.set_document(&document.to_json()).unwrap();
    assert!(renderer.dots().unwrap() == fresh.dots().unwrap(), "{what}: dots differ");
    assert!(treated(renderer, &view) == treated(&mut fresh, &view), "{what}: pixels differ");
}

#[test]
fn a_dragged_line_selects_what_a_fresh_start_selects() {
    let photo = std::fs::read(path("tests/fixtures/m_light_front.jpg")).unwrap();
    let mut renderer = renderer();
    let mut studio = Studio::new(renderer.open_photo(&photo).unwrap());
    for (id, x, y) in [("hairline-3", 2.0, -3.0), ("hairline-3", -1.0, 9.0), ("hairline-1", 14.0, -6.0)] {
        for _ in 0..3 {
            let handle = studio.handles().into_iter().find(|h| h.id == id).unwrap();
            studio.move_handle(id, PhotoPoint::new(handle.x + x, handle.y + y));
            renderer.set_document(&studio.document().to_json()).unwrap();
            renderer.dots().unwrap();
        }
        same_as_fresh(&mut renderer, &photo, studio.document(), id);
    }
}

#[test]
fn a_head_that_is_placed_anew_brings_its_own_highlights() {
    let photo = std::fs::read(path("tests/fixtures/m_dark_front.jpg")).unwrap();
    let mut renderer = renderer();
    let mut document = Document::starting(renderer.open_photo(&photo).unwrap());
    same_as_fresh(&mut renderer, &photo, &document, "first");
    document.head.centre.x += 30.0;
    document.head.half_width *= 0.8;
    document.hairline.points.iter_mut().for_each(|p| p.x += 30.0);
    same_as_fresh(&mut renderer, &photo, &document, "moved");
}
