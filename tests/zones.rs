//! Zones from plan to dots: what a drag leaves behind is what a fresh start selects, sessions stay
//! nested, and no dot ever moves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's panic is its message")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use hairline::document::{Action, Document, PhotoSize, Shape, Stroke, Zone, ZoneDensity, ZoneKind};
use hairline::dots::{Dot, Moment};
use hairline::estimate::Rates;
use hairline::photo::Photo;
use hairline::renderer::Renderer;
use hairline::space::PhotoPoint;
use proptest::prelude::*;

const SIZE: PhotoSize = PhotoSize { width: 600, height: 800 };

fn renderer() -> Renderer {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/assets/follicles.bin");
    let mut renderer = Renderer::new();
    renderer.load_follicles(&std::fs::read(path).unwrap()).unwrap();
    let pixels = vec![180; (SIZE.width * SIZE.height * 4) as usize];
    renderer.open(Photo::from_rgba(SIZE.width, SIZE.height, pixels).unwrap());
    renderer
}

fn dots(renderer: &mut Renderer, document: &Document) -> Vec<Dot> {
    renderer.set_document(&document.to_json()).unwrap();
    renderer.dots().unwrap().to_vec()
}

/// A place of the head: `across` and `up` in units of the outline's half axes.
fn place(document: &Document, across: f64, up: f64) -> PhotoPoint {
    let head = &document.head;
    PhotoPoint::new(head.centre.x + across * head.half_width, head.centre.y - up * head.half_height)
}

fn around(document: &Document, across: f64, up: f64, radius: f64) -> Shape {
    let c = place(document, across, up);
    let ring = (0..24).map(|i| {
        let (s, k) = libm::sincos(std::f64::consts::TAU * f64::from(i) / 24.0);
        PhotoPoint::new(c.x + radius * k, c.y + radius * s)
    });
    Shape::Lasso(ring.collect())
}

fn freehand(shape: Shape, action: Action) -> Zone {
    Zone { action, ..Zone::new(ZoneKind::Freehand, shape) }
}

/// Dots within `radius` px of a place.
fn near(dots: &[Dot], p: PhotoPoint, radius: f64) -> usize {
    dots.iter().filter(|d| d.photo.distance(p) < radius).count()
}

#[test]
fn zones_add_before_the_line_and_take_away_behind_it() {
    let mut renderer = renderer();
    let plain = Document::starting(SIZE);
    let bare = dots(&mut renderer, &plain);
    // Between the line and the brow.
    let front = place(&plain, 0.0, 0.38);
    assert_eq!(near(&bare, front, 15.0), 0);
    let treated = freehand(around(&plain, 0.0, 0.38, 25.0), Action::Treat);
    let with = dots(&mut renderer, &Document { zones: vec![treated], ..plain.clone() });
    assert!(near(&with, front, 15.0) > 100, "{}", near(&with, front, 15.0));

    let top = place(&plain, 0.0, 0.8);
    assert!(near(&bare, top, 15.0) > 100);
    for action in [Action::KeepClear, Action::ThisIsHair] {
        let zones = vec![freehand(around(&plain, 0.0, 0.8, 25.0), action)];
        let without = dots(&mut renderer, &Document { zones, ..plain.clone() });
        assert_eq!(near(&without, top, 15.0), 0, "{action:?}");
        assert!(without.len() < bare.len());
    }
    // The face stays the face.
    let zones = vec![freehand(around(&plain, 0.0, -0.2, 40.0), Action::Treat)];
    let face = dots(&mut renderer, &Document { zones, ..plain.clone() });
    assert!(face == bare);
}

#[test]
fn a_zone_has_the_density_that_is_asked_for() {
    let mut renderer = renderer();
    let mut plan = Document::starting(SIZE);
    let (across, up, radius) = (0.1, 0.62, 45.0);
    let middle = place(&plain_top(&plan), across, up);
    let head = plan.fitted_head();
    for asked in [60.0, 120.0, 200.0] {
        let mut zone = freehand(around(&plan, across, up, radius), Action::Treat);
        zone.density = ZoneDensity::PerCm2(asked);
        plan.zones = vec![zone];
        let found = dots(&mut renderer, &plan);
        let inner = 0.6 * radius;
        let (mut skin_mm2, step) = (0.0, inner / 60.0);
        for i in -60..=60 {
            for j in -60..=60 {
                let p = PhotoPoint::new(middle.x + f64::from(i) * step, middle.y + f64::from(j) * step);
                if p.distance(middle) < inner {
                    let [xx, xy, yy] = head.unproject(p).spot_covariance();
                    skin_mm2 += step * step / (xx * yy - xy * xy).sqrt();
                }
            }
        }
        let measured = near(&found, middle, inner) as f64 / skin_mm2 * 100.0;
        // As in tests/engine.rs: the fade around the threshold adds faint dots.
        assert!((measured / asked - 1.0).abs() < 0.08, "{measured} for {asked}");
    }
}

