//! The numbers of one head.

use serde_json::Value;

use super::goal::{Measure, Row};
use super::run::{ASKED_PER_CM2, Shown};
use super::truth::{Mask, Truth};

/// Where the surface is looked at: nearer to the limb the truth itself is a matter of one pixel.
const LEAST_COSINE: f32 = 0.05;

/// Every row that the table has for this head.
pub fn rows(truth: &Truth, shown: &Shown) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |measure, value: Option<f64>| {
        rows.push(Row { head: truth.name.clone(), measure, value: value.unwrap_or(f64::NAN) });
    };
    if truth.has_face() {
        face(truth, shown, &mut row);
    }
    let errors = cosine_errors(truth, shown);
    row(Measure::CosineMedian, percentile(&errors, 0.5));
    row(Measure::CosineTail, percentile(&errors, 0.95));
    maps(truth, shown, &mut row);
    dots(truth, shown, &mut row);
    rows
}

fn number(json: &Value, pointer: &str) -> Option<f64> {
    json.pointer(pointer)?.as_f64()
}

fn point(json: &Value, pointer: &str) -> Option<[f64; 2]> {
    let xy = json.pointer(pointer)?.as_array()?;
    Some([xy.first()?.as_f64()?, xy.get(1)?.as_f64()?])
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    (dx * dx + dy * dy).sqrt()
}

fn face(truth: &Truth, shown: &Shown, row: &mut impl FnMut(Measure, Option<f64>)) {
    let (told, alone) = (&shown.told, &shown.alone);
    let off = |seen: Option<f64>, true_: Option<f64>| Some(100.0 * (seen? / true_? - 1.0).abs());
    let forehead = truth.number("/px_per_mm/forehead");
    row(Measure::ScaleGiven, off(number(told, "/head/px_per_mm_forehead"), forehead));
    // What the assumed pupil distance gives there.
    let assumed = (|| {
        let assumed = number(alone, "/head/assumed_pupil_distance_mm")?;
        Some(forehead? * truth.number("/interpupillary_mm")? / assumed)
    })();
    row(Measure::ScaleAssumed, off(number(alone, "/head/px_per_mm_forehead"), assumed));

    let pupils = truth.landmark("pupil_l").zip(truth.landmark("pupil_r"));
    // Across the line of sight a turned head's pupils are nearer to each other than they are.
    let unit = truth.number("/interpupillary_mm").zip(forehead).map(|(mm, px)| mm * px);
    let share = |pointer: &str, to: Option<[f64; 2]>| {
        Some(100.0 * distance(point(told, &format!("/face/landmarks/{pointer}"))?, to?) / unit?)
    };
    let left = share("pupil_left", pupils.map(|p| p.0));
    let right = share("pupil_right", pupils.map(|p| p.1));
    row(Measure::Pupils, left.zip(right).map(|(a, b)| a.max(b)));
    for (measure, name) in
        [(Measure::Glabella, "glabella"), (Measure::Subnasale, "subnasale"), (Measure::Menton, "menton")]
    {
        // One that the camera does not see is not asked for.
        if let Some(to) = truth.landmark(name) {
            row(measure, share(name, Some(to)));
        }
    }

    let polyline: Vec<[f64; 2]> = told
        .pointer("/hairline/polyline")
        .and_then(Value::as_array)
        .map(|points| {
            let pair = |p: &Value| Some([p.get(0)?.as_f64()?, p.get(1)?.as_f64()?]);
            points.iter().filter_map(pair).collect()
        })
        .unwrap_or_default();
    let midpoint = point(told, "/hairline/midpoint").or_else(|| polyline.get(polyline.len() / 2).copied());
    let along =
        truth.landmark("glabella").zip(midpoint).map(|(g, m)| (truth.along_skin_mm(g, m) - 75.0).abs());
    row(Measure::Midpoint, along);
    let frontal = truth.number("/head_pose_deg/yaw").is_some_and(|yaw| yaw.abs() < 10.0);
    if let (true, Some(trichion)) = (frontal, truth.landmark("trichion")) {
        let seen = point(told, "/face/landmarks/trichion");
        row(Measure::Trichion, seen.zip(forehead).map(|(s, px)| distance(s, trichion) / px));
    }
    for (measure, name) in [(Measure::Yaw, "yaw"), (Measure::Roll, "roll"), (Measure::Pitch, "pitch")] {
        let seen = number(told, &format!("/face/{name}"));
        let true_ = truth.number(&format!("/head_pose_deg/{name}"));
        row(measure, seen.zip(true_).map(|(s, t)| (s - t).abs()));
    }
}

