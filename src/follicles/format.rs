//! The bytes of a follicle set: a header and 27 bits a point, in rank order.
//!
//! | offset | type | content |
//! |---|---|---|
//! | 0 | 4 bytes | `HLFS` |
//! | 4 | u32 | version, 1 |
//! | 8 | u32 | number of points |
//! | 12 | f32 | area of the domain on the canonical skull, cm² |
//! | 16 | f32 | half width of the chart square |
//! | 20 | u64 | FNV-1a 64 of all other bytes |
//! | 28 | packed | point `i` at bit 27 `i`: chart column + 11585 × chart row |
//!
//! All little-endian. The chart is Lambert's equal-area azimuthal map of the unit sphere about
//! [`CHART_POLE`]. It is decoded with + − × ÷ √ in `f64` only and rounded once, so that native
//! and wasm agree in every bit.

use super::FollicleSet;
use crate::error::Error;
use crate::space::ScalpPoint;

/// First bytes of a set.
pub const MAGIC: [u8; 4] = *b"HLFS";
/// The version written and read.
pub const VERSION: u32 = 1;
/// Bytes before the packed points.
pub const HEADER_BYTES: usize = 28;
/// Most points a set may have; far beyond any scalp, low enough never to exhaust memory.
pub const MAX_POINTS: usize = 1 << 20;
/// The unit vector about which the chart is drawn, near the middle of the hair-bearing scalp:
/// above and behind the vertex (3-4-5, so that it is exactly of length one in decimals).
pub const CHART_POLE: [f64; 3] = [0.0, 0.8, -0.6];

/// Columns and rows of the chart: the most of which all pairs go into [`BITS`].
const STEPS: u64 = 11_585;
const BITS: usize = 27;
const CHECKSUM_AT: usize = 20;

/// FNV-1a, 64 bits.
pub fn fnv1a64<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn checksum(bytes: &[u8]) -> u64 {
    let (head, rest) = bytes.split_at(CHECKSUM_AT);
    fnv1a64(head.iter().chain(&rest[8..]))
}

/// Chart coordinates of a unit vector.
fn to_chart(point: [f64; 3]) -> [f64; 2] {
    let [_, py, pz] = CHART_POLE;
    let along = py * point[1] + pz * point[2];
    let across = py * point[2] - pz * point[1];
    let k = (2.0 / (1.0 + along)).sqrt();
    [k * point[0], k * across]
}

/// The unit vector at chart coordinates, or nothing beyond the chart's rim.
fn from_chart([x, y]: [f64; 2]) -> Option<[f64; 3]> {
    let [_, py, pz] = CHART_POLE;
    let r2 = x * x + y * y;
    if r2 >= 4.0 {
        return None;
    }
    let along = 1.0 - 0.5 * r2;
    let k = (1.0 - 0.25 * r2).sqrt();
    let across = k * y;
    Some([k * x, py * along - pz * across, pz * along + py * across])
}

/// Packs unit vectors (rank order) over a domain of `area_cm2`.
///
/// The inverse of [`decode`] up to the chart's resolution (steps of about 0.025 mm). At most
/// [`MAX_POINTS`]; the vectors must not be opposite to [`CHART_POLE`].
pub fn encode(points: &[[f64; 3]], area_cm2: f32) -> Vec<u8> {
    let chart: Vec<[f64; 2]> = points.iter().map(|p| to_chart(*p)).collect();
    let reach = chart.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
    // A hair wider than the points, so that the outermost does not round into the next step.
    let half = (reach * 1.0001 + 1e-6) as f32;
    let step = 2.0 * f64::from(half) / STEPS as f64;
    let cell = |v: f64| (((v + f64::from(half)) / step).max(0.0) as u64).min(STEPS - 1);
    let mut out = Vec::with_capacity(HEADER_BYTES + packed_len(points.len()));
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(points.len() as u32).to_le_bytes());
    out.extend_from_slice(&area_cm2.to_le_bytes());
    out.extend_from_slice(&half.to_le_bytes());
    out.extend_from_slice(&[0; 8]);
    out.resize(HEADER_BYTES + packed_len(points.len()), 0);
    for (i, c) in chart.iter().enumerate() {
        let bits = (cell(c[0]) + STEPS * cell(c[1])) << (BITS * i % 8);
        for (to, from) in out[HEADER_BYTES + BITS * i / 8..].iter_mut().zip(bits.to_le_bytes()) {
            *to |= from;
        }
    }
    let sum = checksum(&out);
    out[CHECKSUM_AT..CHECKSUM_AT + 8].copy_from_slice(&sum.to_le_bytes());
    out
}

