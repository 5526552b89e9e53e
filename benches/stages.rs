//! One bench per stage, on photos of 1, 3 and 12 megapixels, and the composite of a frame against
//! merely touching the same bytes.
//!
//! `cargo xtask bench` runs them; compare stages and sizes by ratio within one run.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench's panic is its message")]

mod scene;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use hairline::composite::{Coverage, Pyramid, Rect, Spread, Tiles, Tone, ToneSource, View};
use hairline::density::SkinScale;
use hairline::document::{Document, Setting};
use hairline::dots::{Moment, PlacedFollicles, select, treated_region};
use hairline::follicles::{FollicleSet, Individual};
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::skin::{Cues, Silhouette, Skin, Steps};
use scene::Scene;

const SIZES: [(u32, u32, &str); 3] = [(866, 1155, "1 MP"), (1500, 2000, "3 MP"), (3000, 4000, "12 MP")];

fn file(relative: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)).unwrap()
}

/// A head-coloured ellipse before a wall, with noise.
fn portrait(width: u32, height: u32) -> Photo {
    let head = Document::starting(hairline::document::PhotoSize { width, height }).fitted_head();
    let mut noise = 1u32;
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let n = (noise >> 28) as u8;
            let at = hairline::space::PhotoPoint::new(f64::from(x), f64::from(y));
            let [r, g, b] = if head.outline_contains(at, 1.0) { [205, 165, 140] } else { [120, 125, 135] };
            pixels.extend([r + n, g + n, b + n, 255]);
        }
    }
    Photo::from_rgba(width, height, pixels).unwrap()
}

fn stages(c: &mut Criterion) {
    let bytes = file("www/assets/follicles.bin");
    c.bench_function("follicles/decode", |b| b.iter(|| FollicleSet::from_bytes(black_box(&bytes)).unwrap()));
    let phone = file("tests/fixtures/phone_12mp_exif6.jpg");
    c.bench_function("photo/decode 12 MP", |b| b.iter(|| Photo::decode(black_box(&phone)).unwrap()));
    let set = FollicleSet::from_bytes(&bytes).unwrap();
    c.bench_function("follicles/individual", |b| {
        let individual = Individual::new(7);
        b.iter(|| set.points().iter().map(|p| individual.place(*p)).collect::<Vec<_>>());
    });

    for (width, height, name) in SIZES {
        let photo = portrait(width, height);
        let document = Document::starting(hairline::document::PhotoSize { width, height });
        let head = document.fitted_head();
        let pyramid = Pyramid::new(&photo);
        let id = |stage: &str| format!("{stage} {name}");
        c.bench_function(&id("photo/pyramid"), |b| b.iter(|| Pyramid::new(&photo)));
        c.bench_function(&id("skin/silhouette"), |b| {
            b.iter(|| Silhouette::find(&photo, &pyramid, &document.head, None));
        });
        let line = document.hairline.polyline(document.head.half_width / 100.0);
        let silhouette = Silhouette::find(&photo, &pyramid, &document.head, None);
        let steps = Steps::new(&photo, &pyramid, &document.head, &line, silhouette, &Cues::default());
        c.bench_function(&id("skin/blur"), |b| b.iter(|| Steps::blur(&photo, &document.head)));
        c.bench_function(&id("skin/shape"), |b| b.iter(|| steps.shape(&Cues::default())));
        let shape = steps.shape(&Cues::default());
        c.bench_function(&id("skin/highlight"), |b| b.iter(|| steps.highlight(&shape)));
        let highlight = steps.highlight(&shape);
        c.bench_function(&id("skin/hair"), |b| b.iter(|| steps.hair(&highlight, &shape)));
        let hair = steps.hair(&highlight, &shape);
        c.bench_function(&id("skin/room"), |b| b.iter(|| steps.room(&highlight, &shape, &hair)));
        c.bench_function(&id("skin/read"), |b| {
            b.iter(|| Skin::read(&photo, &pyramid, &document.head, &line, &Cues::default()));
        });
        let skin = Skin::read(&photo, &pyramid, &document.head, &line, &Cues::default());
        c.bench_function(&id("dots/place"), |b| {
            b.iter(|| PlacedFollicles::new(&set, &head, &skin, document.seed));
        });
        let placed = PlacedFollicles::new(&set, &head, &skin, document.seed);
        let scale = SkinScale::new(&head);
        c.bench_function(&id("dots/region"), |b| b.iter(|| treated_region(&document, &head, &scale)));
        let region = treated_region(&document, &head, &scale);
        let moment = Moment::default();
        c.bench_function(&id("dots/select"), |b| b.iter(|| select(&document, &region, &placed, &moment)));

        let mut renderer = Renderer::new();
        renderer.load_follicles(&bytes).unwrap();
        renderer.open(photo);
        renderer.set_document(&document.to_json()).unwrap();
        let scale = (1000.0 / f64::from(height)).min(1.0);
        let view = View::new(0.0, 0.0, scale, 750, 1000).unwrap();
        c.bench_function(&id("frame/before"), |b| b.iter(|| renderer.before(black_box(&view)).unwrap()));
        c.bench_function(&id("frame/whole, handed out"), |b| {
            b.iter(|| renderer.frame(black_box(&view), 0).unwrap());
        });
        c.bench_function(&id("frame/clear, splat, composite"), |b| {
            b.iter(|| renderer.redraw(black_box(&view)).unwrap());
        });
        let mut densities = [120.0, 125.0].iter().cycle();
        c.bench_function(&id("frame/after a change"), |b| {
            let mut base = 0;
            b.iter(|| {
                let mut changed = document.clone();
                changed.set_number(Setting::Density, *densities.next().unwrap());
                renderer.set_document(&changed.to_json()).unwrap();
                base = renderer.frame(&view, base).unwrap().serial;
            });
        });
        c.bench_function(&id("frame/full size"), |b| b.iter(|| renderer.treated_pixels().unwrap()));
    }
}

