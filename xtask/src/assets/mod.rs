//! `cargo xtask assets`: rebuilds the shipped follicle set and checks its hash.
//!
//! `--models` fetches the neural networks instead; `--check` builds nothing: it verifies the committed
//! files, networks included.

mod domain;
mod eliminate;
mod grid;
mod models;
mod relax;

use crate::setup::node;
use crate::workspace;
use hairline::follicles::{FollicleSet, format, quality};
use std::time::Instant;

/// Where the set is served from, below the repository.
const FOLLICLES: &str = "www/assets/follicles.bin";
/// FNV-1a 64 of the whole committed file.
const FOLLICLES_HASH: u64 = 0xafe7_e6e0_d20e_80ef;
/// Ranks in the set: as many as stay below 500,000 bytes.
const RANKS: usize = 148_000;
/// Candidates for each rank kept, before elimination.
const CANDIDATES_PER_RANK: f64 = 3.5;
/// The stream of the candidates.
const SEED: u64 = 0x000f_0111_c1e5;

/// Rebuilds the assets, or with `--check` only verifies them.
pub fn run(args: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), String> {
    let args: Vec<String> = args.into_iter().map(|a| a.as_ref().to_owned()).collect();
    let asked = |what: &str| args.iter().any(|a| a == what);
    let check = asked("--check");
    let root = workspace::root();
    if asked("--models") {
        let npm = node::npm().map_err(|e| format!("{e:#}"))?;
        return models::derive(&root, &npm, &workspace::target().join("models"));
    }
    models::check(&root)?;
    let path = root.join(FOLLICLES);
    let bytes =
        if check { std::fs::read(&path).map_err(|e| format!("{FOLLICLES}: {e}"))? } else { follicles() };
    let set = FollicleSet::from_bytes(&bytes).map_err(|e| format!("{FOLLICLES}: {e}"))?;
    let hash = format::fnv1a64(&bytes);
    println!(
        "{FOLLICLES}: {} ranks, {:.1} cm², {:.1} /cm², {} bytes, hash {hash:#018x}, decoded {:#018x}",
        set.len(),
        set.area_cm2(),
        set.density_per_cm2(),
        bytes.len(),
        set.decoded_hash()
    );
    if !check {
        report(&set);
        std::fs::write(&path, &bytes).map_err(|e| format!("{FOLLICLES}: {e}"))?;
    }
    if hash != FOLLICLES_HASH {
        return Err(format!(
            "{FOLLICLES} is not the expected set: its hash is {hash:#018x}, not {FOLLICLES_HASH:#018x}"
        ));
    }
    Ok(())
}

/// Builds the set: candidates, elimination into ranks, relaxation of all prefixes, packing.
fn follicles() -> Vec<u8> {
    let clock = Instant::now();
    let area = domain::area_mm2(0.0);
    // Built with a rim around the domain, cut off at the end: at the edge of what is built points
    // have no neighbours on one side and crowd outwards.
    let rim_area = domain::area_mm2(domain::RIM_MM);
    let built = (RANKS as f64 * rim_area / area * 1.002) as usize;
    let candidates = domain::candidates((built as f64 * CANDIDATES_PER_RANK) as usize, SEED);
    let mut points = eliminate::ranked(&candidates, built, rim_area);
    println!("elimination: {:.1} s", clock.elapsed().as_secs_f32());
    relax::relax(&mut points, rim_area);
    println!("relaxation: {:.1} s", clock.elapsed().as_secs_f32());
    let inside: Vec<[f64; 3]> = points
        .iter()
        .map(|p| domain::direction(p.map(f64::from)))
        .filter(|u| domain::contains(*u, 0.0))
        .take(RANKS)
        .collect();
    format::encode(&inside, (area / 100.0) as f32)
}

/// Prints spacing and power of some prefixes: the sessions of full and of the default density
/// (160 of 220 per cm²: 21.8, 50.9 and 72.7 %) among them.
fn report(set: &FollicleSet) {
    let points = quality::on_skull(set.points());
    let area = f64::from(set.area_cm2()) * 100.0;
    let middles = quality::patches_on_skull(&points, area);
    for percent in [
        5.0, 10.0, 12.0, 15.0, 18.0, 21.8, 25.0, 30.0, 33.0, 35.0, 40.0, 45.0, 50.9, 55.0, 60.0, 65.0, 70.0,
        72.7, 75.0, 80.0, 85.0, 90.0, 95.0, 100.0,
    ] {
        let prefix = &points[..(points.len() as f64 * percent / 100.0) as usize];
        let s = quality::spacing(prefix, area);
        let power = quality::spectrum_on_skull(prefix, prefix.len() as f64 / area, &middles);
        println!(
            "{percent:5.1} %  rho min {:.3}  p01 {:.3}  mean {:.3}  CE {:.2}  LF {:.3}  peak {:.1}",
            s.min,
            s.p01,
            s.mean,
            s.clark_evans(),
            power.low,
            power.peak
        );
    }
}
