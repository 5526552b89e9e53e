//! Darkening pixels, several at a time.
//!
//! Everything is whole numbers in the same order on every processor and in wasm, so that the same
//! picture comes out.

use super::coverage::ONE;
use super::darkening::{CODES, DARKENING, SUM_BITS};
use bytemuck::cast;
use wide::{i16x8, i32x4, i32x8, u8x16, u32x4};

/// The step of full coverage.
pub const FULL: u16 = 1020;
/// Steps of coverage, rounded up to a power of two.
pub const STEPS: usize = 1024;
/// How many pixels have their steps worked out before they are darkened.
pub const AT_ONCE: usize = 256;
/// How many pixels are darkened or passed over together.
const GROUP: usize = 8;

/// The coverage that a step stands for, the middle of what falls into it.
pub fn coverage_of(step: u16) -> f64 {
    match step {
        0 => 0.0,
        FULL.. => 1.0,
        _ => (f64::from(step) + 0.5) / f64::from(FULL),
    }
}

/// The step of each pixel: its coverage times its diffuse share (all of it if there is none). The
/// highest of them.
#[inline]
pub fn steps_of(coverage: &[u16], diffuse: &[u8], steps: &mut [u16; AT_ONCE]) -> u16 {
    let diffuse = if diffuse.is_empty() { &[255; AT_ONCE][..] } else { diffuse };
    let mut highest = 0;
    for ((step, &c), &d) in steps.iter_mut().zip(coverage).zip(diffuse) {
        // (c d) >> 10 as the upper half of a product, which is one operation.
        *step = ((u32::from(c.min(ONE) << 3) * u32::from(u16::from(d) << 3)) >> 16) as u16;
        highest = highest.max(*step);
    }
    highest
}

/// Writes every pixel of `before`, darkened by the row of its step, to `after`.
#[inline]
pub fn darken(before: &[[u8; 4]], after: &mut [[u8; 4]], steps: &[u16; AT_ONCE], rows: &[i16x8; STEPS]) {
    // Looked up once: whether it has been made yet must not be asked for every pixel.
    let curves = &DARKENING.curves;
    let (before, last_before) = before.as_chunks::<GROUP>();
    let (after, last_after) = after.as_chunks_mut::<GROUP>();
    let (steps, _) = steps.as_chunks::<GROUP>();
    for ((before, after), steps) in before.iter().zip(after.iter_mut()).zip(steps) {
        // Most of a picture is not covered at all. Within a group none is passed over: whether a
        // pixel is covered is anybody's guess, and a wrong guess costs more than the products.
        let [some, others]: [u64; 2] = cast(*steps);
        *after = if some | others == 0 { *before } else { darkened(before, steps, curves, rows) };
    }
    if let Some(steps) = steps.get(before.len()) {
        let mut group = [[0; 4]; GROUP];
        group[..last_before.len()].copy_from_slice(last_before);
        let group = darkened(&group, steps, curves, rows);
        last_after.copy_from_slice(&group[..last_after.len()]);
    }
}

#[inline]
fn darkened(
    before: &[[u8; 4]; GROUP],
    steps: &[u16; GROUP],
    curves: &[u32; CODES],
    rows: &[i16x8; STEPS],
) -> [[u8; 4]; GROUP] {
    let lost: [i32x4; GROUP] =
        std::array::from_fn(|i| lost(before[i], curves, &rows[usize::from(steps[i]) % STEPS]));
    let lost: [i32x8; 4] = cast(lost);
    let lost = lost.map(i16x8::from_i32x8_saturate);
    let before: [u8x16; 2] = cast(*before);
    cast([
        before[0].saturating_sub(u8x16::narrow_i16x8(lost[0], lost[1])),
        before[1].saturating_sub(u8x16::narrow_i16x8(lost[2], lost[3])),
    ])
}

/// What the channels of a pixel lose, codes.
#[inline]
fn lost([r, g, b, _]: [u8; 4], curves: &[u32; CODES], row: &i16x8) -> i32x4 {
    let codes: i16x8 = cast([curves[usize::from(r)], curves[usize::from(g)], curves[usize::from(b)], 0]);
    let sum = codes.dot(*row) + i32x4::splat(1 << (SUM_BITS - 1));
    // Never negative: shifted as such, the compiler sees that nothing saturates later.
    cast(cast::<_, u32x4>(sum) >> SUM_BITS)
}
