//! Small least-squares problems.

/// The normal equations of a least-squares problem in `N` unknowns.
#[derive(Debug, Clone)]
pub(super) struct NormalEquations<const N: usize> {
    matrix: [[f64; N]; N],
    right: [f64; N],
}

impl<const N: usize> NormalEquations<N> {
    /// Of no observation yet.
    pub(super) fn new() -> Self {
        Self { matrix: [[0.0; N]; N], right: [0.0; N] }
    }

    /// Adds the observation that `slopes · unknowns` is `value`, with a weight.
    pub(super) fn add(&mut self, slopes: [f64; N], value: f64, weight: f64) {
        for i in 0..N {
            for j in 0..N {
                self.matrix[i][j] += weight * slopes[i] * slopes[j];
            }
            self.right[i] += weight * slopes[i] * value;
        }
    }

    /// The unknowns; the diagonal is raised by the share `damping`. None if they are not determined.
    pub(super) fn solve(&self, damping: f64) -> Option<[f64; N]> {
        let (mut a, mut b) = (self.matrix, self.right);
        for (i, row) in a.iter_mut().enumerate() {
            row[i] *= 1.0 + damping;
        }
        // Gaussian elimination; a positive definite matrix needs no pivoting.
        for k in 0..N {
            let pivot = a[k][k];
            if pivot.is_nan() || pivot <= 1e-14 * self.matrix[k][k] || pivot <= 0.0 {
                return None;
            }
            let (row, known) = (a[k], b[k]);
            for (below, right) in a.iter_mut().zip(&mut b).skip(k + 1) {
                let factor = below[k] / pivot;
                for (value, above) in below.iter_mut().zip(row).skip(k) {
                    *value -= factor * above;
                }
                *right -= factor * known;
            }
        }
        for k in (0..N).rev() {
            let known: f64 = (k + 1..N).map(|j| a[k][j] * b[j]).sum();
            b[k] = (b[k] - known) / a[k][k];
        }
        b.iter().all(|v| v.is_finite()).then_some(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_three_points() {
        let mut equations = NormalEquations::<2>::new();
        for (x, y) in [(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)] {
            equations.add([x, 1.0], y, 1.0);
        }
        let [slope, start] = equations.solve(0.0).unwrap_or([0.0; 2]);
        assert!((slope - 2.0).abs() < 1e-12 && (start - 1.0).abs() < 1e-12);
        assert_eq!(NormalEquations::<2>::new().solve(0.0), None);
    }
}
