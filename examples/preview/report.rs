//! Everything measured, as JSON.

use hairline::analysis::Findings;
use hairline::document::{Document, Setting};
use hairline::dots::Moment;
use hairline::estimate::{Part, Rates};
use hairline::hairline::{LineMeasures, natural_trichion};
use hairline::head::{Head, PUPIL_DISTANCE_MM, ScaleSource};
use hairline::pigment;
use hairline::renderer::Renderer;
use serde_json::{Value, json};

use crate::Failure;
use crate::timings::Timings;

/// Points of the head's outline.
const OUTLINE_POINTS: usize = 72;
/// Dots set in an hour: about 14,000 a session of 2–5 hours (domain.md section A.2).
const DOTS_PER_HOUR: f64 = 4000.0;

/// The report; `findings` are those of the photo, where it was looked at.
pub fn report(
    renderer: &mut Renderer,
    document: &Document,
    findings: Option<&Findings>,
    timings: &Timings,
) -> Result<Value, Failure> {
    let head = document.fitted_head();
    let measured = findings.and_then(|f| f.measured.as_ref());
    let sessions = sessions(renderer)?;
    let dots = sessions.last().copied().unwrap_or(0);
    let area = renderer.treated_area_cm2()?;
    let estimate = renderer.estimate(Rates::default())?;
    let against = renderer.warnings()?;
    let complexion = renderer.skin()?.complexion;
    let face = document.face.as_ref();
    Ok(json!({
        "photo": { "width": document.photo.width, "height": document.photo.height },
        "face": face.map(|face| {
            let p = &face.points;
            let angle = |of_face: fn(&hairline::head::MeasuredHead) -> f64, of_head: f64| measured.map_or(of_head, of_face);
            json!({
                "landmarks": {
                    "pupil_left": p.pupil_left, "pupil_right": p.pupil_right, "glabella": p.glabella,
                    "nose_tip": p.nose_tip, "subnasale": p.subnasale, "menton": p.menton,
                    "tragus_left": p.tragus_left, "tragus_right": p.tragus_right,
                    "trichion": natural_trichion(&head, p),
                },
                "yaw": angle(|m| m.yaw_degrees, document.head.yaw_degrees),
                "pitch": angle(|m| m.pitch_degrees, document.head.pitch_degrees),
                "roll": angle(|m| m.roll_degrees, document.head.roll_degrees),
            })
        }),
        "head": {
            "px_per_mm_forehead": measured.map_or_else(|| head.px_per_mm_at_centre(), |m| m.px_per_mm_forehead),
            "scale_source": face.map(|face| face.scale().source).map_or(json!("placed-outline"), |s: ScaleSource| json!(s)),
            "scale_error": face.map(|face| face.scale().error),
            "assumed_pupil_distance_mm": PUPIL_DISTANCE_MM,
            "breadth_mm": document.head.breadth_mm,
            "outline": head.outline(OUTLINE_POINTS),
        },
        "hairline": hairline(document, &head),
        "treatment": {
            "area_cm2": area,
            "dots": dots,
            "dots_per_cm2": if area > 0.0 { dots as f64 / area } else { 0.0 },
            "sessions": sessions.iter().scan(0, |before, &all| {
                let new = all - std::mem::replace(before, all);
                Some(json!({ "dots": new, "hours": (new as f64 / DOTS_PER_HOUR * 10.0).round() / 10.0 }))
            }).collect::<Vec<_>>(),
            "parts": parts(&estimate.parts),
            "zones": parts(&estimate.zones),
            "estimate": {
                "area_cm2": estimate.area_cm2, "dots": estimate.dots,
                "sessions": estimate.sessions, "hours": estimate.hours,
            },
        },
        "skin": {
            "ita_degrees": complexion.skin.map(|skin| skin.ita_degrees),
            "srgb": complexion.skin.map(|skin| skin.srgb),
        },
        "hair": { "srgb": complexion.hair },
        "pigment": pigment_of(document),
        "warnings": findings
            .iter()
            .flat_map(|f| f.advice.iter().map(|remark| (remark.code, remark.text)))
            .chain(against.iter().map(|warning| (warning.code, warning.text)))
            .map(|(code, text)| json!({ "code": code, "text": text }))
            .collect::<Vec<_>>(),
        "timings_ms": timings.json(),
    }))
}

/// Dots after each session.
fn sessions(renderer: &mut Renderer) -> Result<Vec<usize>, Failure> {
    let shown = renderer.moment();
    let mut counts = Vec::new();
    for session in 1..=shown.session() {
        renderer.set_moment(Moment::new(session, Moment::default().days(), 0.0));
        counts.push(renderer.dot_count()?);
    }
    renderer.set_moment(shown);
    Ok(counts)
}

/// Skin and dots of parts of the head.
fn parts(parts: &[Part]) -> Vec<Value> {
    let row = |part: &Part| {
        json!({
            "kind": part.kind, "seen_cm2": part.seen_cm2, "whole_cm2": part.whole_cm2, "dots": part.dots,
        })
    };
    parts.iter().map(row).collect()
}

fn hairline(document: &Document, head: &Head) -> Value {
    let line = &document.hairline;
    let measures = LineMeasures::of(line, head, document.face.as_ref().map(|face| &face.points));
    json!({
        "polyline": line.polyline(document.head.half_width / 60.0),
        "midpoint": line.points[line.middle()],
        "midpoint_above_glabella_mm": measures.midpoint_above_glabella_mm,
        "symmetry_error_mm": measures.symmetry_error_mm,
        "recession_mm": measures.temples.map(|t| t.map(|t| t.recession_mm)),
        "temporal_angle_degrees": measures.temples.map(|t| t.map(|t| t.angle_degrees)),
        "facial_thirds_mm": measures.facial_thirds_mm,
    })
}

fn pigment_of(document: &Document) -> Value {
    let encode = |linear: f64| {
        let v =
            if linear <= 0.0031308 { 12.92 * linear } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 };
        (v * 255.0).round()
    };
    let name = match document.transmittance {
        Some(_) => "own".to_owned(),
        None => pigment::at_shade(document.shade).name.to_owned(),
    };
    json!({
        "name": name,
        "srgb": document.pigment_transmittance().map(encode),
        "strength": document.dots.strength,
        "diameter_mm": document.dots.diameter_mm,
        "shade": document.get(Setting::Shade),
    })
}
