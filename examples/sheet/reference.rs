//! A bare head, its preview and the same head rendered after treatment.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hairline::composite::{Pyramid, View};
use hairline::document::{Document, PhotoSize};
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;
use serde_json::Value;

use crate::heads::{json, of_truth, stem};
use crate::measure::{Region, difference, mean};
use crate::montage::Montage;
use crate::page::Section;
use crate::{ROOT, states};

const BARE: &str = "_bare";
const TREATED: &str = "_smp_dense";
/// Hairline points taken from a truth that has many; odd.
const POINTS: usize = 15;
/// Cell of photo px at 100 %.
const FULL: [u32; 2] = [520, 400];

/// Where the files of a pair lie: folder, and what their names begin with.
pub struct Pair {
    folder: PathBuf,
    prefix: String,
}

/// The pairs in a folder or in its `reference_smp`, or else the one of the repository.
pub fn pairs(folder: Option<&Path>) -> Vec<Pair> {
    let folders = match folder {
        Some(folder) => vec![folder.to_owned(), folder.join("reference_smp")],
        None => vec![Path::new(ROOT).join("tests/fixtures/reference")],
    };
    let mut pairs = Vec::new();
    for folder in folders {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let names = entries.flatten().map(|entry| stem(&entry.path()));
        let mut prefixes: Vec<String> =
            names.filter_map(|name| Some(name.strip_suffix(BARE)?.to_owned())).collect();
        prefixes.sort();
        prefixes.dedup();
        let found = prefixes.into_iter().map(|prefix| Pair { folder: folder.clone(), prefix });
        pairs.extend(found.filter(|pair| pair.picture(TREATED).is_some()));
    }
    pairs
}

impl Pair {
    pub fn name(&self) -> &str {
        &self.prefix
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", self.prefix))
    }

    /// The exact picture rather than the JPEG, if both are there.
    fn picture(&self, ending: &str) -> Option<Photo> {
        let bytes = ["png", "jpg"].iter().find_map(|e| fs::read(self.file(&format!("{ending}.{e}"))).ok())?;
        Photo::decode(&bytes).ok()
    }

    /// The plan with which the pair was rendered: as a document, or read from its truth.
    fn document(&self, size: PhotoSize) -> Result<Document> {
        if let Ok(plan) = fs::read_to_string(self.file("_document.json")) {
            return Ok(Document::from_json(&plan)?);
        }
        let head = json(&self.file(&format!("{BARE}.json"))).context("no truth of the head")?;
        let treated = json(&self.file(&format!("{TREATED}_truth.json"))).context("no truth of the dots")?;
        of_truths(&head, &treated, size).context("the truth lacks something")
    }
}

fn of_truths(head: &Value, treated: &Value, size: PhotoSize) -> Option<Document> {
    let number = |pointer: &str| treated.pointer(pointer)?.as_f64();
    let mut document = Document::starting(size);
    document.head = of_truth(head)?;
    let mut line: Vec<PhotoPoint> = head["natural_hairline"]
        .as_array()?
        .iter()
        .filter(|place| place["visible"] == true)
        .map(|place| {
            Some(PhotoPoint::new(place.pointer("/px/0")?.as_f64()?, place.pointer("/px/1")?.as_f64()?))
        })
        .collect::<Option<_>>()?;
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let last = line.len().checked_sub(1)?;
    document.hairline.points = (0..POINTS).map(|i| line[(i * last + POINTS / 2) / (POINTS - 1)]).collect();
    document.hairline.suggested = false;
    document.hairline.transition_mm = number("/transition/front_mm")?;
    document.dots.per_cm2 = number("/dots_per_cm2/nominal")?;
    document.dots.diameter_mm = number("/dot/effective_diameter_mm")?;
    document.dots.strength = number("/dot/opacity_mean")?;
    (document.dots.hairline_share, document.dots.natural) = (1.0, 0.0);
    let transmittance = |k: usize| number(&format!("/pigment_transmittance_rgb/{k}"));
    document.transmittance = Some([transmittance(0)?, transmittance(1)?, transmittance(2)?]);
    Some(document)
}

/// Writes the montages of a pair: bare, preview and rendering, fitted and at 100 %.
pub fn sections(pair: &Pair, follicles: &[u8], out: &Path) -> Result<Vec<Section>> {
    let bare = pair.picture(BARE).context("no bare head")?;
    let treated = pair.picture(TREATED).context("no treated head")?;
    let mask = pair.picture("_smp_mask").context("no mask of the dots")?;
    let document = pair.document(PhotoSize { width: bare.width(), height: bare.height() })?;
    let mut renderer = Renderer::new();
    renderer.load_follicles(follicles)?;
    renderer.open(bare.clone());
    renderer.set_document(&document.to_json())?;
    let preview = Photo::from_rgba(bare.width(), bare.height(), renderer.treated_pixels()?)?;

    let middle = document.hairline.points[document.hairline.middle()];
    let scale = document.fitted_head().unproject(middle).px_per_mm;
    let region = Region::new(&mask, scale).context("the mask is empty")?;
    let (tones, goal) = (region.tones(&preview), region.tones(&treated));
    let (grain, goal_grain) = (region.grain(&preview), region.grain(&treated));
    let note = format!(
        "Both blurred by 2 mm: mean CIEDE2000 {:.2} (untreated {:.2}), mean L*a*b* {:.2?} for {:.2?}. \
         Grain between 0.3 and 2 cycles/mm: {:+.1} % ({} patches).",
        difference(&tones, &goal),
        difference(&region.tones(&bare), &goal),
        mean(&tones),
        mean(&goal),
        (grain.variance / goal_grain.variance - 1.0) * 100.0,
        goal_grain.patches
    );

    let fit = states::fitted(bare.width(), bare.height())?;
    // Most of the crop lies behind the line.
    let (left, top) = (middle.x - 0.5 * f64::from(FULL[0]), middle.y - 0.7 * f64::from(FULL[1]));
    let full = View::new(left.floor(), top.floor(), 1.0, FULL[0], FULL[1])?;
    let mut sections = Vec::new();
    for (view, name, title) in [(&fit, "fit", "fitted"), (&full, "full", "100 %")] {
        let mut montage = Montage::new([view.width, view.height], 3);
        for photo in [&bare, &preview, &treated] {
            montage.add(view, Pyramid::new(photo).view(photo, view))?;
        }
        let file = format!("{}-reference-{name}.png", pair.prefix);
        montage.write(&out.join(&file))?;
        sections.push(Section {
            title: format!("{}: reference, {title}", pair.prefix),
            note: note.clone(),
            file,
            captions: ["bare", "preview", "rendered treatment"].map(str::to_owned).to_vec(),
            columns: 3,
        });
    }
    println!("  {note}");
    Ok(sections)
}
