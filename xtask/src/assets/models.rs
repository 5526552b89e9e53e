//! The neural networks in `www/models` and the canonical face in `src/face`: what they must be, and how
//! they come out of the npm packages that publish them.
//!
//! Nothing is converted: a file is a range of bytes of a file in a package of one exact version. The
//! canonical face alone is written anew, as its vertices only.

use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the project that comes out of a package.
struct Asset {
    /// Where it lies in the repository.
    path: &'static str,
    sha256: &'static str,
    package: &'static str,
    /// The file in the package, and which of its bytes.
    file: &'static str,
    bytes: std::ops::Range<usize>,
    /// From those bytes to the file.
    make: fn(&[u8]) -> Result<Vec<u8>, String>,
}

const FACE_MESH: &str = "@mediapipe/face_mesh@0.4.1657299874";
const PACKED: &str = "face_mesh_solution_packed_assets.data";

const ASSETS: [Asset; 5] = [
    Asset {
        path: "www/models/face_detection_short_range.tflite",
        sha256: "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
        package: FACE_MESH,
        file: PACKED,
        bytes: 3_757_224..3_986_256,
        make: same,
    },
    Asset {
        path: "www/models/face_landmark_with_attention.tflite",
        sha256: "883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d",
        package: FACE_MESH,
        file: PACKED,
        bytes: 0..2_495_952,
        make: same,
    },
    Asset {
        path: "www/models/face_detection_full_range.tflite",
        sha256: "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
        package: "@mediapipe/face_detection@0.4.1657300184",
        file: "face_detection_full_range.tflite",
        bytes: 0..1_083_984,
        make: same,
    },
    Asset {
        path: "www/models/selfie_segmentation.tflite",
        sha256: "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
        package: "@mediapipe/selfie_segmentation@0.1.1675465747",
        file: "selfie_segmentation.tflite",
        bytes: 0..249_024,
        make: same,
    },
    Asset {
        path: "src/face/canonical.bin",
        sha256: "b364b0a356ab7d33ce21a0d74c4f0ce947a45be5ec546799f1654f6e682b45d4",
        package: FACE_MESH,
        file: PACKED,
        bytes: 3_737_848..3_757_224,
        make: vertices,
    },
];

/// Checks that every committed file is the expected one.
pub fn check(root: &Path) -> Result<(), String> {
    for asset in &ASSETS {
        let bytes = std::fs::read(root.join(asset.path)).map_err(|e| format!("{}: {e}", asset.path))?;
        asset.verify(&bytes)?;
        println!("{}: {} bytes, as expected", asset.path, bytes.len());
    }
    Ok(())
}

/// Fetches the packages with npm and writes every file anew.
pub fn derive(root: &Path, npm: &Path, work: &Path) -> Result<(), String> {
    for asset in &ASSETS {
        let folder = unpacked(asset.package, npm, work)?;
        let source = folder.join("package").join(asset.file);
        let source = std::fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
        let part = source.get(asset.bytes.clone()).ok_or_else(|| format!("{} is too short", asset.file))?;
        let bytes = (asset.make)(part)?;
        asset.verify(&bytes)?;
        std::fs::write(root.join(asset.path), &bytes).map_err(|e| format!("{}: {e}", asset.path))?;
        println!("{}: {} bytes from {}", asset.path, bytes.len(), asset.package);
    }
    Ok(())
}

impl Asset {
    fn verify(&self, bytes: &[u8]) -> Result<(), String> {
        let hash = format!("{:x}", Sha256::digest(bytes));
        if hash == self.sha256 {
            Ok(())
        } else {
            Err(format!("{} is not the expected file: its sha256 is {hash}, not {}", self.path, self.sha256))
        }
    }
}

/// The folder with a package of an exact version, fetched unless it is there.
fn unpacked(package: &str, npm: &Path, work: &Path) -> Result<PathBuf, String> {
    let folder = work.join(package.replace(['@', '/'], "_"));
    if folder.join("package/package.json").is_file() {
        return Ok(folder);
    }
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let run = |command: &mut Command| {
        let line = crate::process::line(command);
        let output = command.current_dir(&folder).output().map_err(|e| format!("{line}: {e}"))?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(said(&output.stdout))
        } else {
            Err(format!("`{line}` failed: {}", said(&output.stderr)))
        }
    };
    let archive = run(Command::new(npm).args(["pack", "--silent", package]))?;
    run(Command::new("tar").arg("-xzf").arg(archive.lines().last().unwrap_or_default()))?;
    Ok(folder)
}

// The signature is that of everything that makes an asset.
#[allow(clippy::unnecessary_wraps, reason = "another asset can fail to be made")]
fn same(bytes: &[u8]) -> Result<Vec<u8>, String> {
    Ok(bytes.to_vec())
}

/// The places of the canonical mesh's vertices in 1/3000 cm, 16 bits each.
///
/// The file is a protocol buffer: in field 1, the mesh, each field 3 is a number of the vertex buffer,
/// five to a vertex, of which the last two are texture coordinates.
fn vertices(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let wrong = || "the canonical face is written in an unknown way".to_owned();
    let mesh = fields(bytes).ok_or_else(wrong)?.into_iter().find(|(number, _)| *number == 1);
    let (_, mesh) = mesh.ok_or_else(wrong)?;
    let numbers: Vec<f32> = fields(mesh)
        .ok_or_else(wrong)?
        .into_iter()
        .filter(|(number, _)| *number == 3)
        .flat_map(|(_, value)| value.as_chunks().0.iter().map(|word| f32::from_le_bytes(*word)))
        .collect();
    if numbers.len() != 468 * 5 {
        return Err(wrong());
    }
    let steps = |cm: &f32| ((cm * 3000.0).round() as i16).to_le_bytes();
    Ok(numbers.chunks_exact(5).flat_map(|vertex| vertex[..3].iter().flat_map(steps)).collect())
}

/// The fields of a protocol buffer's message: numbers, and values as bytes (none of those packed in the
/// tag's own variable length are needed, so these are skipped).
fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = variable(&mut bytes)?;
        let length = match tag & 7 {
            0 => {
                variable(&mut bytes)?;
                continue;
            }
            1 => 8,
            2 => usize::try_from(variable(&mut bytes)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (value, rest) = bytes.split_at_checked(length)?;
        fields.push((tag >> 3, value));
        bytes = rest;
    }
    Some(fields)
}

/// A number of seven bits a byte, the least significant first.
fn variable(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        if byte & 128 == 0 {
            return Some(value);
        }
    }
    None
}