fn plain_top(plan: &Document) -> Document {
    Document { zones: Vec::new(), ..plan.clone() }
}

#[test]
fn sessions_of_zones_are_nested_and_no_dot_moves() {
    let mut renderer = renderer();
    let mut plan = Document::starting(SIZE);
    plan.zones = vec![
        freehand(around(&plan, 0.0, 0.4, 40.0), Action::Treat),
        Zone { density: ZoneDensity::PerCm2(70.0), ..freehand(around(&plan, 0.2, 0.8, 30.0), Action::Treat) },
        Zone::new(ZoneKind::OtherScar, around(&plan, -0.2, 0.8, 30.0)),
        Zone { density: ZoneDensity::Share(0.5), ..Zone::new(ZoneKind::Crown, Shape::Anatomy) },
        Zone::new(ZoneKind::Temples, Shape::Anatomy),
    ];
    let mut before: HashMap<u32, PhotoPoint> = HashMap::new();
    renderer.set_document(&plan.to_json()).unwrap();
    for session in 1..=3 {
        renderer.set_moment(Moment::new(session, 28.0, 0.0));
        let now: HashMap<u32, PhotoPoint> =
            renderer.dots().unwrap().iter().map(|d| (d.rank, d.photo)).collect();
        assert!(now.len() > before.len());
        assert!(before.iter().all(|(rank, p)| now.get(rank) == Some(p)), "session {session}");
        before = now;
    }
    let all = before;
    plan.zones.clear();
    renderer.set_document(&plan.to_json()).unwrap();
    for dot in renderer.dots().unwrap() {
        assert!(all.get(&dot.rank).is_none_or(|p| *p == dot.photo));
    }
}

#[test]
fn cells_that_no_zone_reaches_keep_their_dots() {
    let mut renderer = renderer();
    let mut plan = Document::starting(SIZE);
    let bare = dots(&mut renderer, &plan);
    plan.zones = vec![freehand(around(&plan, 0.0, 0.8, 20.0), Action::KeepClear)];
    let with = dots(&mut renderer, &plan);
    let c = place(&plan, 0.0, 0.8);
    let far = |dots: &[Dot]| dots.iter().filter(|d| d.photo.distance(c) > 45.0).copied().collect::<Vec<_>>();
    assert!(far(&bare) == far(&with) && with.len() < bare.len());
}

#[test]
fn a_shade_of_its_own_changes_with_that_of_the_plan() {
    let mut renderer = renderer();
    let mut plan = Document::starting(SIZE);
    plan.zones = vec![Zone { shade: Some(5.0), ..freehand(around(&plan, 0.0, 0.8, 30.0), Action::Treat) }];
    let dark = dots(&mut renderer, &plan);
    plan.shade = 5.0;
    let same = dots(&mut renderer, &plan);
    assert!(dark.iter().map(|d| d.mass).sum::<f32>() > same.iter().map(|d| d.mass).sum::<f32>());
    assert!(same == dots(&mut self::renderer(), &plan));
}

/// What the photo shows is corrected by hand.
#[test]
fn this_is_skin_makes_room_where_the_pixels_said_hair() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/m_light_back_scar_small.jpg");
    let mut renderer = renderer();
    let size = renderer.open_photo(&std::fs::read(path).unwrap()).unwrap();
    let mut plan = Document::starting(size);
    plan.head.yaw_degrees = 180.0;
    plan.hairline.points = plan.suggested_points(&plan.fitted_head());
    let found = dots(&mut renderer, &plan).len();
    let whole = Shape::Lasso(
        [(-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0)].map(|(x, y)| place(&plan, x, y)).to_vec(),
    );
    plan.zones = vec![freehand(whole.clone(), Action::ThisIsSkin)];
    let corrected = dots(&mut renderer, &plan).len();
    assert!(corrected as f64 > 1.1 * found as f64, "{corrected} {found}");
    let area = renderer.treated_area_cm2().unwrap();
    plan.zones.push(freehand(whole, Action::ThisIsHair));
    assert!(dots(&mut renderer, &plan).is_empty());
    assert!(area > 100.0 && renderer.treated_area_cm2().unwrap() < 1.0);
}

