//! The words of the command line.

use std::path::PathBuf;

use hairline::document::Setting;
use hairline::dots::{HEALED_DAYS, LONGEST_YEARS};
use hairline::hairline::HairlineStyle;
use hairline::head::PUPIL_DISTANCES_MM;
use hairline::pigment::Dilution;

use crate::Failure;

const USAGE: &str = "usage: preview PHOTO [options]
  --output FILE          the treated photo; .jpg, .jpeg or .png
  --document FILE        a saved document; without it, an automatic one
  --session N            after session 1, 2 or 3 (default: the last)
  --days D               days since that session, 0-28 (default: healed)
  --years Y              years since it healed, 0-6 (default: 0)
  --density N            dots per cm2, the same in every zone behind the transition
  --dot-diameter MM      effective healed dot diameter
  --strength S           opacity at a dot's middle, 0-1
  --pigment P            a dilution (20:1, 16:1, 12:1, 9:1, 6:1), or R,G,B: linear transmittances 0-1
  --style NAME           the hairline of the automatic plan
  --pupil-distance MM    a measured pupil distance, 40-85
  --report FILE          JSON of everything measured
  --maps DIR             person, hair, skin, scalp, highlight and cosine as 8-bit PNGs
  --dots FILE            CSV of every dot: x_px,y_px,radius_px,strength,rank
  --write-document FILE  the document that was used
  --follicles FILE       the follicle set (default: www/assets/follicles.bin)
  --models DIR           the face models (default: www/models)";

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    pub photo: Option<PathBuf>,
    pub output: Option<PathBuf>,
    pub document: Option<PathBuf>,
    pub dots: Option<PathBuf>,
    pub write_document: Option<PathBuf>,
    pub follicles: Option<PathBuf>,
    pub settings: Vec<(Setting, f64)>,
    pub pigment: Option<Pigment>,
    pub session: Option<f64>,
    pub days: Option<f64>,
    pub years: Option<f64>,
    pub report: Option<PathBuf>,
    pub maps: Option<PathBuf>,
    pub pupil_distance: Option<f64>,
    pub style: Option<HairlineStyle>,
    pub models: Option<PathBuf>,
}

/// A pigment by its dilution or by what it lets through.
pub enum Pigment {
    Step(Dilution),
    Transmittance([f64; 3]),
}

/// Reads the words after the command's name.
pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, Failure> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        if !argument.starts_with("--") {
            if options.photo.replace(argument.into()).is_some() {
                return Err(Failure::Usage(format!("only one photo, please\n{USAGE}")));
            }
            continue;
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
            "--report" => options.report = Some(value()?.into()),
            "--maps" => options.maps = Some(value()?.into()),
            "--models" => options.models = Some(value()?.into()),
            "--pupil-distance" => {
                let range = PUPIL_DISTANCES_MM;
                options.pupil_distance = Some(within(&argument, &value()?, *range.start(), *range.end())?);
            }
            "--style" => options.style = Some(style(&value()?)?),
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

fn style(name: &str) -> Result<HairlineStyle, Failure> {
    HairlineStyle::by_name(name).ok_or_else(|| {
        let all: Vec<&str> = HairlineStyle::ALL.iter().map(|style| style.name()).collect();
        Failure::Usage(format!("--style: {name} is none of {}", all.join(", ")))
    })
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
