//! No two touches of a hand are alike.

/// √6: a sum of two values uniform within ±½ has variance 1/6.
const UNIT_VARIANCE: f32 = 2.449_489_8;

/// Where and how one touch lands, as multiples of the usual error: each of mean 0 and variance 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// Of the diameter.
    pub diameter: f32,
    /// Of the strength.
    pub strength: f32,
    /// Of the place, in two directions.
    pub place: [f32; 2],
}

/// The touch at a follicle: sums of uniform values, so that nothing lies beyond ±√6 and no libm is
/// needed.
pub(super) fn touch(rank: u32, seed: u32) -> Touch {
    let mut state = (u64::from(rank) << 32 | u64::from(seed)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut uniform = || {
        // SplitMix64 (Steele, Lea & Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u32 << 24) as f32 - 0.5
    };
    let mut value = || (uniform() + uniform()) * UNIT_VARIANCE;
    Touch { diameter: value(), strength: value(), place: [value(), value()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches_have_mean_zero_and_variance_one() {
        let n = 20_000;
        let all: Vec<Touch> = (0..n).map(|i| touch(i, 5)).collect();
        for pick in
            [|t: &Touch| t.diameter, |t: &Touch| t.strength, |t: &Touch| t.place[0], |t: &Touch| t.place[1]]
        {
            let mean = all.iter().map(pick).sum::<f32>() / n as f32;
            let variance = all.iter().map(pick).map(|v| v * v).sum::<f32>() / n as f32;
            assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        }
    }
}
