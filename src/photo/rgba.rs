//! Rewriting the pixels of a buffer in place.

/// Turns pixels of `N` ≤ 4 bytes at the start of `buffer` into RGBA, from the last to the first,
/// so that none is overwritten before it was read.
pub(super) fn spread<const N: usize>(buffer: &mut [u8], pixels: usize, rgba: impl Fn([u8; N]) -> [u8; 4]) {
    for index in (0..pixels).rev() {
        let mut pixel = [0; N];
        pixel.copy_from_slice(&buffer[index * N..(index + 1) * N]);
        buffer[index * 4..(index + 1) * 4].copy_from_slice(&rgba(pixel));
    }
}

/// Turns pixels of `N` ≥ 4 bytes into RGBA, from the first to the last, and gives back the rest.
pub(super) fn narrow<const N: usize>(buffer: &mut Vec<u8>, pixels: usize, rgba: impl Fn([u8; N]) -> [u8; 4]) {
    for index in 0..pixels {
        let mut pixel = [0; N];
        pixel.copy_from_slice(&buffer[index * N..(index + 1) * N]);
        buffer[index * 4..(index + 1) * 4].copy_from_slice(&rgba(pixel));
    }
    buffer.truncate(pixels * 4);
    buffer.shrink_to_fit();
}
