//! Fine, medium and coarse: what one touch of the needle leaves behind.

/// Share of the effective diameter that is pigment; the rest is light scattered in the dermis.
/// A medium dot of 0.50 mm is a core of 0.20 mm (domain.md row 1) under a Gaussian of 0.17 mm
/// (row 3, range 0.05–0.25), as the rendered reference pair has it.
const CORE_SHARE: f64 = 0.4;

/// The sizes a practitioner chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DotStyle {
    /// A core of 0.15 mm: fine hair, soft hairlines.
    Fine,
    /// A core of 0.20 mm.
    Medium,
    /// A core of 0.24 mm: coarse and tightly curled hair.
    Coarse,
}

impl DotStyle {
    /// All of them, finest first.
    pub const ALL: [Self; 3] = [Self::Fine, Self::Medium, Self::Coarse];

    /// Effective healed diameter, core and scatter together, mm.
    pub fn diameter_mm(self) -> f64 {
        match self {
            Self::Fine => 0.38,
            Self::Medium => 0.50,
            Self::Coarse => 0.60,
        }
    }
}

/// A healed dot's pigment core and dermal scatter.
///
/// Their sum is a spot whose variance is that of the core's disc (c²/16) and the scatter's (σ²),
/// and whose effective diameter is that of the disc with the same peak and mass: d² = 8 variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DotOptics {
    /// Diameter of the pigment, mm.
    pub core_mm: f64,
    /// Variance of the scatter, mm².
    pub scatter_mm2: f64,
}

impl DotOptics {
    /// The optics of dots with that effective diameter, mm.
    pub fn of_diameter(effective_mm: f64) -> Self {
        let core_mm = CORE_SHARE * effective_mm;
        Self { core_mm, scatter_mm2: effective_mm * effective_mm / 8.0 - core_mm * core_mm / 16.0 }
    }

    /// Effective diameter, mm, while the core is `grown` times as wide: the scatter stays.
    pub fn effective_mm(&self, grown: f64) -> f64 {
        let core = self.core_mm * grown;
        (8.0 * (core * core / 16.0 + self.scatter_mm2)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_and_scatter_make_the_effective_diameter() {
        for style in DotStyle::ALL {
            let optics = DotOptics::of_diameter(style.diameter_mm());
            assert!((optics.effective_mm(1.0) - style.diameter_mm()).abs() < 1e-12);
            assert!((0.05..0.25).contains(&optics.scatter_mm2.sqrt()), "row 3: {optics:?}");
        }
        let medium = DotOptics::of_diameter(DotStyle::Medium.diameter_mm());
        assert!((medium.core_mm - 0.20).abs() < 0.001);
        assert!(medium.effective_mm(1.7) < 1.25 * 0.50, "scatter hides much of the swelling");
    }
}
