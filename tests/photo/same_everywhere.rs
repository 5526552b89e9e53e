//! Digests of decoded pixels and written files. `tests/photo.rs` checks them natively and
//! `tests/wasm.rs` can include this file: the numbers are the same, so the bytes are.

use hairline::export::{DEFAULT_JPEG_QUALITY, Format, encode};
use hairline::photo::Photo;

/// A fixture, and the digests of its pixels, of them as JPEG and of them as PNG.
type Case = (&'static [u8], [u64; 3]);

const CASES: [Case; 3] = [
    (
        include_bytes!("../fixtures/m_light_front.jpg"),
        [0xa2ea_5097_a54e_b26c, 0x6384_3b3c_1134_f415, 0x8e61_bdcb_dbd3_40b4],
    ),
    (
        include_bytes!("../fixtures/p3.jpg"),
        [0x78be_9e1b_2c9f_8eb3, 0x97d5_2478_609e_7468, 0xa32d_ff46_4d20_1cd3],
    ),
    (
        include_bytes!("../fixtures/grey.png"),
        [0xa5c3_8dc9_5da0_ab81, 0xb82f_e0ad_36fa_2e7f, 0x2589_10a4_b0a3_5c59],
    ),
];

/// Decodes and writes every case; `Err` holds what was found where it differs.
pub fn check() -> Result<(), [u64; 3]> {
    for (file, expected) in CASES {
        let photo = Photo::decode(file).map_err(|_| [0; 3])?;
        let write = |format| encode(photo.width(), photo.height(), photo.rgba(), format);
        let quality = DEFAULT_JPEG_QUALITY;
        let found = [
            digest(photo.rgba()),
            digest(&write(Format::Jpeg { quality }).unwrap_or_default()),
            digest(&write(Format::Png).unwrap_or_default()),
        ];
        if found != expected {
            return Err(found);
        }
    }
    Ok(())
}

/// FNV-1a of 64 bits: short enough to stand in a test, sensitive to every byte and its place.
fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
