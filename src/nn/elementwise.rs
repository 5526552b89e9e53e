//! What is done to each number by itself, in place.

/// A curve that each value is sent through.
#[derive(Debug, Clone, Copy)]
pub(super) enum Curve {
    /// 0 where negative.
    Relu,
    /// 1 / (1 + e^-x).
    Logistic,
    /// x · clamp(x + 3, 0, 6) / 6 (Howard et al. 2019, `MobileNetV3`).
    HardSwish,
}

impl Curve {
    pub(super) fn run(self, values: &mut [f32]) {
        match self {
            Self::Relu => values.iter_mut().for_each(|v| *v = v.max(0.0)),
            Self::Logistic => values.iter_mut().for_each(|v| *v = 1.0 / (1.0 + libm::expf(-*v))),
            Self::HardSwish => values.iter_mut().for_each(|v| *v *= (*v + 3.0).clamp(0.0, 6.0) / 6.0),
        }
    }
}

/// Multiplies negative values by the slope of their channel.
pub(super) fn prelu(values: &mut [f32], slopes: &[f32]) {
    for place in values.chunks_exact_mut(slopes.len()) {
        for (v, slope) in place.iter_mut().zip(slopes) {
            *v = if *v < 0.0 { *v * slope } else { *v };
        }
    }
}

/// Adds to each value, or multiplies it by, the other operand, which begins again where it ends.
pub(super) fn combine(values: &mut [f32], others: &[f32], multiply: bool) {
    for part in values.chunks_exact_mut(others.len()) {
        let pairs = part.iter_mut().zip(others);
        if multiply {
            pairs.for_each(|(v, other)| *v *= other);
        } else {
            pairs.for_each(|(v, other)| *v += other);
        }
    }
}
