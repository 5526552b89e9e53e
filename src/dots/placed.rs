//! The follicle set on one head in one photo: everything that does not change while a line is
//! dragged.

use crate::density::edge_shift_mm;
use crate::follicles::FollicleSet;
use crate::head::Head;
use crate::skin::Silhouette;
use crate::space::PhotoPoint;

/// A follicle nearer to the limb than this cosine is not drawn: its dot would be seen under less
/// than three degrees.
const LEAST_COSINE: f64 = 0.05;

/// A follicle that the camera sees.
#[derive(Debug, Clone, Copy)]
pub struct PlacedFollicle {
    /// Its rank in the whole set, 0 first.
    pub rank: u32,
    /// Where it is seen.
    pub photo: PhotoPoint,
    /// Covariance in photo px² of a round spot of variance 1 mm² there.
    pub spot: [f32; 3],
    /// Skin area here over that of the canonical skull.
    pub area_ratio: f32,
    /// Irregularity of the edge here, mm.
    pub edge_shift_mm: f32,
}

impl PlacedFollicle {
    /// Millimetres of skin per photo px in the picture direction (`dx`, `dy`), a unit vector.
    pub fn mm_per_px(&self, [dx, dy]: [f64; 2]) -> f32 {
        let [xx, xy, yy] = self.spot;
        let (dx, dy) = (dx as f32, dy as f32);
        let det = (xx * yy - xy * xy).max(1e-9);
        ((dx * dx * yy - 2.0 * dx * dy * xy + dy * dy * xx) / det).max(0.0).sqrt()
    }

    /// Photo px² per mm² of skin.
    pub fn px2_per_mm2(&self) -> f32 {
        let [xx, xy, yy] = self.spot;
        (xx * yy - xy * xy).max(0.0).sqrt()
    }
}

/// All follicles that the camera sees, in rank order.
#[derive(Debug, Clone)]
pub struct PlacedFollicles {
    /// The follicles.
    pub seen: Vec<PlacedFollicle>,
    /// How many the whole set has.
    pub set_len: usize,
    /// Density of the whole set on the canonical skull, per cm².
    pub set_per_cm2: f32,
}

impl PlacedFollicles {
    /// Places the set on a head, its limb drawn to the edge that the photo shows. `seed` makes the
    /// edge of the treatment individual.
    pub fn new(set: &FollicleSet, head: &Head, silhouette: &Silhouette, seed: u32) -> Self {
        let mut seen = Vec::with_capacity(set.points().len() / 2);
        for (rank, &scalp) in (0u32..).zip(set.points()) {
            let at = head.project(scalp);
            if at.cosine < LEAST_COSINE {
                continue;
            }
            seen.push(PlacedFollicle {
                rank,
                photo: silhouette.draw_in(at.photo),
                spot: at.spot_covariance().map(|v| v as f32),
                area_ratio: head.area_ratio(scalp) as f32,
                edge_shift_mm: edge_shift_mm(scalp, seed),
            });
        }
        Self { seen, set_len: set.points().len(), set_per_cm2: set.density_per_cm2() }
    }
}