/// Sets of buffers that are used in turn: 33 MB each, so that together they are several times the
/// largest cache (32 MB here) and every one has left it before its turn comes again.
const SETS: usize = 12;

/// What compositing a frame reads and writes.
#[derive(Clone)]
struct Frame {
    photo: Vec<u8>,
    coverage: Vec<u16>,
    diffuse: Vec<u8>,
    treated: Vec<u8>,
}

/// The composite of the scene of [`scene`], 3 megapixels with 40,000 dots, and a loop that only reads and
/// writes the same bytes, both out of cache: how far the composite is from what memory allows.
fn against_memory(c: &mut Criterion) {
    let plan = String::from_utf8(file("benches/page/plan.json")).unwrap();
    let Scene { photo, document, mut renderer } =
        Scene::new(&plan, &file("www/assets/follicles.bin")).unwrap();
    let view = View::new(0.0, 0.0, 1.0, document.photo.width, document.photo.height).unwrap();
    let pixels = Photo::decode(&photo).unwrap().rgba().to_vec();
    let skin = renderer.skin().unwrap();
    let (diffuse, spread) = (skin.diffuse.plane(&view), Spread::new(&view, skin.blur_px));
    let dots = renderer.dots().unwrap();
    println!("memory: {} x {} px, {} dots", view.width, view.height, dots.len());

    let mut coverage = Coverage::default();
    let mut tiles = Tiles::of(&view);
    let mut cover = || {
        coverage.reset(&view);
        coverage.add(&view, &spread, black_box(dots), &mut tiles);
    };
    // What follows needs a filled plane even when a filter leaves the next bench out.
    cover();
    c.bench_function("memory/clear and splat", |b| b.iter(&mut cover));
    let (coverage, treated) = (coverage.plane().to_vec(), vec![0; pixels.len()]);
    let mut frame = Frame { photo: pixels, coverage, diffuse, treated };
    let tone = Tone::new(ToneSource::plain(document.pigment_transmittance()));
    let rect = Rect { left: 0, top: 0, width: view.width as usize, height: view.height as usize };
    c.bench_function("memory/composite, cached", |b| {
        b.iter(|| composite(&tone, rect, black_box(&mut frame)));
    });
    let mut frames = vec![frame; SETS];
    let mut next = (0..SETS).cycle();
    c.bench_function("memory/composite", |b| {
        b.iter(|| composite(&tone, rect, black_box(&mut frames[next.next().unwrap()])));
    });
    c.bench_function("memory/touch", |b| b.iter(|| touch(black_box(&mut frames[next.next().unwrap()]))));
}

fn composite(tone: &Tone, rect: Rect, frame: &mut Frame) {
    let Frame { photo, coverage, diffuse, treated } = frame;
    tone.write(rect, rect.width, photo, treated, coverage, diffuse);
}

/// Reads photo, coverage and diffuse share and writes the picture, with as little arithmetic as
/// needs all three.
fn touch(frame: &mut Frame) {
    let read = frame.photo.as_chunks::<4>().0.iter().zip(&frame.coverage).zip(&frame.diffuse);
    for (treated, ((pixel, &c), &d)) in frame.treated.as_chunks_mut::<4>().0.iter_mut().zip(read) {
        *treated = (u32::from_ne_bytes(*pixel) ^ u32::from(c) ^ u32::from(d)).to_ne_bytes();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2));
    targets = stages, against_memory
}
criterion_main!(benches);
