//! From nothing to full density behind the line.

use crate::document::Document;

/// Density at the line itself as a share of that behind the transition; domain.md row 11.
const EDGE_DENSITY: f32 = 0.15;
/// Dot diameter at the line as a share of the full one; domain.md row 11.
const EDGE_DIAMETER: f32 = 0.8;
/// Strength at the line as a share of the full one: 'less pressure at the edge', domain.md row 11.
const EDGE_STRENGTH: f32 = 0.75;
/// Where the sparser hairline zone has become full density, mm behind the transition: the hairline
/// area is 20–40 mm deep (domain.md row 10).
const HAIRLINE_ZONE_MM: f32 = 22.0;

/// What is asked for at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Local {
    /// Dots per cm² of skin.
    pub per_cm2: f32,
    /// Diameter as a share of the document's.
    pub diameter: f32,
    /// Strength as a share of the document's.
    pub strength: f32,
}

/// How density, diameter and strength grow with the distance behind the line.
#[derive(Debug, Clone, Copy)]
pub struct Ramp {
    per_cm2: f32,
    hairline_share: f32,
    transition_mm: f32,
}

impl Ramp {
    /// The ramp of a document.
    pub fn new(document: &Document) -> Self {
        Self {
            per_cm2: document.dots.per_cm2 as f32,
            hairline_share: document.dots.hairline_share as f32,
            transition_mm: document.hairline.transition_mm as f32,
        }
    }

    /// The most that is asked for anywhere, dots per cm².
    pub fn densest_per_cm2(&self) -> f32 {
        self.per_cm2
    }

    /// How far behind the line a dot's size and strength still change, mm.
    pub fn transition_mm(&self) -> f32 {
        self.transition_mm
    }

    /// How far behind the line anything still changes, mm.
    pub fn reach_mm(&self) -> f32 {
        self.transition_mm + HAIRLINE_ZONE_MM
    }

    /// What is asked for `mm` behind the line; nothing in front of it.
    pub fn at(&self, mm: f32) -> Option<Local> {
        if mm <= 0.0 {
            return None;
        }
        let soft = smoothstep(mm / self.transition_mm);
        let full = smoothstep((mm - self.transition_mm) / HAIRLINE_ZONE_MM);
        let from = |edge: f32| edge + (1.0 - edge) * soft;
        Some(Local {
            per_cm2: self.per_cm2
                * from(EDGE_DENSITY)
                * (self.hairline_share + (1.0 - self.hairline_share) * full),
            diameter: from(EDGE_DIAMETER),
            strength: from(EDGE_STRENGTH),
        })
    }
}

fn smoothstep(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PhotoSize;

    #[test]
    fn grows_from_the_edge_to_full_density() {
        let document = Document::starting(PhotoSize { width: 600, height: 800 });
        let ramp = Ramp::new(&document);
        assert_eq!(ramp.at(0.0), None);
        let densities: Vec<f32> = (1..100).filter_map(|i| ramp.at(i as f32)).map(|l| l.per_cm2).collect();
        assert!(densities.windows(2).all(|w| w[1] >= w[0]));
        assert!(densities[0] < 0.2 * ramp.densest_per_cm2());
        let far = ramp.at(ramp.reach_mm() + 1.0);
        assert_eq!(far, Some(Local { per_cm2: ramp.densest_per_cm2(), diameter: 1.0, strength: 1.0 }));
    }
}
