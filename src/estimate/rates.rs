//! Ranges, and how fast clinics work.

use serde::{Deserialize, Serialize};

/// From at least to at most.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Span {
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

impl Span {
    /// Around a value, `share` of it to both sides, and coarsely.
    pub(super) fn around(value: f64, share: f64) -> Self {
        Self { low: value * (1.0 - share), high: value * (1.0 + share) }.rounded()
    }

    /// Outwards to steps of 2 to 10 %: finer ones would promise what a photo cannot tell.
    pub(super) fn rounded(self) -> Self {
        let step = |v: f64| {
            let mut step = 0.5;
            while v >= 50.0 * step {
                step *= 10.0;
            }
            step
        };
        let (a, b) = (step(self.low), step(self.high));
        Self { low: (self.low / a).floor() * a, high: (self.high / b).ceil() * b }
    }
}

/// How fast a clinic works; the defaults are what others tell (domain.md section A.2).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rates {
    /// Dots set in a session.
    pub dots_per_session: f64,
    /// Length of a session, hours.
    pub session_hours: Span,
    /// Number of sessions at least and at most.
    pub sessions: Span,
}

impl Default for Rates {
    /// About 14,000 dots in a session of 2–5 hours, 2–4 sessions.
    fn default() -> Self {
        Self {
            dots_per_session: 14_000.0,
            session_hours: Span { low: 2.0, high: 5.0 },
            sessions: Span { low: 2.0, high: 4.0 },
        }
    }
}

impl Rates {
    /// The same with what cannot be replaced by what is usual.
    pub(super) fn usable(self) -> Self {
        let usual = Self::default();
        let good = |s: Span| s.low > 0.0 && s.high >= s.low && s.high.is_finite();
        let per_session = self.dots_per_session;
        Self {
            dots_per_session: if per_session.is_finite() && per_session >= 1.0 {
                per_session
            } else {
                usual.dots_per_session
            },
            session_hours: if good(self.session_hours) { self.session_hours } else { usual.session_hours },
            sessions: if good(self.sessions) { self.sessions } else { usual.sessions },
        }
    }
}
