//! Smoothing of planes, with weights. A plane is as high as its length says.

/// Smooths by a kernel close to a Gaussian of `sigma` px: three running means each way.
/// Beyond the plane there is nothing.
pub(super) fn smooth(plane: &mut [f32], width: usize, sigma: f64) {
    // Three boxes of width 2r + 1 have variance r (r + 1).
    let reach = (((sigma * sigma + 0.25).sqrt() - 0.5) + 0.5) as usize;
    if reach == 0 || width == 0 {
        return;
    }
    let mut line = vec![0.0; width];
    for row in plane.chunks_exact_mut(width) {
        for _ in 0..3 {
            line.copy_from_slice(row);
            running_mean(&line, row, reach);
        }
    }
    let mut source = vec![0.0; plane.len()];
    for _ in 0..3 {
        source.copy_from_slice(plane);
        running_mean_down(&source, plane, width, reach);
    }
}

/// Weighted smoothing: what has no weight does not count. Where nothing near has weight, 0.
pub(super) fn smooth_where(
    plane: &mut [f32],
    weight: &[f32],
    smoothed_weight: &[f32],
    width: usize,
    sigma: f64,
) {
    for (v, w) in plane.iter_mut().zip(weight) {
        *v *= w;
    }
    smooth(plane, width, sigma);
    for (v, w) in plane.iter_mut().zip(smoothed_weight) {
        *v = if *w > 1e-4 { *v / w } else { 0.0 };
    }
}

fn running_mean(from: &[f32], to: &mut [f32], reach: usize) {
    let n = from.len();
    let share = 1.0 / (2 * reach + 1) as f64;
    let mut sum: f64 = from.iter().take(reach).map(|v| f64::from(*v)).sum();
    for i in 0..n {
        if i + reach < n {
            sum += f64::from(from[i + reach]);
        }
        if i > reach {
            sum -= f64::from(from[i - reach - 1]);
        }
        to[i] = (sum * share) as f32;
    }
}

fn running_mean_down(from: &[f32], to: &mut [f32], width: usize, reach: usize) {
    let n = from.len() / width;
    let share = 1.0 / (2 * reach + 1) as f64;
    let row = |i: usize| &from[i * width..(i + 1) * width];
    let mut sums = vec![0.0f64; width];
    for i in 0..reach.min(n) {
        for (sum, v) in sums.iter_mut().zip(row(i)) {
            *sum += f64::from(*v);
        }
    }
    for (i, target) in to.chunks_exact_mut(width).enumerate() {
        if i + reach < n {
            for (sum, v) in sums.iter_mut().zip(row(i + reach)) {
                *sum += f64::from(*v);
            }
        }
        if i > reach {
            for (sum, v) in sums.iter_mut().zip(row(i - reach - 1)) {
                *sum -= f64::from(*v);
            }
        }
        for (to, sum) in target.iter_mut().zip(&sums) {
            *to = (*sum * share) as f32;
        }
    }
}

/// 0 up to `from`, 1 from `to` on, smooth between (or falling, when `to` is below `from`).
pub(super) fn step(from: f32, to: f32, at: f32) -> f32 {
    let t = ((at - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_spreads_like_a_gaussian() {
        for sigma in [1.0f64, 2.5, 6.0] {
            let width = 81;
            let mut plane = vec![0.0; width * width];
            plane[40 * width + 40] = 1.0;
            smooth(&mut plane, width, sigma);
            let (mut mass, mut across, mut down) = (0.0, 0.0, 0.0);
            for (i, v) in plane.iter().enumerate() {
                let (x, y) = ((i % width) as f64 - 40.0, (i / width) as f64 - 40.0);
                mass += f64::from(*v);
                across += f64::from(*v) * x * x;
                down += f64::from(*v) * y * y;
            }
            assert!((mass - 1.0).abs() < 1e-4);
            assert!((across - down).abs() < 1e-3 && (across.sqrt() / sigma - 1.0).abs() < 0.45, "{across}");
        }
    }

    #[test]
    fn what_has_no_weight_does_not_leak() {
        let width = 32;
        let weight: Vec<f32> = (0..width * width).map(|i| if i % width < 16 { 1.0 } else { 0.0 }).collect();
        let mut plane: Vec<f32> = weight.iter().map(|w| if *w > 0.0 { 3.0 } else { 900.0 }).collect();
        let mut smoothed = weight.clone();
        smooth(&mut smoothed, width, 3.0);
        smooth_where(&mut plane, &weight, &smoothed, width, 3.0);
        assert!(plane.iter().zip(&smoothed).all(|(v, w)| *w < 1e-3 || (v - 3.0).abs() < 1e-3));
    }
}
