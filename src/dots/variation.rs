//! No two touches of a hand are alike.

/// √6: a sum of two values uniform within ±½ has variance 1/6.
const UNIT_VARIANCE: f32 = 2.449_489_8;

/// Two independent values of mean 0 and variance 1 for a follicle: sums of uniform ones, so that
/// nothing lies beyond ±√6 and no libm is needed.
pub(super) fn variation(rank: u32, seed: u32) -> [f32; 2] {
    let mut state = (u64::from(rank) << 32 | u64::from(seed)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut uniform = || {
        // SplitMix64 (Steele, Lea & Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u32 << 24) as f32 - 0.5
    };
    [(uniform() + uniform()) * UNIT_VARIANCE, (uniform() + uniform()) * UNIT_VARIANCE]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_mean_zero_and_variance_one() {
        let n = 20_000;
        let values: Vec<[f32; 2]> = (0..n).map(|i| variation(i, 5)).collect();
        for k in 0..2 {
            let mean = values.iter().map(|v| v[k]).sum::<f32>() / n as f32;
            let variance = values.iter().map(|v| v[k] * v[k]).sum::<f32>() / n as f32;
            assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        }
    }
}
