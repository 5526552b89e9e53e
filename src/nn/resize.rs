//! Enlarging a picture, bilinear between the middles of places.

use super::layout::Layout;

/// One place of the enlarged picture along one direction: its two neighbours, and the second one's
/// weight.
fn neighbours(i: usize, size: usize, input: usize) -> (usize, usize, f32) {
    let at = ((i as f32 + 0.5) * (input as f32 / size as f32) - 0.5).clamp(0.0, (input - 1) as f32);
    let first = at as usize;
    (first, (first + 1).min(input - 1), at - first as f32)
}

/// Writes the picture `input` at the size of `output`, both of equally many channels.
pub(super) fn resize(input: Layout, values: &[f32], output: Layout, out: &mut [f32]) {
    let depth = input.channels;
    for (row, target) in out.chunks_exact_mut(output.row()).enumerate() {
        let (y0, y1, v) = neighbours(row, output.height, input.height);
        let (upper, lower) = (&values[y0 * input.row()..], &values[y1 * input.row()..]);
        for (column, place) in target.chunks_exact_mut(depth).enumerate() {
            let (x0, x1, u) = neighbours(column, output.width, input.width);
            let top = upper[x0 * depth..].iter().zip(&upper[x1 * depth..]);
            let bottom = lower[x0 * depth..].iter().zip(&lower[x1 * depth..]);
            for ((out, (a, b)), (c, d)) in place.iter_mut().zip(top).zip(bottom) {
                let (top, bottom) = (a + (b - a) * u, c + (d - c) * u);
                *out = top + (bottom - top) * v;
            }
        }
    }
}
