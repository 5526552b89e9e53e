//! The committed follicle set: whole, dense, evenly spaced, and the same bits everywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use hairline::Error;
use hairline::follicles::{ASSET_DECODED_HASH, FollicleSet, quality};

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

#[test]
fn every_prefix_is_evenly_spaced() {
    let set = FollicleSet::from_bytes(BYTES).unwrap();
    let points = quality::on_skull(set.points());
    let area = f64::from(set.area_cm2()) * 100.0;
    for percent in [10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100] {
        let s = quality::spacing(&points[..points.len() * percent / 100], area);
        assert!(s.p01 >= 0.57 && s.mean >= 0.74, "{percent} %: {s:?}");
        // The three sessions of a treatment are spaced better than what lies between.
        if [30, 70, 100].contains(&percent) {
            assert!(s.min >= 0.68 && s.p01 >= 0.72, "{percent} %: {s:?}");
        }
    }
}
