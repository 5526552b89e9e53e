//! A treatment through time: sessions that build on each other, healing, years; and a set of dots
//! for each client.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's panic is its message")]

use std::collections::HashMap;
use std::path::PathBuf;

use hairline::document::{Document, PhotoSize, Setting};
use hairline::dots::{Dot, HEALED_DAYS, Moment, SESSION_SHARES};
use hairline::photo::Photo;
use hairline::renderer::Renderer;

/// A plain light card under a starting plan.
fn renderer(change: impl FnOnce(&mut Document)) -> Renderer {
    let mut renderer = Renderer::new();
    let set = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/assets/follicles.bin");
    renderer.load_follicles(&std::fs::read(set).unwrap()).unwrap();
    let size = PhotoSize { width: 900, height: 1200 };
    renderer.open(Photo::from_rgba(900, 1200, [214, 178, 158, 255].repeat(900 * 1200)).unwrap());
    let mut document = Document::starting(size);
    change(&mut document);
    renderer.set_document(&document.to_json()).unwrap();
    renderer
}

fn at(renderer: &mut Renderer, session: u8, days: f64, years: f64) -> Vec<Dot> {
    renderer.set_moment(Moment::new(session, days, years));
    renderer.dots().unwrap().to_vec()
}

fn mass(dots: &[Dot]) -> f64 {
    dots.iter().map(|d| f64::from(d.mass)).sum()
}

#[test]
fn sessions_are_nested_and_no_dot_moves() {
    let mut renderer = renderer(|_| ());
    let sessions = [1, 2, 3].map(|n| at(&mut renderer, n, HEALED_DAYS, 0.0));
    for pair in sessions.windows(2) {
        let later: HashMap<u32, &Dot> = pair[1].iter().map(|d| (d.rank, d)).collect();
        for dot in &pair[0] {
            let same = later[&dot.rank];
            assert_eq!(
                (same.photo.x.to_bits(), same.photo.y.to_bits()),
                (dot.photo.x.to_bits(), dot.photo.y.to_bits())
            );
        }
    }
    // Of the final number, as the table of sessions says, but for the fade around each threshold.
    let last = sessions[2].len() as f32;
    for (dots, share) in sessions.iter().zip(SESSION_SHARES) {
        assert!((dots.len() as f32 / last - share).abs() < 0.02, "{} of {last}", dots.len());
    }
}

#[test]
fn a_session_is_dark_when_fresh_pale_at_ten_days_and_then_blooms() {
    let mut renderer = renderer(|_| ());
    let [fresh, pale, healed] = [0.0, 10.0, HEALED_DAYS].map(|days| mass(&at(&mut renderer, 1, days, 0.0)));
    assert!(fresh > 1.2 * healed && pale < 0.85 * healed, "{fresh} {pale} {healed}");
    // Later sessions lie among healed dots, so the whole changes less.
    let [fresh, healed] = [0.0, HEALED_DAYS].map(|days| mass(&at(&mut renderer, 3, days, 0.0)));
    assert!(fresh > healed && fresh < 1.3 * healed, "{fresh} {healed}");
}

#[test]
fn years_take_as_much_as_the_table_says_and_widen_the_dots() {
    let mut renderer = renderer(|_| ());
    let now = at(&mut renderer, 3, HEALED_DAYS, 0.0);
    for (years, left) in [(1.0, 0.83), (3.0, 0.71), (5.0, 0.60)] {
        let then = at(&mut renderer, 3, HEALED_DAYS, years);
        assert_eq!(then.len(), now.len(), "no dot disappears, all fade");
        let share = mass(&then) / mass(&now);
        // A little more than the strength alone: paler dots hide less of each other.
        assert!((share - left).abs() < 0.02, "{years}: {share}");
        assert!(then.iter().zip(&now).all(|(a, b)| a.diameter_mm > b.diameter_mm));
    }
}

#[test]
fn another_client_gets_other_dots_as_evenly_spaced() {
    let of = |seed| {
        let mut renderer = renderer(|d| d.seed = seed);
        at(&mut renderer, 3, HEALED_DAYS, 0.0)
    };
    let (one, same, other) = (of(1), of(1), of(2));
    assert_eq!(one, same);
    let places: HashMap<u32, &Dot> = one.iter().map(|d| (d.rank, d)).collect();
    let moved = other.iter().filter(|d| places.get(&d.rank).is_none_or(|o| o.photo.distance(d.photo) > 0.3));
    assert!(moved.count() > other.len() * 9 / 10);
    assert!((one.len() as f64 / other.len() as f64 - 1.0).abs() < 0.02, "{} {}", one.len(), other.len());
}

#[test]
fn the_expected_number_of_dots_is_the_one_asked_for() {
    // Every dot by the weight of its fade: with a fade or without, as many are expected.
    let count = |per_cm2: f64| {
        let mut renderer = renderer(|d| {
            d.set_number(Setting::Density, per_cm2);
            (d.dots.handwork, d.dots.natural, d.dots.hairline_share) = (0.0, 0.0, 1.0);
        });
        let dots = at(&mut renderer, 3, HEALED_DAYS, 0.0);
        let full = dots.iter().map(|d| d.strength).fold(0.0f32, f32::max);
        dots.iter().filter(|d| d.diameter_mm > 0.4999).map(|d| f64::from(d.strength / full)).sum::<f64>()
    };
    let (half, whole) = (count(100.0), count(200.0));
    assert!((whole / half / 2.0 - 1.0).abs() < 0.004, "{half} {whole}");
}
