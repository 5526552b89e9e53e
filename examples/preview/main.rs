//! The engine from the command line: photo (and document) in, treated picture out.
//!
//! `cargo run --release --example preview -- PHOTO [options]`
//!
//! Exit 0 with the files that were asked for; 1 with one sentence for a photo or document that
//! cannot be used; 2 for bad usage.

mod maps;
mod options;
mod report;
mod timings;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use hairline::analysis::{Findings, Maps, Request, Stage};
use hairline::composite::View;
use hairline::document::{Document, PhotoSize, Setting};
use hairline::dots::{Dot, Moment};
use hairline::export::{DEFAULT_JPEG_QUALITY, Format};
use hairline::renderer::{Measuring, Renderer};

use options::{Options, Pigment, parse};
use timings::Timings;

enum Failure {
    Usage(String),
    Input(String),
}

impl From<hairline::Error> for Failure {
    fn from(error: hairline::Error) -> Self {
        Self::Input(error.to_string())
    }
}

fn main() -> ExitCode {
    match parse(env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Failure::Input(text)) => {
            eprintln!("{text}");
            ExitCode::from(1)
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|e| Failure::Input(format!("{} cannot be read: {e}", path.display())))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|e| Failure::Input(format!("{} cannot be written: {e}", path.display())))
}

fn run(options: &Options) -> Result<(), Failure> {
    let Some(photo) = &options.photo else { return Ok(()) };
    let format = options.output.as_deref().map(format_of).transpose()?;
    let mut renderer = Renderer::new();
    let mut timings = Timings::begin();
    let size: PhotoSize = renderer.open_photo(&read(photo)?)?;
    timings.add("decode");
    let findings =
        if options.document.is_none() { Some(look(&mut renderer, options, &mut timings)?) } else { None };
    let mut document = match (&options.document, &findings) {
        (Some(path), _) => saved(path, size)?,
        (None, Some(findings)) => findings.document.clone(),
        (None, None) => Document::starting(size),
    };
    if options.document.is_some() {
        if let Some(mm) = options.pupil_distance {
            document.tell_pupil_distance(Some(mm));
        }
        if let Some(style) = options.style {
            document.choose_style(style);
        }
        if document.face.is_some() {
            // The skin of a measured head is read by its face.
            look(&mut renderer, options, &mut timings)?;
        }
    }
    apply(options, &mut document)?;
    let follicles = match &options.follicles {
        Some(path) => read(path)?,
        None => read(&shipped("assets/follicles.bin"))?,
    };
    renderer.load_follicles(&follicles)?;
    renderer.set_document(&document.to_json())?;
    let last = Moment::default();
    renderer.set_moment(Moment::new(
        options.session.map_or(last.session(), |n| n as u8),
        options.days.unwrap_or(last.days()),
        options.years.unwrap_or(last.years()),
    ));
    renderer.skin()?;
    timings.add("skin");
    renderer.dots()?;
    timings.add("dots");

    if let (Some(path), Some(format)) = (&options.output, format) {
        let pixels = renderer.treated_pixels()?;
        timings.add("composite");
        drop(pixels);
        let picture = renderer.export_picture(format)?;
        timings.add("encode");
        write(path, &picture)?;
    }
    if let Some(path) = &options.dots {
        write(path, csv(renderer.dots()?).as_bytes())?;
    }
    if let Some(path) = &options.write_document {
        write(path, document.to_json().as_bytes())?;
    }
    if let Some(folder) = &options.maps {
        let head = document.fitted_head();
        maps::write_maps(
            folder,
            size.width,
            size.height,
            &Maps::new(&head, renderer.skin()?, findings.as_ref().map(|found| &found.person)),
        )?;
    }
    if let Some(path) = &options.report {
        let report = report::report(&mut renderer, &document, findings.as_ref(), &timings)?;
        write(path, format!("{report:#}\n").as_bytes())?;
    }
    let files = [&options.output, &options.dots, &options.write_document, &options.report, &options.maps];
    if files.iter().all(|file| file.is_none()) {
        // Nothing was asked for but the check itself: draw it once at a size that shows errors.
        let scale = (800.0 / f64::from(size.width.max(size.height))).min(1.0);
        renderer.frame(&View::new(0.0, 0.0, scale, 800, 800)?, 0)?;
        println!("{} x {} px, {} dots", size.width, size.height, renderer.dot_count()?);
    }
    Ok(())
}

