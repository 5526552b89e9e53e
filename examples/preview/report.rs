//! Everything measured, as JSON.

use hairline::analysis::Findings;
use hairline::document::{Document, Setting};
use hairline::dots::Moment;
use hairline::hairline::{glabella_level, natural_trichion};
use hairline::head::{Head, PUPIL_DISTANCE_MM, ScaleSource};
use hairline::pigment;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;
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
        },
        "skin": {
            "ita_degrees": complexion.skin.map(|skin| skin.ita_degrees),
            "srgb": complexion.skin.map(|skin| skin.srgb),
        },
        "hair": { "srgb": complexion.hair },
        "pigment": pigment_of(document),
        "warnings": findings.map_or_else(Vec::new, |f| {
            f.advice.iter().map(|remark| json!({ "code": remark.code, "text": remark.text })).collect()
        }),
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

fn hairline(document: &Document, head: &Head) -> Value {
    let line = &document.hairline;
    let base = glabella_level(head, document.face.as_ref().map(|face| &face.points));
    let middle = line.points[line.middle()];
    let apart = |a: PhotoPoint, b: PhotoPoint| {
        let [a, b] = [a, b].map(|p| head.unproject(p).camera);
        let [x, y, z] = [a.x - b.x, a.y - b.y, a.z - b.z];
        (x * x + y * y + z * z).sqrt()
    };
    let pairs = line.middle();
    let symmetry: f64 =
        (0..pairs).map(|i| apart(line.points[line.counterpart(i)], head.mirror(line.points[i]))).sum();
    json!({
        "polyline": line.polyline(document.head.half_width / 60.0),
        "midpoint": middle,
        "midpoint_above_glabella_mm": head.above_mm(head.unproject(middle).scalp, base),
        "symmetry_error_mm": symmetry / pairs.max(1) as f64,
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