/// Errors of the cosine over the scalp that is seen.
fn cosine_errors(truth: &Truth, shown: &Shown) -> Vec<f64> {
    let mut errors = Vec::new();
    for y in (0..truth.scalp.height).step_by(2) {
        for x in (0..truth.scalp.width).step_by(2) {
            let (u, v) = (x as f64, y as f64);
            let Some(&[cosine]) = truth.geometry.cosine.at(u, v) else { continue };
            if truth.scalp.at(u, v) && cosine > LEAST_COSINE {
                let seen = shown
                    .cosine
                    .get_pixel_checked(x as u32, y as u32)
                    .map_or(0.0, |p| f64::from(p[0]) / 255.0);
                errors.push((seen - f64::from(cosine)).abs());
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    errors
}

fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    sorted.get(((sorted.len().checked_sub(1)?) as f64 * share) as usize).copied()
}

fn maps(truth: &Truth, shown: &Shown, row: &mut impl FnMut(Measure, Option<f64>)) {
    let around = around(&truth.head);
    let overlap = |seen: &Mask, within: &dyn Fn(f64, f64) -> bool, true_: &dyn Fn(f64, f64) -> bool| {
        let (mut both, mut either) = (0u64, 0u64);
        for y in around[1]..around[3] {
            for x in around[0]..around[2] {
                let (x, y) = (x as f64, y as f64);
                if within(x, y) {
                    let (a, b) = (seen.at(x, y), true_(x, y));
                    both += u64::from(a && b);
                    either += u64::from(a || b);
                }
            }
        }
        (either > 0).then(|| both as f64 / either as f64)
    };
    row(Measure::Person, overlap(&shown.person, &|_, _| true, &|x, y| truth.person.at(x, y)));
    let on_head = |x: f64, y: f64| truth.head.at(x, y);
    // A head without any hair has no overlap to speak of.
    let some = truth.hair.yes.iter().filter(|&&yes| yes).count();
    if some > truth.head.yes.iter().filter(|&&yes| yes).count() / 200 {
        row(Measure::Hair, overlap(&shown.hair, &on_head, &|x, y| truth.hair.at(x, y)));
    }
    let bare = |x: f64, y: f64| truth.head.at(x, y) && !truth.hair.at(x, y);
    row(Measure::Skin, overlap(&shown.skin, &on_head, &bare));
}

/// A box around a mask with a margin of a tenth: left, top, right, bottom.
fn around(mask: &Mask) -> [usize; 4] {
    let mut edges = [mask.width, mask.height, 0, 0];
    for (i, _) in mask.yes.iter().enumerate().filter(|(_, yes)| **yes) {
        let (x, y) = (i % mask.width, i / mask.width);
        edges = [edges[0].min(x), edges[1].min(y), edges[2].max(x + 1), edges[3].max(y + 1)];
    }
    let [dx, dy] = [edges[2].saturating_sub(edges[0]) / 10, edges[3].saturating_sub(edges[1]) / 10];
    [
        edges[0].saturating_sub(dx),
        edges[1].saturating_sub(dy),
        (edges[2] + dx).min(mask.width),
        (edges[3] + dy).min(mask.height),
    ]
}

fn dots(truth: &Truth, shown: &Shown, row: &mut impl FnMut(Measure, Option<f64>)) {
    // A dot in the last pixel of the head is on it.
    let count = |yes: &dyn Fn([f64; 2]) -> bool| Some(shown.dots.iter().filter(|&&p| yes(p)).count() as f64);
    row(Measure::DotsOffHead, count(&|p| !truth.head.near(p, 1.0)));
    let px_per_mm =
        truth.number("/px_per_mm/forehead").or(truth.number("/px_per_mm/at_skull_centre")).unwrap_or(5.0);
    row(
        Measure::DotsOnFace,
        count(&|p| {
            truth.head.near(p, 1.0) && (1..=3).all(|mm| !truth.scalp.near(p, f64::from(mm) * px_per_mm))
        }),
    );

    let line: Vec<[f64; 2]> = shown
        .told
        .pointer("/hairline/polyline")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(|p| Some([p.get(0)?.as_f64()?, p.get(1)?.as_f64()?])).collect())
        .unwrap_or_default();
    // Full density: bare scalp, well away from line, hair and limb.
    let full = |p: [f64; 2]| {
        truth.scalp.deep(p[0], p[1], 4.0 * px_per_mm)
            && !truth.hair.near(p, 0.0)
            && !truth.hair.near(p, 4.0 * px_per_mm)
            && matches!(truth.geometry.cosine.at(p[0], p[1]), Some(&[cosine]) if cosine > 0.35)
            && line.iter().all(|&q| distance(p, q) > 20.0 * px_per_mm)
    };
    let zones = [
        (Measure::DensityFront, [40.0, 200.0]),
        (Measure::DensityMiddle, [-20.0, 40.0]),
        (Measure::DensityCrown, [-200.0, -20.0]),
    ];
    let place = &truth.geometry.place;
    let zone = |p: [f64; 2]| {
        let &[_, _, z] = place.at(p[0], p[1])? else { return None };
        zones.iter().position(|(_, [from, to])| f64::from(z) >= *from && f64::from(z) < *to)
    };
    let (mut cm2, mut counted) = ([0.0; 3], [0.0; 3]);
    for j in 0..place.height.saturating_sub(1) {
        for i in 0..place.width.saturating_sub(1) {
            let p = [(i as f64 + 0.5) * place.step, (j as f64 + 0.5) * place.step];
            let Some(k) = zone(p).filter(|_| full(p)) else { continue };
            if let Some(mm2) = cell_mm2(truth, p) {
                cm2[k] += mm2 / 100.0;
            }
        }
    }
    for &dot in &shown.dots {
        if let Some(k) = zone(dot).filter(|_| full(dot)) {
            counted[k] += 1.0;
        }
    }
    for (k, (measure, _)) in zones.iter().enumerate() {
        // A smaller zone has too few dots to be counted within a few per cent.
        if cm2[k] >= 8.0 {
            row(*measure, Some(100.0 * (counted[k] / cm2[k] / ASKED_PER_CM2 - 1.0).abs()));
        }
    }
}

/// Skin that a cell of the geometry shows, mm², from the places of its neighbours: their difference
/// over several cells, since places are stored with a resolution of a sixteenth of a millimetre.
fn cell_mm2(truth: &Truth, p: [f64; 2]) -> Option<f64> {
    const REACH_PX: f64 = 8.0;
    let place = &truth.geometry.place;
    let step = place.step;
    let reach = (REACH_PX / step).round().max(1.0);
    let along = |dx: f64, dy: f64| -> Option<[f64; 3]> {
        let a = place.at(p[0] - reach * dx * step, p[1] - reach * dy * step)?;
        let b = place.at(p[0] + reach * dx * step, p[1] + reach * dy * step)?;
        let d = [0, 1, 2].map(|k| f64::from(b[k] - a[k]) / (2.0 * reach));
        d.iter().all(|v| v.is_finite()).then_some(d)
    };
    let (u, v) = (along(1.0, 0.0)?, along(0.0, 1.0)?);
    let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    Some(cross.iter().map(|c| c * c).sum::<f64>().sqrt())
}
