//! The head that is measured from a face, against what is known of rendered heads.
//!
//! `cargo test --test head -- --nocapture` prints every number. The shape of the skull was fitted to
//! the three people of all of these (leave-one-out errors: `src/head/skull.rs`); the nod of the canonical
//! face on `m_dark_front` and `f_medium_front_thinning`; the priors of `src/head/measure.rs` on the
//! frontal heads. `m_light_threequarter` and `m_light_front_12mp` were only checked.
#![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
#![cfg(not(target_arch = "wasm32"))]

use hairline::document::{Document, PhotoSize};
use hairline::face::{FaceMesh, FacePoints, PersonMask};
use hairline::hairline::{HairlineStyle, glabella_level, natural_trichion, suggest_style};
use hairline::head::{Head, HeadPlacement, MeasuredHead, PUPIL_DISTANCE_MM, from_face, without_face};
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;
use serde_json::Value;

const FACES: [&str; 5] = [
    "m_light_front",
    "m_light_threequarter",
    "m_light_front_12mp",
    "m_dark_front",
    "f_medium_front_thinning",
];

/// What is known of a head.
struct Known {
    truth: Value,
    mesh: Option<FaceMesh>,
    person: PersonMask,
    /// 255 scalp, 170 face, 85 the rest of the head, 40 the rest of the person; cosine × 255.
    parts: Vec<u8>,
    cosine: Vec<u8>,
}

/// Cells of the maps of parts and cosine, and photo px a cell.
const CELLS: [usize; 2] = [96, 128];
const CELL: f64 = 8.0;
const PHOTO: [f64; 2] = [768.0, 1024.0];

fn grey(name: &str) -> (usize, usize, Vec<u8>) {
    let path = format!("{}/tests/fixtures/heads/{name}.png", env!("CARGO_MANIFEST_DIR"));
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    pixels.truncate(info.buffer_size());
    (info.width as usize, info.height as usize, pixels)
}