/// Reads what [`encode`] wrote; anything else is [`Error::BadFollicleSet`].
pub fn decode(bytes: &[u8]) -> Result<FollicleSet, Error> {
    parse(bytes).ok_or(Error::BadFollicleSet)
}

fn parse(bytes: &[u8]) -> Option<FollicleSet> {
    let field = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
    let count = u32::from_le_bytes(field(8)?) as usize;
    let known = field(0)? == MAGIC && u32::from_le_bytes(field(4)?) == VERSION;
    if !known || count == 0 || count > MAX_POINTS {
        return None;
    }
    let packed = bytes.get(HEADER_BYTES..)?;
    if packed.len() != packed_len(count) {
        return None;
    }
    let stored: [u8; 8] = bytes.get(CHECKSUM_AT..CHECKSUM_AT + 8)?.try_into().ok()?;
    if checksum(bytes) != u64::from_le_bytes(stored) {
        return None;
    }
    let area_cm2 = f32::from_le_bytes(field(12)?);
    let half = f32::from_le_bytes(field(16)?);
    if !(area_cm2.is_finite() && area_cm2 > 0.0 && half > 0.0 && half <= 2.0) {
        return None;
    }
    let half = f64::from(half);
    let step = 2.0 * half / STEPS as f64;
    let centre = |steps: u64| (steps as f64 + 0.5) * step - half;
    let mut points = Vec::with_capacity(count);
    for i in 0..count {
        // 27 bits and up to 7 before them lie within five bytes; the last point may have four.
        let rest = packed.get(BITS * i / 8..)?;
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(rest.iter().take(5)) {
            *to = *from;
        }
        let cell = u64::from_le_bytes(word) >> (BITS * i % 8) & ((1 << BITS) - 1);
        let [x, y, z] = from_chart([centre(cell % STEPS), centre(cell / STEPS)])?;
        points.push(ScalpPoint { x: x as f32, y: y as f32, z: z as f32 });
    }
    Some(FollicleSet { points, area_cm2 })
}

/// Bytes of `count` packed points.
fn packed_len(count: usize) -> usize {
    (count * BITS).div_ceil(8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn some(count: usize) -> Vec<[f64; 3]> {
        (0..count)
            .map(|i| {
                let t = i as f64 / count as f64;
                let y = 1.0 - 1.2 * t;
                let r = (1.0 - y * y).sqrt();
                let (s, c) = libm::sincos(2.4 * i as f64);
                [r * s, y, r * c]
            })
            .collect()
    }

    #[test]
    fn survives_the_round_trip() {
        for count in [1, 2, 7, 8, 9, 1000] {
            let points = some(count);
            let set = decode(&encode(&points, 10.0)).unwrap();
            assert_eq!(set.len(), count);
            assert_eq!(set.area_cm2(), 10.0);
            for (a, b) in points.iter().zip(set.points()) {
                let d = [a[0] - f64::from(b.x), a[1] - f64::from(b.y), a[2] - f64::from(b.z)];
                assert!(d.iter().all(|d| d.abs() < 6e-4), "{a:?} became {b:?}");
            }
        }
    }

    #[test]
    fn refuses_what_lies_beyond_the_rim() {
        // A chart as wide as the sphere has corners that are nowhere on it.
        let mut bytes = encode(&some(2), 10.0);
        bytes[16..20].copy_from_slice(&2.0_f32.to_le_bytes());
        bytes[HEADER_BYTES..].fill(0xff);
        let sum = checksum(&bytes);
        bytes[CHECKSUM_AT..CHECKSUM_AT + 8].copy_from_slice(&sum.to_le_bytes());
        assert_eq!(decode(&bytes).err(), Some(Error::BadFollicleSet));
    }
}
