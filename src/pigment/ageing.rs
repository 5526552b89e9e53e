//! What years do to pigment: it fades, spreads and cools a little.

/// What is left once the first months have taken theirs; domain.md row 15 (−11 % of visual density
/// at six months).
const SETTLED: f64 = 0.90;
/// How quickly the first months take it, years.
const SETTLING_YEARS: f64 = 0.25;
/// Long-term fading per year; domain.md row 15 (0.05–0.15), confidence low to medium.
const FADE_PER_YEAR: f64 = 0.08;
/// Widening of a dot per year as a share of its diameter: 'dot expands slightly' (domain.md
/// section A.1, 6–12 months). By eye; confidence low.
const SPREAD_PER_YEAR: f64 = 0.015;
/// The widening ends where neighbours would run together.
const LARGEST_SPREAD: f64 = 1.2;
/// Share of each channel's light by which pigment becomes more transparent per year, blue most:
/// the slight cool shift of domain.md row 16 (Δb* −1 to −4). By eye; confidence low.
const COOLING_PER_YEAR: [f64; 3] = [0.0, 0.004, 0.014];
/// Years after which nothing more is claimed.
const LONGEST_YEARS: f64 = 12.0;

/// Share of the healed pigment that is left after `years`: 1 at 0, 0.83 after one year, 0.71 after
/// three, 0.60 after five (domain.md row 15).
pub fn retention(years: f64) -> f64 {
    let years = years.clamp(0.0, LONGEST_YEARS);
    let settled = SETTLED + (1.0 - SETTLED) * libm::exp(-years / SETTLING_YEARS);
    settled * libm::exp(-FADE_PER_YEAR * years)
}

/// How many times as wide a dot is after `years`.
pub fn spread(years: f64) -> f64 {
    (1.0 + SPREAD_PER_YEAR * years.max(0.0)).min(LARGEST_SPREAD)
}

/// A transmittance after `years`: a little cooler.
#[must_use]
pub fn cooled(transmittance: [f64; 3], years: f64) -> [f64; 3] {
    let years = years.clamp(0.0, LONGEST_YEARS);
    [0, 1, 2].map(|k| {
        let veil = COOLING_PER_YEAR[k] * years;
        veil + (1.0 - veil) * transmittance[k]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fades_as_the_table_says() {
        assert_eq!(retention(0.0), 1.0);
        for (years, left) in [(1.0, 0.83), (2.0, 0.77), (3.0, 0.71), (5.0, 0.60)] {
            assert!((retention(years) - left).abs() < 0.01, "{years}: {}", retention(years));
        }
        assert!((0.86..0.90).contains(&retention(0.5)), "six months: {}", retention(0.5));
    }

    #[test]
    fn cools_slowly_and_never_warms() {
        let t = [0.2, 0.18, 0.19];
        let mut last = 0.0;
        for years in 0..=12 {
            let c = cooled(t, f64::from(years));
            let cool = c[2] - c[0];
            assert!(cool >= last - 1.0 && (0..3).all(|k| c[k] >= t[k] && c[k] < 0.4));
            assert!(years == 0 || cool > last);
            last = cool;
        }
        assert_eq!(cooled(t, 0.0), t);
    }
}
