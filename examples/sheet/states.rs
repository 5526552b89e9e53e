//! One head in every state: over time, in shades and in dot sizes.

use std::fs;
use std::path::Path;

use anyhow::Result;
use hairline::composite::View;
use hairline::document::{Document, Setting};
use hairline::dots::{Dot, DotStyle, HEALED_DAYS, Moment};
use hairline::renderer::Renderer;

use crate::heads::Head;
use crate::montage::Montage;
use crate::page::Section;

/// Largest cell of a fitted photo, px.
const FIT: [f64; 2] = [375.0, 500.0];
/// Cell of photo px at 100 %.
const FULL: [u32; 2] = [390, 360];

/// What one cell shows.
struct State {
    caption: &'static str,
    /// `None` is the photo as it was.
    moment: Option<Moment>,
    change: fn(&mut Document),
}

fn at(caption: &'static str, session: u8, days: f64, years: f64) -> State {
    State { caption, moment: Some(Moment::new(session, days, years)), change: |_| () }
}

fn with(caption: &'static str, change: fn(&mut Document)) -> State {
    State { caption, moment: Some(Moment::default()), change }
}

/// The treatment from before to years after.
fn time() -> Vec<State> {
    vec![
        State { caption: "untreated", moment: None, change: |_| () },
        at("session 1, healed", 1, HEALED_DAYS, 0.0),
        at("session 2, healed", 2, HEALED_DAYS, 0.0),
        at("session 3, healed", 3, HEALED_DAYS, 0.0),
        at("fresh: day 0 after session 3", 3, 0.0, 0.0),
        at("day 10", 3, 10.0, 0.0),
        at("3 years", 3, HEALED_DAYS, 3.0),
        at("5 years", 3, HEALED_DAYS, 5.0),
    ]
}

/// Shades and dot sizes of the finished treatment.
fn choices() -> Vec<State> {
    vec![
        with("shade 1", |d| d.set_number(Setting::Shade, 1.0)),
        with("shade 3", |d| d.set_number(Setting::Shade, 3.0)),
        with("shade 5", |d| d.set_number(Setting::Shade, 5.0)),
        with("fine dots", |d| d.set_number(Setting::DotDiameter, DotStyle::Fine.diameter_mm())),
        with("medium dots", |d| d.set_number(Setting::DotDiameter, DotStyle::Medium.diameter_mm())),
        with("coarse dots", |d| d.set_number(Setting::DotDiameter, DotStyle::Coarse.diameter_mm())),
    ]
}

/// Writes the montages of a head, where its dots lie, and its plan for `preview --document`.
pub fn sections(head: &Head, follicles: &[u8], out: &Path) -> Result<Vec<Section>> {
    let mut renderer = Renderer::new();
    renderer.load_follicles(follicles)?;
    renderer.open(head.photo.clone());
    renderer.set_document(&head.document.to_json())?;
    let fit = fitted(head.photo.width(), head.photo.height())?;
    let full = around(renderer.dots()?, head)?;
    let dots = renderer.dot_count()?;
    fs::write(out.join(format!("{}.json", head.name)), head.document.to_json())?;
    let mut sections = vec![places(&mut renderer, head, &fit, out)?];
    for (what, states, columns) in [("time", time(), 4), ("choices", choices(), 3)] {
        for (view, scale) in [(&fit, "fit"), (&full, "full")] {
            let file = format!("{}-{what}-{scale}.png", head.name);
            let mut montage = Montage::new([view.width, view.height], columns);
            for state in &states {
                montage.add(view, shown(&mut renderer, &head.document, state, view)?)?;
            }
            montage.write(&out.join(&file))?;
            sections.push(Section {
                title: format!("{}: {what}, {}", head.name, if scale == "fit" { "fitted" } else { "100 %" }),
                note: format!("{dots} dots when finished"),
                file,
                captions: states.iter().map(|s| s.caption.to_owned()).collect(),
                columns,
            });
        }
    }
    Ok(sections)
}

/// The fitted photo, darker, and in red every pixel that the finished treatment changes: dots on
/// ears, hair or the wall are seen at once.
fn places(renderer: &mut Renderer, head: &Head, view: &View, out: &Path) -> Result<Section> {
    let before = renderer.before(view)?;
    let after = renderer.frame(view, 0)?.pixels;
    let marked = before.chunks_exact(4).zip(after.chunks_exact(4)).flat_map(|(b, a)| {
        let changed: u8 = b.iter().zip(a).fold(0, |sum, (b, a)| sum.saturating_add(b.abs_diff(*a)));
        [(b[0] / 2).saturating_add(changed.saturating_mul(16)), b[1] / 2, b[2] / 2, 255]
    });
    let marked = marked.collect();
    let mut montage = Montage::new([view.width, view.height], 2);
    montage.add(view, after)?;
    montage.add(view, marked)?;
    let file = format!("{}-places.png", head.name);
    montage.write(&out.join(&file))?;
    Ok(Section {
        title: format!("{}: where the dots lie", head.name),
        note: String::new(),
        file,
        captions: ["treated", "changed pixels in red"].map(str::to_owned).to_vec(),
        columns: 2,
    })
}

fn shown(renderer: &mut Renderer, plan: &Document, state: &State, view: &View) -> Result<Vec<u8>> {
    let Some(moment) = state.moment else { return Ok(renderer.before(view)?) };
    let mut document = plan.clone();
    (state.change)(&mut document);
    renderer.set_document(&document.to_json())?;
    renderer.set_moment(moment);
    Ok(renderer.frame(view, 0)?.pixels)
}

/// The whole photo.
pub fn fitted(width: u32, height: u32) -> Result<View> {
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = (FIT[0] / width).min(FIT[1] / height).min(1.0);
    Ok(View::new(0.0, 0.0, scale, (width * scale).round() as u32, (height * scale).round() as u32)?)
}

/// Photo px around the middle of all dots, at 100 %.
fn around(dots: &[Dot], head: &Head) -> Result<View> {
    let n = dots.len().max(1) as f64;
    let middle = |pick: fn(&Dot) -> f64| dots.iter().map(pick).sum::<f64>() / n;
    let start = |middle: f64, cell: u32, side: u32| {
        let (cell, side) = (f64::from(cell), f64::from(side));
        (middle - 0.5 * cell).clamp(0.0, (side - cell).max(0.0)).floor()
    };
    let x = start(middle(|d| d.photo.x), FULL[0], head.photo.width());
    let y = start(middle(|d| d.photo.y), FULL[1], head.photo.height());
    Ok(View::new(x, y, 1.0, FULL[0], FULL[1])?)
}
