//! The engine from the command line: photo (and document) in, treated picture out.
//!
//! `cargo run --release --example preview -- PHOTO [options]`
//!
//! Exit 0 with the files that were asked for; 1 with one sentence for a photo or document that
//! cannot be used; 2 for bad usage.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use hairline::composite::View;
use hairline::document::{Document, PhotoSize, Setting};
use hairline::dots::{Dot, HEALED_DAYS, LONGEST_YEARS, Moment};
use hairline::export::{DEFAULT_JPEG_QUALITY, Format};
use hairline::pigment::Dilution;
use hairline::renderer::Renderer;

const USAGE: &str = "usage: preview PHOTO [options]
  --output FILE          the treated photo; .jpg, .jpeg or .png
  --document FILE        a saved document; without it, a starting one
  --session N            after session 1, 2 or 3 (default: the last)
  --days D               days since that session, 0-28 (default: healed)
  --years Y              years since it healed, 0-6 (default: 0)
  --density N            dots per cm2, the same in every zone behind the transition
  --dot-diameter MM      effective healed dot diameter
  --strength S           opacity at a dot's middle, 0-1
  --pigment P            a dilution (20:1, 16:1, 12:1, 9:1, 6:1), or R,G,B: linear transmittances 0-1
  --dots FILE            CSV of every dot: x_px,y_px,radius_px,strength,rank
  --write-document FILE  the document that was used
  --follicles FILE       the follicle set (default: www/assets/follicles.bin)";

/// Options of the design whose part of the engine is not there yet.
const NOT_YET: [&str; 4] = ["--style", "--pupil-distance", "--report", "--maps"];

enum Failure {
    Usage(String),
    Input(String),
}

impl From<hairline::Error> for Failure {
    fn from(error: hairline::Error) -> Self {
        Self::Input(error.to_string())
    }
}

#[derive(Default)]
struct Options {
    photo: Option<PathBuf>,
    output: Option<PathBuf>,
    document: Option<PathBuf>,
    dots: Option<PathBuf>,
    write_document: Option<PathBuf>,
    follicles: Option<PathBuf>,
    settings: Vec<(Setting, f64)>,
    pigment: Option<Pigment>,
    session: Option<f64>,
    days: Option<f64>,
    years: Option<f64>,
}

enum Pigment {
    Step(Dilution),
    Transmittance([f64; 3]),
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

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, Failure> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        if !argument.starts_with("--") {
            if options.photo.replace(argument.into()).is_some() {
                return Err(Failure::Usage(format!("only one photo, please\n{USAGE}")));
            }
            continue;
        }
        if NOT_YET.contains(&argument.as_str()) {
            return Err(Failure::Usage(format!("{argument}: not available yet")));
        }
        let mut value =
            || arguments.next().ok_or_else(|| Failure::Usage(format!("{argument} needs a value\n{USAGE}")));
        match argument.as_str() {
            "--output" => options.output = Some(value()?.into()),
            "--document" => options.document = Some(value()?.into()),
            "--dots" => options.dots = Some(value()?.into()),
            "--write-document" => options.write_document = Some(value()?.into()),
            "--follicles" => options.follicles = Some(value()?.into()),
            "--session" => options.session = Some(within(&argument, &value()?, 1.0, 3.0)?),
            "--days" => options.days = Some(within(&argument, &value()?, 0.0, HEALED_DAYS)?),
            "--years" => options.years = Some(within(&argument, &value()?, 0.0, LONGEST_YEARS)?),
            "--pigment" => options.pigment = Some(pigment(&value()?)?),
            "--density" => options.settings.push((Setting::Density, number(&argument, &value()?)?)),
            "--dot-diameter" => options.settings.push((Setting::DotDiameter, number(&argument, &value()?)?)),
            "--strength" => options.settings.push((Setting::Strength, number(&argument, &value()?)?)),
            _ => return Err(Failure::Usage(format!("{argument}: no such option\n{USAGE}"))),
        }
    }
    if options.photo.is_none() {
        return Err(Failure::Usage(USAGE.to_owned()));
    }
    Ok(options)
}

fn number(option: &str, text: &str) -> Result<f64, Failure> {
    match text.parse::<f64>() {
        Ok(n) if n.is_finite() => Ok(n),
        _ => Err(Failure::Usage(format!("{option}: {text} is no number"))),
    }
}

/// A number that must lie in a range.
fn within(option: &str, text: &str, least: f64, most: f64) -> Result<f64, Failure> {
    let n = number(option, text)?;
    if (least..=most).contains(&n) {
        Ok(n)
    } else {
        Err(Failure::Usage(format!("{option}: {n} is not within {least} to {most}")))
    }
}

/// A dilution's name or three transmittances.
fn pigment(text: &str) -> Result<Pigment, Failure> {
    if let Some(step) = Dilution::by_name(text) {
        return Ok(Pigment::Step(step));
    }
    let parts = text
        .split(',')
        .map(|part| within("--pigment", part.trim(), 0.0, 1.0))
        .collect::<Result<Vec<f64>, Failure>>()?;
    match parts[..] {
        [r, g, b] => Ok(Pigment::Transmittance([r, g, b])),
        _ => Err(Failure::Usage(format!("--pigment: {text} is neither a dilution nor R,G,B\n{USAGE}"))),
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
    let size: PhotoSize = renderer.open_photo(&read(photo)?)?;
    let mut document = match &options.document {
        Some(path) => {
            let json = String::from_utf8(read(path)?).map_err(|_| {
                Failure::Input(format!("{} is not a document: it is not text", path.display()))
            })?;
            let document = Document::from_json(&json)?;
            if document.photo != size {
                return Err(Failure::Input("This plan belongs to a photo of another size.".to_owned()));
            }
            document
        }
        None => Document::starting(size),
    };
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
    let follicles = match &options.follicles {
        Some(path) => read(path)?,
        None => read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/www/assets/follicles.bin")))?,
    };
    renderer.load_follicles(&follicles)?;
    renderer.set_document(&document.to_json())?;
    let last = Moment::default();
    renderer.set_moment(Moment::new(
        options.session.map_or(last.session(), |n| n as u8),
        options.days.unwrap_or(last.days()),
        options.years.unwrap_or(last.years()),
    ));

    if let (Some(path), Some(format)) = (&options.output, format) {
        write(path, &renderer.export_picture(format)?)?;
    }
    if let Some(path) = &options.dots {
        write(path, csv(renderer.dots()?).as_bytes())?;
    }
    if let Some(path) = &options.write_document {
        write(path, document.to_json().as_bytes())?;
    }
    if options.output.is_none() && options.dots.is_none() && options.write_document.is_none() {
        // Nothing was asked for but the check itself: draw it once at a size that shows errors.
        let scale = (800.0 / f64::from(size.width.max(size.height))).min(1.0);
        renderer.frame(&View::new(0.0, 0.0, scale, 800, 800)?, 0)?;
        println!("{} x {} px, {} dots", size.width, size.height, renderer.dot_count()?);
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
