//! What is known of each pixel, as grey pictures of the photo's size.

use std::fs;
use std::path::Path;

use hairline::analysis::Maps;
use hairline::space::PhotoPoint;

use crate::{Failure, write};

/// Writes every map into a folder, which is made if it is not there.
pub fn write_maps(folder: &Path, width: u32, height: u32, maps: &Maps) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .map_err(|e| Failure::Input(format!("{} cannot be made: {e}", folder.display())))?;
    for (name, map) in maps.by_name() {
        let mut grey = Vec::with_capacity(width as usize * height as usize);
        for y in 0..height {
            for x in 0..width {
                let share = map(PhotoPoint::new(f64::from(x) + 0.5, f64::from(y) + 0.5));
                grey.push((share.clamp(0.0, 1.0) * 255.0).round() as u8);
            }
        }
        write(&folder.join(format!("{name}.png")), &png(width, height, &grey)?)?;
    }
    Ok(())
}

fn png(width: u32, height: u32, grey: &[u8]) -> Result<Vec<u8>, Failure> {
    let wrong = |e: png::EncodingError| Failure::Input(format!("a map cannot be encoded: {e}"));
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(wrong)?;
    writer.write_image_data(grey).map_err(wrong)?;
    writer.finish().map_err(wrong)?;
    Ok(file)
}