impl Known {
    fn of(name: &str) -> Self {
        let path = format!("{}/tests/fixtures/heads/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mesh = serde_json::from_value::<Option<Vec<[f32; 3]>>>(truth["mesh"].clone()).unwrap();
        let (width, height, share) = grey(&format!("{name}_person"));
        Self {
            mesh: mesh.and_then(FaceMesh::new),
            person: PersonMask::new(width, height, PHOTO, share).unwrap(),
            parts: grey(&format!("{name}_parts")).2,
            cosine: grey(&format!("{name}_cosine")).2,
            truth,
        }
    }

    fn number(&self, name: &str) -> f64 {
        self.truth[name].as_f64().unwrap()
    }

    fn measured(&self, focal: bool, pupils: bool) -> MeasuredHead {
        from_face(
            self.mesh.as_ref().unwrap(),
            Some(&self.person),
            PHOTO,
            focal.then(|| self.number("focal_px")),
            pupils.then(|| self.number("pupil_distance_mm")),
        )
    }

    /// Cells of one part: photo point and cosine.
    fn cells(&self, part: u8) -> impl Iterator<Item = (PhotoPoint, f64)> {
        (0..CELLS[0] * CELLS[1]).filter(move |&i| self.parts[i] == part).map(|i| {
            let (x, y) = (i % CELLS[0], i / CELLS[0]);
            let p = PhotoPoint::new((x as f64 + 0.5) * CELL, (y as f64 + 0.5) * CELL);
            (p, f64::from(self.cosine[i]) / 255.0)
        })
    }

    /// Whether the cells around a place belong to its own part or the face: at a border the middle of a
    /// cell may be either.
    fn clear(&self, p: PhotoPoint, part: u8) -> bool {
        let around = [(-CELL, 0.0), (CELL, 0.0), (0.0, -CELL), (0.0, CELL)];
        around.iter().all(|(dx, dy)| {
            let (x, y) = (((p.x + dx) / CELL) as usize, ((p.y + dy) / CELL) as usize);
            let found = self.parts[y.min(CELLS[1] - 1) * CELLS[0] + x.min(CELLS[0] - 1)];
            found == part || found == 170
        })
    }

    /// Median and 95th percentile of the error of the cosine over the visible scalp.
    fn cosine_errors(&self, head: &Head) -> [f64; 2] {
        let mut errors: Vec<f64> = self
            .cells(255)
            .map(|(p, cosine)| {
                let found = if head.outline_contains(p, 1.0) { head.unproject(p).cosine } else { 0.0 };
                (found - cosine).abs()
            })
            .collect();
        errors.sort_by(f64::total_cmp);
        [errors[errors.len() / 2], errors[errors.len() * 95 / 100]]
    }
}

#[test]
fn pose_scale_and_surface_are_those_of_the_head() {
    for name in FACES {
        let known = Known::of(name);
        for focal in [true, false] {
            let m = known.measured(focal, true);
            let pose = [m.yaw_degrees, m.pitch_degrees, m.roll_degrees];
            let off = [0, 1, 2].map(|k| pose[k] - known.number(["yaw", "pitch", "roll"][k]));
            let scale = m.px_per_mm_forehead / known.number("px_per_mm_forehead") - 1.0;
            let [median, most] = known.cosine_errors(&Head::fit(&m.placement));
            println!(
                "{name} focal length known: {focal}; yaw {:+.1} pitch {:+.1} roll {:+.1}; scale {:+.1} %; \
                 cosine {median:.3} / {most:.3}",
                off[0],
                off[1],
                off[2],
                100.0 * scale
            );
            assert!(off[0].abs() < 5.0 && off[1].abs() < 8.0 && off[2].abs() < 3.0, "{name} {off:?}");
            assert!(scale.abs() < 0.03, "{name} {scale}");
            assert!(median < 0.06 && most < 0.15, "{name} {median} {most}");
        }
    }
}

/// Placements of the views without a face, from their renderer.
const WITHOUT_FACE: [(&str, [f64; 9]); 3] = [
    ("m_light_crown", [384.0, 478.6, 222.0, 286.7, 0.0, 180.0, 56.0, 152.3, 593.2]),
    ("m_light_back_scar", [384.0, 419.1, 192.95, 234.0, 0.0, 180.0, 2.0, 152.3, 792.5]),
    ("m_dark_profile", [419.3, 404.75, 237.75, 225.85, 0.0, -84.0, 2.0, 147.7, 800.9]),
];

fn heads() -> Vec<(&'static str, Known, Head)> {
    let faces = FACES.iter().map(|&name| {
        let known = Known::of(name);
        let head = Head::fit(&known.measured(true, true).placement);
        (name, known, head)
    });
    let others = WITHOUT_FACE.iter().map(|&(name, [x, y, a, b, roll, yaw, pitch, breadth, distance])| {
        let placement = HeadPlacement {
            centre: PhotoPoint::new(x, y),
            half_width: a,
            half_height: b,
            roll_degrees: roll,
            yaw_degrees: yaw,
            pitch_degrees: pitch,
            breadth_mm: breadth,
            camera_distance_mm: distance,
        };
        (name, Known::of(name), Head::fit(&placement))
    });
    faces.chain(others).collect()
}

#[test]
fn named_places_are_where_they_are_on_the_head() {
    for name in FACES {
        let known = Known::of(name);
        let points = FacePoints::of(known.mesh.as_ref().unwrap());
        let place = |name: &str| {
            serde_json::from_value::<PhotoPoint>(known.truth["landmarks"][name].clone()).unwrap()
        };
        let pupil_distance = place("pupil_l").distance(place("pupil_r"));
        for (what, found) in [
            ("pupil_l", points.pupil_left),
            ("pupil_r", points.pupil_right),
            ("glabella", points.glabella),
            ("nose_tip", points.nose_tip),
            ("subnasale", points.subnasale),
            ("menton", points.menton),
        ] {
            let off = place(what).distance(found) / pupil_distance;
            println!("{name}: {what} off by {:.1} % of the pupil distance", 100.0 * off);
            assert!(off < 0.1, "{name} {what} {off}");
        }
    }
}

/// The irises of rendered heads measure 10–14.5 mm and must not lead the scale astray. Of the 3 % that
/// are to be reached the mesh's pupils take up to 2.6 %; where the iris agrees it takes 1.4 % more.
#[test]
fn without_a_measurement_the_scale_is_that_of_the_mean_pupil_distance() {
    for name in FACES {
        let known = Known::of(name);
        let m = known.measured(false, false);
        let assumed =
            known.number("px_per_mm_forehead") * known.number("pupil_distance_mm") / PUPIL_DISTANCE_MM;
        let off = m.px_per_mm_forehead / assumed - 1.0;
        println!("{name}: scale alone {:+.1} % {:?}", 100.0 * off, m.scale);
        assert!(off.abs() < 0.036, "{name} {off}");
    }
}

#[test]
fn ears_and_neck_are_no_scalp_and_scalp_is() {
    for (name, known, head) in heads() {
        let share = |part: u8| {
            let cells: Vec<bool> = known
                .cells(part)
                .filter(|(p, _)| known.clear(*p, part))
                .map(|(p, _)| head.is_scalp(p))
                .collect();
            (cells.iter().filter(|&&s| s).count(), cells.len())
        };
        let (scalp, ears, neck) = (share(255), share(85), share(40));
        println!(
            "{name}: taken for scalp {scalp:?} of scalp, {ears:?} of ears, {neck:?} of neck and clothes"
        );
        assert!(scalp.0 as f64 > 0.9 * scalp.1 as f64, "{name} {scalp:?}");
        assert_eq!((ears.0, neck.0), (0, 0), "{name}");
    }
}

#[test]
fn the_suggested_midpoint_and_trichion_are_where_they_belong() {
    for name in FACES {
        let known = Known::of(name);
        let m = known.measured(false, true);
        let head = Head::fit(&m.placement);
        let place = |value: &Value| serde_json::from_value::<PhotoPoint>(value.clone()).unwrap();
        let line = suggest_style(&head, Some(&m.points), HairlineStyle::Mature);
        let middle = line[line.len() / 2];
        let base = glabella_level(&head, Some(&m.points));
        let along = |p: PhotoPoint| head.above_mm(head.unproject(p).scalp, base);
        // On the true surface: a way along it is as much longer than on the found one as pixels are.
        let truth = place(&known.truth["midpoint_75_mm"]);
        let off = along(middle) - along(truth);
        let aside = (middle.x - truth.x) / known.number("px_per_mm_forehead");
        let true_trichion = place(&known.truth["landmarks"]["trichion"]);
        let trichion = natural_trichion(&head, &m.points);
        let trichion_off = along(trichion) - along(true_trichion);
        println!(
            "{name}: midpoint {off:+.1} mm along the skin, {aside:+.1} mm aside; trichion {trichion_off:+.1} mm; \
             asked {:.1}",
            along(middle)
        );
        assert!(off.abs() < 5.0, "{name}: {off}");
        assert!(trichion_off.abs() < 10.0, "{name}: {trichion_off}");
    }
}

/// A guess that a person corrects: what it is worth is printed. Size, view and distance are guesses
/// without a face, so the cosine is held to less than where there is one.
#[test]
fn a_head_without_a_face_is_guessed() {
    for (name, truth) in WITHOUT_FACE {
        let known = Known::of(name);
        let placement = without_face(&known.person, PHOTO).unwrap();
        let head = Head::fit(&placement);
        let [median, most] = known.cosine_errors(&head);
        println!("{name}: cosine {median:.3} / {most:.3}; {placement:?}");
        assert!((placement.yaw_degrees - truth[5]).abs() < 10.0, "{name} {placement:?}");
        assert!((placement.pitch_degrees - truth[6]).abs() < 10.0, "{name} {placement:?}");
    }
}

/// Dots per cm² of the renderer's own skin: front, top and back apart, where skin is seen under more
/// than 24 degrees. Nearer to the limb a millimetre of outline is a tenth of density.
///
/// The scale of the face goes in twice, so an error of 2.3 % alone makes 4.6 % here. Hair around the
/// head of `f_medium_front_thinning` makes her skull 3 % too large.
#[test]
fn density_is_that_of_true_skin() {
    let set = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/assets/follicles.bin")).unwrap();
    for (name, known, head) in heads() {
        let asked = 150.0;
        let mut document = Document::starting(PhotoSize { width: 768, height: 1024 });
        document.head = head.placement().clone();
        document.dots.per_cm2 = asked;
        (document.dots.natural, document.dots.handwork) = (0.0, 0.0);
        // Everything behind a line far below is at full density.
        let c = document.head.centre;
        document.hairline.points =
            [-1.0, 0.0, 1.0].map(|k| PhotoPoint::new(c.x + 2000.0 * k, c.y + 1500.0)).to_vec();
        document.hairline.suggested = false;
        let mut renderer = Renderer::new();
        renderer.load_follicles(&set).unwrap();
        renderer.open(Photo::from_rgba(768, 1024, vec![255; 768 * 1024 * 4]).unwrap());
        renderer.set_document(&document.to_json()).unwrap();
        let mut dots = vec![0.0; CELLS[0] * CELLS[1]];
        for dot in renderer.dots().unwrap() {
            let (x, y) = ((dot.photo.x / CELL) as usize, (dot.photo.y / CELL) as usize);
            if x < CELLS[0] && y < CELLS[1] {
                dots[y * CELLS[0] + x] += 1.0;
            }
        }
        let depth = grey(&format!("{name}_depth")).2;
        let mut zones = [[0.0; 2]; 3];
        for (p, cosine) in known.cells(255).filter(|&(p, cosine)| cosine > 0.4 && known.clear(p, 255)) {
            let at = head.unproject(p);
            // The border of the scalp is soft.
            if head.scalp_share(&at) < 1.0 {
                continue;
            }
            let i = (p.y / CELL) as usize * CELLS[0] + (p.x / CELL) as usize;
            let mm_per_px = (450.0 + 2.0 * f64::from(depth[i])) / known.number("focal_px");
            let zone = if at.scalp.z > 0.3 { 0 } else { usize::from(at.scalp.z < -0.4) + 1 };
            zones[zone][0] += dots[i];
            zones[zone][1] += (CELL * mm_per_px) * (CELL * mm_per_px) / cosine / 100.0;
        }
        for ([count, cm2], zone) in zones.into_iter().zip(["front", "top", "back"]).filter(|z| z.0[1] > 8.0) {
            let off = count / cm2 / asked - 1.0;
            println!("{name}: {zone} {:+.1} % on {cm2:.0} cm²", 100.0 * off);
            let allowed = match name {
                "f_medium_front_thinning" => 0.09,
                // Placed by hand, as it were.
                "m_light_crown" | "m_dark_profile" => 0.08,
                _ => 0.07,
            };
            assert!(off.abs() < allowed, "{name} {zone} {off}");
        }
    }
}
