//! The moment that is looked at: after which session, how many days healed, how many years old.

/// Share of the final density that stands after each session; domain.md row 6.
pub const SESSION_SHARES: [f32; 3] = [0.30, 0.70, 1.00];
/// Strength of the dots of each session relative to the whole plan's: the first is done lightest,
/// about 4 L* of the dot's colour a step (domain.md row 7; direction well attested, amounts by
/// eye). The mean over the finished treatment is 1.
pub const SESSION_STRENGTHS: [f32; 3] = [0.94, 1.00, 1.06];
/// Days after which a session counts as healed; domain.md section A.6.
pub const HEALED_DAYS: f64 = 28.0;
/// Years that are shown at most.
pub const LONGEST_YEARS: f64 = 6.0;

/// Day, opacity and core diameter as multiples of the healed ones; domain.md section A.6 'display
/// curve': swollen and dark, then pale under new skin, then blooming back.
const HEALING: [(f64, f64, f64); 4] =
    [(0.0, 1.35, 1.70), (5.0, 1.35, 1.70), (10.0, 0.80, 0.95), (HEALED_DAYS, 1.0, 1.0)];
/// Widest fresh core, mm: 0.25 for fine dots (domain.md row 2), coarser ones in proportion.
const WIDEST_FRESH_CORE_MM: f64 = 0.25;
const FINE_CORE_MM: f64 = 0.15;

/// When the treatment is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    session: u8,
    days: f64,
    years: f64,
}

impl Default for Moment {
    /// The finished treatment, healed.
    fn default() -> Self {
        Self::new(SESSION_SHARES.len() as u8, HEALED_DAYS, 0.0)
    }
}

impl Moment {
    /// After `session` (1 the first), `days` after it, and `years` later; each is brought into its
    /// range, and what is no number is healed and fresh respectively. Years begin after healing.
    pub fn new(session: u8, days: f64, years: f64) -> Self {
        let or = |v: f64, otherwise: f64| if v.is_finite() { v } else { otherwise };
        Self {
            session: session.clamp(1, SESSION_SHARES.len() as u8),
            days: or(days, HEALED_DAYS).clamp(0.0, HEALED_DAYS),
            years: or(years, 0.0).clamp(0.0, LONGEST_YEARS),
        }
    }

    /// The session, 1 the first.
    pub fn session(&self) -> u8 {
        self.session
    }

    /// Days since that session, [`HEALED_DAYS`] at most.
    pub fn days(&self) -> f64 {
        self.days
    }

    /// Years since it healed.
    pub fn years(&self) -> f64 {
        self.years
    }

    /// Index of the session.
    pub(super) fn index(&self) -> usize {
        usize::from(self.session) - 1
    }

    /// Opacity and core diameter of this session's dots as multiples of the healed ones.
    pub(super) fn healing(&self, core_mm: f64) -> (f64, f64) {
        let (opacity, diameter) = healing(self.days);
        let widest = (WIDEST_FRESH_CORE_MM * core_mm / FINE_CORE_MM).max(core_mm);
        (opacity, diameter.min(widest / core_mm))
    }
}

fn healing(days: f64) -> (f64, f64) {
    for pair in HEALING.windows(2) {
        let ((d0, o0, c0), (d1, o1, c1)) = (pair[0], pair[1]);
        if days <= d1 {
            let t = ((days - d0) / (d1 - d0)).clamp(0.0, 1.0);
            let t = t * t * (3.0 - 2.0 * t);
            return (o0 + (o1 - o0) * t, c0 + (c1 - c0) * t);
        }
    }
    (1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heals_as_the_curve_says() {
        assert_eq!(healing(0.0), (1.35, 1.70));
        assert_eq!(healing(10.0), (0.80, 0.95));
        assert_eq!(healing(HEALED_DAYS), (1.0, 1.0));
        for i in 0..280 {
            let (a, b) = (healing(f64::from(i) * 0.1), healing(f64::from(i) * 0.1 + 0.1));
            assert!((a.0 - b.0).abs() < 0.03 && (a.1 - b.1).abs() < 0.03, "no jump at day {i}/10");
        }
    }

    #[test]
    fn a_fine_dot_swells_to_a_quarter_millimetre_at_most() {
        let fresh = Moment::new(1, 0.0, 0.0);
        let (_, grown) = fresh.healing(0.15);
        assert!(grown * 0.15 <= 0.25 + 1e-9, "{grown}");
        assert!(grown > 1.6);
    }

    #[test]
    fn anything_asked_for_is_brought_into_range() {
        assert_eq!(Moment::new(9, f64::NAN, -3.0), Moment::default());
        assert_eq!(Moment::new(0, -1.0, 99.0), Moment { session: 1, days: 0.0, years: LONGEST_YEARS });
    }

    #[test]
    fn session_strengths_mean_one_over_the_finished_treatment() {
        let mut before = 0.0;
        let mut mean = 0.0;
        for (share, strength) in SESSION_SHARES.iter().zip(SESSION_STRENGTHS) {
            mean += (share - before) * strength;
            before = *share;
        }
        assert!((mean - 1.0).abs() < 0.003, "{mean}");
    }
}
