//! The committed follicle set: whole, dense, evenly spaced, and the same bits everywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use hairline::Error;
use hairline::follicles::{
    ASSET_DECODED_HASH, ASSET_INDIVIDUAL_HASH, FollicleSet, Individual, format, quality,
};
use hairline::space::ScalpPoint;

const BYTES: &[u8] = include_bytes!("../www/assets/follicles.bin");

#[test]
fn the_asset_is_small_and_dense() {
    assert!(BYTES.len() <= 500_000, "{} bytes", BYTES.len());
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    assert!(set.density_per_cm2() >= 220.0, "{}", set.density_per_cm2());
    for p in set.points() {
        let length = f64::from(p.x) * f64::from(p.x)
            + f64::from(p.y) * f64::from(p.y)
            + f64::from(p.z) * f64::from(p.z);
        assert!((length - 1.0).abs() < 1e-6);
    }
}

#[test]
fn it_decodes_to_the_same_bits_everywhere() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    assert_eq!(set.decoded_hash(), ASSET_DECODED_HASH, "{:#018x}", set.decoded_hash());
}

#[test]
fn damaged_sets_are_refused() {
    for length in (0..64).chain([BYTES.len() / 2, BYTES.len() - 1]) {
        assert_eq!(FollicleSet::from_bytes(&BYTES[..length]).err(), Some(Error::BadFollicleSet));
    }
    for at in (0..64).chain([1000, 99_999, BYTES.len() - 1]) {
        for change in [1, 0x80, 0xff] {
            let mut bytes = BYTES.to_vec();
            bytes[at] ^= change;
            assert_eq!(FollicleSet::from_bytes(&bytes).err(), Some(Error::BadFollicleSet), "byte {at}");
        }
    }
    let mut longer = BYTES.to_vec();
    longer.push(0);
    assert_eq!(FollicleSet::from_bytes(&longer).err(), Some(Error::BadFollicleSet));
}

/// The sessions in ‰ of the ranks: 30, 70 and 100 % of the full density, and of the default
/// density of 160 per cm².
const SESSIONS: [usize; 6] = [218, 300, 509, 700, 727, 1000];

#[test]
fn every_prefix_is_evenly_spaced() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    let points = quality::on_skull(set.points());
    let area = f64::from(set.area_cm2()) * 100.0;
    let between = [100, 110, 120, 130, 140, 150, 180, 250, 310, 330, 350, 400, 450, 520, 550, 600, 650, 750];
    for permille in between.into_iter().chain([800, 850, 900, 950]).chain(SESSIONS) {
        let s = quality::spacing(&points[..points.len() * permille / 1000], area);
        assert!(s.p01 >= 0.55 && s.mean >= 0.74, "{permille} permille: {s:?}");
        // The sessions of a treatment are spaced better than what lies between.
        if SESSIONS.contains(&permille) {
            assert!(s.min >= 0.68 && s.p01 >= 0.72, "{permille} permille: {s:?}");
        }
    }
}

#[test]
fn no_prefix_is_mottled() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    let points = quality::on_skull(set.points());
    let area = f64::from(set.area_cm2()) * 100.0;
    let patches = quality::patches_on_skull(&points, area);
    assert!(patches.len() >= 24, "{}", patches.len());
    for permille in [100, 120, 150, 180, 250, 350, 400, 450, 550, 600, 850].into_iter().chain(SESSIONS) {
        let prefix = &points[..points.len() * permille / 1000];
        let s = quality::spectrum_on_skull(prefix, prefix.len() as f64 / area, &patches);
        let most = if SESSIONS.contains(&permille) { 0.06 } else { 0.09 };
        assert!(s.low <= most, "{permille} permille: {}", s.low);
        // No lattice: those have peaks of 4 and more, and directions that stand out.
        assert!(s.peak <= 3.0 && s.anisotropy <= 1.5, "{permille} permille: {s:?}");
    }
}

/// The places of all follicles for one client.
fn individual(set: &FollicleSet, seed: u32) -> Vec<ScalpPoint> {
    let individual = Individual::new(seed);
    set.points().iter().map(|p| individual.place(*p)).collect()
}

#[test]
fn individuals_are_spaced_as_well() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    let area = f64::from(set.area_cm2()) * 100.0;
    let plain = quality::on_skull(set.points());
    let moved = [1, 2, 3].map(|seed| quality::on_skull(&individual(&set, seed)));
    for permille in [100, 300, 727, 1000] {
        let count = plain.len() * permille / 1000;
        let before = quality::spacing(&plain[..count], area);
        for moved in &moved {
            let after = quality::spacing(&moved[..count], area);
            assert!(
                after.min >= 0.97 * before.min && after.p01 >= 0.97 * before.p01,
                "{permille} permille: {before:?} became {after:?}"
            );
        }
    }
}

#[test]
fn individuals_differ() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    // Both mirrored, so that only the shift can tell them apart.
    let [one, other] = [1, 3].map(|seed| quality::on_skull(&individual(&set, seed)));
    let apart = one
        .iter()
        .zip(&other)
        .filter(|(a, b)| (0..3).map(|k| (a[k] - b[k]) * (a[k] - b[k])).sum::<f64>() > 0.1 * 0.1);
    assert!(apart.count() * 10 > one.len() * 9);
    let odd = individual(&set, 1);
    let even = individual(&set, 2);
    assert!(set.points().iter().zip(&odd).all(|(a, b)| (a.x + b.x).abs() < 0.01), "odd seeds mirror");
    assert!(set.points().iter().zip(&even).all(|(a, b)| (a.x - b.x).abs() < 0.01), "even seeds do not");
}

#[test]
fn an_individual_has_the_same_bits_everywhere() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    let points = individual(&set, 7);
    let bytes: Vec<u8> = points.iter().flat_map(|p| [p.x, p.y, p.z]).flat_map(f32::to_le_bytes).collect();
    let hash = format::fnv1a64(&bytes);
    assert_eq!(hash, ASSET_INDIVIDUAL_HASH, "{hash:#018x}");
}