/// A file that is shipped with the page.
fn shipped(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/www")).join(name)
}

/// Looks for face, head and skin.
fn look(renderer: &mut Renderer, options: &Options, timings: &mut Timings) -> Result<Findings, Failure> {
    let folder = options.models.clone().unwrap_or_else(|| shipped("models"));
    for (name, file) in [
        ("detector", "face_detection_short_range.tflite"),
        ("mesh", "face_landmark_with_attention.tflite"),
        ("person", "selfie_segmentation.tflite"),
        ("far", "face_detection_full_range.tflite"),
    ] {
        renderer.load_model(name, read(&folder.join(file))?)?;
    }
    renderer.begin_measuring(Request {
        pupil_distance_mm: options.pupil_distance,
        style: options.style.unwrap_or_default(),
        ..Request::default()
    })?;
    timings.add("models");
    let mut stage = Stage::Face;
    loop {
        let step = renderer.advance_measuring()?;
        timings.add(stage.name());
        match step {
            Measuring::Under(next) => stage = next,
            Measuring::Done(findings) => return Ok(*findings),
        }
    }
}

/// A plan that was saved.
fn saved(path: &Path, size: PhotoSize) -> Result<Document, Failure> {
    let json = String::from_utf8(read(path)?)
        .map_err(|_| Failure::Input(format!("{} is not a document: it is not text", path.display())))?;
    let document = Document::from_json(&json)?;
    if document.photo != size {
        return Err(Failure::Input("This plan belongs to a photo of another size.".to_owned()));
    }
    Ok(document)
}

/// What the command line says of dots and pigment.
fn apply(options: &Options, document: &mut Document) -> Result<(), Failure> {
    for &(setting, value) in &options.settings {
        let range = setting.range();
        if !(range.min..=range.max).contains(&value) {
            return Err(Failure::Usage(format!(
                "{}: {value} is not within {} to {}",
                setting.name(),
                range.min,
                range.max
            )));
        }
        document.set_number(setting, value);
        if setting == Setting::Density {
            // Asked for in every zone.
            (document.dots.hairline_share, document.dots.natural) = (1.0, 0.0);
        }
    }
    match &options.pigment {
        Some(Pigment::Step(step)) => {
            (document.shade, document.transmittance) = (step.shade(), None);
        }
        Some(Pigment::Transmittance(t)) => document.transmittance = Some(*t),
        None => {}
    }
    Ok(())
}

fn format_of(path: &Path) -> Result<Format, Failure> {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("jpg" | "jpeg") => Ok(Format::Jpeg { quality: DEFAULT_JPEG_QUALITY }),
        Some("png") => Ok(Format::Png),
        _ => Err(Failure::Usage(format!("{}: the name must end in .jpg, .jpeg or .png", path.display()))),
    }
}

/// One dot a line; the radius is the longer one of the ellipse at one standard deviation × √2, at
/// which a Gaussian has the area of its effective disc.
fn csv(dots: &[Dot]) -> String {
    let mut text = String::from("x_px,y_px,radius_px,strength,rank\n");
    for dot in dots {
        let [xx, xy, yy] = dot.covariance;
        let (mean, half) = (0.5 * (xx + yy), 0.5 * (xx - yy));
        let radius = (2.0 * (mean + (half * half + xy * xy).sqrt())).sqrt();
        // Writing into a string has no way to fail.
        let _ = writeln!(
            text,
            "{:.3},{:.3},{radius:.3},{:.3},{}",
            dot.photo.x, dot.photo.y, dot.strength, dot.rank
        );
    }
    text
}