/// The renderer tells of the plan by what the photo shows.
#[test]
fn the_renderer_warns_and_estimates() {
    let mut renderer = renderer();
    let mut plan = Document::starting(SIZE);
    plan.zones = vec![freehand(around(&plan, 0.0, 0.7, 30.0), Action::Treat)];
    let px = 15.0 * plan.fitted_head().px_per_mm_at_centre();
    plan.hairline.points.iter_mut().for_each(|p| p.y += px);
    renderer.set_document(&plan.to_json()).unwrap();
    assert!(renderer.warnings().unwrap().iter().any(|w| w.code == "low-hairline"));
    let told = renderer.estimate(Rates::default()).unwrap();
    assert!(told.zones.len() == 1 && told.zones[0].dots.high > 0.0);
}

/// A change of a plan while it is worked on.
#[derive(Debug, Clone)]
enum Step {
    Point(usize, usize, f64, f64),
    Line(usize, f64, f64),
    Action(usize, Action),
    Density(f64),
    Shade(f64),
    Remove,
    Stroke(f64, f64, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let off = || -40.0..40.0;
    let action = prop_oneof![
        Just(Action::Treat),
        Just(Action::KeepClear),
        Just(Action::ThisIsHair),
        Just(Action::ThisIsSkin)
    ];
    prop_oneof![
        4 => (0..3usize, 0..24usize, off(), off()).prop_map(|(z, i, x, y)| Step::Point(z, i, x, y)),
        2 => (0..7usize, off(), off()).prop_map(|(i, x, y)| Step::Line(i, x * 0.3, y * 0.3)),
        1 => (0..3usize, action).prop_map(|(z, a)| Step::Action(z, a)),
        1 => (80.0..220.0).prop_map(Step::Density),
        1 => (1.0..5.0).prop_map(Step::Shade),
        1 => Just(Step::Remove),
        2 => (-0.6..0.6, 0.2..0.95, any::<bool>()).prop_map(|(x, y, e)| Step::Stroke(x, y, e)),
    ]
}

fn apply(plan: &mut Document, step: &Step) {
    let n = plan.zones.len();
    match *step {
        Step::Point(z, i, x, y) if n > 0 => {
            if let Some(p) = Arc::make_mut(&mut plan.zones[z % n].shape).points_mut().nth(i) {
                *p = PhotoPoint::new(p.x + x, p.y + y);
            }
        }
        Step::Action(z, action) if n > 0 => plan.zones[z % n].action = action,
        Step::Line(i, x, y) => {
            let p = &mut plan.hairline.points[i];
            *p = PhotoPoint::new(p.x + x, p.y + y);
        }
        Step::Density(v) => plan.dots.per_cm2 = v,
        Step::Shade(v) => plan.shade = v,
        Step::Remove => drop(plan.zones.pop()),
        Step::Stroke(x, y, erase) => {
            let (a, b) = (place(plan, x, y), place(plan, x + 0.2, y - 0.1));
            let touches = vec![[a.x, a.y, 0.6].into(), [b.x, b.y, 1.0].into()];
            let stroke = Stroke { touches, radius_px: 9.0, erase };
            plan.zones.push(freehand(Shape::Brush(vec![stroke]), Action::Treat));
        }
        Step::Point(..) | Step::Action(..) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_work_on_zones_selects_what_a_fresh_start_selects(steps in prop::collection::vec(step(), 1..6)) {
        let mut worked = renderer();
        let mut plan = Document::starting(SIZE);
        plan.zones = vec![
            Zone { shade: Some(2.0), ..freehand(around(&plan, 0.1, 0.45, 30.0), Action::Treat) },
            Zone::new(ZoneKind::FutScar, Shape::Strip { points: vec![place(&plan, -0.5, 0.7), place(&plan, 0.4, 0.75)], width_mm: 5.0 }),
            freehand(around(&plan, -0.3, 0.7, 25.0), Action::KeepClear),
        ];
        dots(&mut worked, &plan);
        for step in &steps {
            apply(&mut plan, step);
            let mine = dots(&mut worked, &plan);
            let fresh = dots(&mut renderer(), &plan);
            prop_assert!(mine == fresh, "{step:?}");
        }
    }
}
