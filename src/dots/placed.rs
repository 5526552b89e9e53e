//! The follicle set on one head in one photo: everything that does not change while a line is
//! dragged.

use std::ops::Range;

use super::variation::{Touch, touch};
use crate::density::{Grid, edge_shift_mm, natural_share};
use crate::follicles::{FollicleSet, Individual};
use crate::head::{Head, SurfacePoint};
use crate::skin::Skin;
use crate::space::PhotoPoint;

/// A follicle nearer to the limb than this cosine is not drawn: its dot would be seen under less
/// than three and a half degrees. Much more, and an undotted rim is seen.
const LEAST_COSINE: f64 = 0.06;

/// A follicle that the camera sees.
#[derive(Debug, Clone, Copy)]
pub struct PlacedFollicle {
    /// Its rank in the whole set, 0 first.
    pub rank: u32,
    /// Where it is seen.
    pub photo: PhotoPoint,
    /// Covariance in photo px² of a round spot of variance 1 mm² there.
    pub spot: [f32; 3],
    /// Photo px² per mm² of skin.
    pub px2_per_mm2: f32,
    /// Skin area here over that of the canonical skull.
    pub area_ratio: f32,
    /// Irregularity of the edge here, mm.
    pub edge_shift_mm: f32,
    /// Natural density here as a share of the top's.
    pub natural: f32,
    /// How surely this is bare skin of the scalp, 0–1.
    pub bare: f32,
    /// How surely this is scalp of the person, bare or not, 0–1.
    pub scalp: f32,
    /// How the hand sets this dot.
    pub touch: Touch,
}

impl PlacedFollicle {
    /// Length on the skin, mm, of a way (`dx`, `dy`) in the picture, photo px.
    pub fn mm(&self, [dx, dy]: [f64; 2]) -> f32 {
        let [xx, xy, yy] = self.spot;
        let (dx, dy) = (dx as f32, dy as f32);
        let det = (self.px2_per_mm2 * self.px2_per_mm2).max(1e-9);
        ((dx * dx * yy - 2.0 * dx * dy * xy + dy * dy * xx).max(0.0) / det).sqrt()
    }

    /// Where a dot lies that misses the follicle by (`u`, `v`) mm on the skin, in two directions
    /// across each other.
    pub fn beside(&self, u: f32, v: f32) -> PhotoPoint {
        let [xx, xy, _] = self.spot;
        // A square root of the covariance takes mm on the skin to px in the picture.
        let x = xx.max(1e-12).sqrt();
        PhotoPoint::new(
            self.photo.x + f64::from(x * u),
            self.photo.y + f64::from((xy * u + self.px2_per_mm2 * v) / x),
        )
    }
}

/// All follicles that the camera sees.
#[derive(Debug, Clone)]
pub struct PlacedFollicles {
    /// The follicles, in rank order until [`PlacedFollicles::sort`].
    pub seen: Vec<PlacedFollicle>,
    /// How many the whole set has.
    pub set_len: usize,
    /// Density of the whole set on the canonical skull, per cm².
    pub set_per_cm2: f32,
    /// The first follicle of each cell, once they are sorted.
    first_of_cell: Vec<u32>,
}

/// Dots end so far within the person's edge, mm as seen: the edge is found to a pixel or two, and skin
/// that narrow is seen under a few degrees.
const WITHIN_EDGE_MM: f64 = 0.4;

/// Share of the dots at a place of the photo: all on the person, none beside.
fn on_person(skin: &Skin, at: &SurfacePoint, photo: PhotoPoint, centre: PhotoPoint) -> f32 {
    const SURELY: [f32; 2] = [0.5, 0.8];
    let out = 1.0 + WITHIN_EDGE_MM * at.px_per_mm / photo.distance(centre).max(1.0);
    let outwards =
        PhotoPoint::new(centre.x + (photo.x - centre.x) * out, centre.y + (photo.y - centre.y) * out);
    ((skin.person.at(outwards) - SURELY[0]) / (SURELY[1] - SURELY[0])).clamp(0.0, 1.0)
}

impl PlacedFollicles {
    /// None of a set yet; [`Self::place`] adds them, so that a newer wish can come between.
    pub fn none_of(set: &FollicleSet) -> Self {
        Self {
            seen: Vec::with_capacity(set.len() / 2),
            set_len: set.len(),
            set_per_cm2: set.density_per_cm2(),
            first_of_cell: Vec::new(),
        }
    }

    /// Sorts them by the cells of the head's grid: neighbours are looked up and drawn one after the
    /// other, where memory is still near. The order never changes afterwards.
    pub fn sort(&mut self, grid: &Grid) {
        let cell = |f: &PlacedFollicle| grid.cell_of(f.photo).unwrap_or(grid.len());
        self.seen.sort_by_cached_key(|f| (cell(f) as u32, f.rank));
        self.first_of_cell.clear();
        for (i, f) in (0..).zip(&self.seen) {
            while self.first_of_cell.len() <= cell(f) {
                self.first_of_cell.push(i);
            }
        }
        self.first_of_cell.resize(grid.len() + 1, self.seen.len() as u32);
    }

    /// Which follicles lie in a cell of the grid they were sorted by.
    #[inline]
    pub fn of_cell(&self, cell: usize) -> Range<usize> {
        self.first_of_cell[cell] as usize..self.first_of_cell[cell + 1] as usize
    }

    /// Places and sorts the whole set on a head; see [`Self::place`].
    pub fn new(set: &FollicleSet, head: &Head, skin: &Skin, seed: u32) -> Self {
        let mut placed = Self::none_of(set);
        placed.place(set, head, skin, seed, 0..set.len());
        placed.sort(&Grid::new(head.placement()));
        placed
    }

    /// Places these ranks on a head, its limb drawn to the edge that the photo shows. `seed` makes
    /// the set and the edge of the treatment individual. Ranks must come in order.
    pub fn place(&mut self, set: &FollicleSet, head: &Head, skin: &Skin, seed: u32, ranks: Range<usize>) {
        let ranks = ranks.start.min(set.len())..ranks.end.min(set.len());
        let own = Individual::new(seed);
        let centre = head.placement().centre;
        for (rank, &scalp) in (ranks.start as u32..).zip(&set.points()[ranks]) {
            let scalp = own.place(scalp);
            let at = head.project(scalp);
            if at.cosine < LEAST_COSINE {
                continue;
            }
            let scalp_share = head.scalp_share(&at) as f32;
            if scalp_share <= 0.0 {
                continue;
            }
            let photo = skin.silhouette.draw_in(at.photo);
            let on_scalp = scalp_share * on_person(skin, &at, photo, centre);
            if on_scalp <= 0.0 {
                continue;
            }
            let spot = at.spot_covariance().map(|v| v as f32);
            self.seen.push(PlacedFollicle {
                rank,
                photo,
                spot,
                px2_per_mm2: (spot[0] * spot[2] - spot[1] * spot[1]).max(0.0).sqrt(),
                area_ratio: head.area_ratio(scalp) as f32,
                edge_shift_mm: edge_shift_mm(scalp, seed),
                natural: natural_share(scalp),
                bare: skin.room.at(photo) * on_scalp,
                scalp: on_scalp,
                touch: touch(rank, seed),
            });
        }
    }
}
