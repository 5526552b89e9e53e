//! Writes the scene of `benches/page` into a folder: the photo, the plan whose density gives the
//! wanted number of dots, and those dots for the peers.
//!
//! `cargo run --example bench_scene -- FOLDER`; `cargo xtask bench` does it.

#[path = "../benches/scene/mod.rs"]
mod scene;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use hairline::composite::{Spread, View};
use scene::Scene;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("usage: bench_scene FOLDER")?;
    let folder = Path::new(&folder);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let plan = fs::read_to_string(root.join("benches/page/plan.json"))?;
    let follicles = fs::read(root.join("www/assets/follicles.bin"))?;
    let mut scene = Scene::new(&plan, &follicles)?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("photo.jpg"), &scene.photo)?;
    fs::write(folder.join("plan.json"), scene.document.to_json())?;
    fs::write(folder.join("dots.csv"), dots(&mut scene)?)?;
    Ok(())
}

/// Every dot as round as the peers draw it: a disc with the pigment of the engine's, and the σ of a
/// Gaussian that covers as much as the engine's.
fn dots(scene: &mut Scene) -> Result<String, Box<dyn Error>> {
    let view = View::new(0.0, 0.0, 1.0, scene.document.photo.width, scene.document.photo.height)?;
    let spread = Spread::new(&view, scene.renderer.skin()?.blur_px);
    let mut csv = String::from("x_px,y_px,radius_px,strength,sigma_px\n");
    for dot in scene.renderer.dots()? {
        let radius = (dot.mass / (std::f32::consts::PI * dot.strength)).sqrt();
        let [xx, xy, yy] = spread.covariance(dot.covariance);
        let sigma = (xx * yy - xy * xy).max(0.0).sqrt().sqrt();
        writeln!(csv, "{:.3},{:.3},{radius:.3},{:.3},{sigma:.3}", dot.photo.x, dot.photo.y, dot.strength)?;
    }
    Ok(csv)
}
