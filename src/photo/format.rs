//! What a file is, told by its first bytes and never by its name.

use crate::Error;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    WebP,
}

/// Recognises the format, or says what is the matter with the file.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::EmptyFile);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    if is_heic(bytes) {
        return Err(Error::Heic);
    }
    Err(Error::NotAPhoto)
}

/// Whether an ISO base media file (ISO/IEC 14496-12) names a brand of HEIF with HEVC pictures
/// (ISO/IEC 23008-12, annex B) as its major or a compatible brand.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"];
    let [a, b, c, d, b'f', b't', b'y', b'p', ..] = *bytes else {
        return false;
    };
    let length = (u32::from_be_bytes([a, b, c, d]) as usize).min(bytes.len());
    let brands = bytes.get(8..length).unwrap_or_default();
    // The second word is the version of the major brand; no version spells a brand.
    let known = brands.chunks_exact(4).any(|brand| BRANDS.contains(&brand));
    // A bare `mif1` says HEIF without saying which codec; AVIF says so itself.
    let unnamed = brands.starts_with(b"mif1") || brands.starts_with(b"msf1");
    known || (unnamed && !brands.chunks_exact(4).any(|brand| brand == b"avif"))
}
