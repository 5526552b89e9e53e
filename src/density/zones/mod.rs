//! What the zones of a plan do at any place of the photo.
//!
//! They are drawn once a change on a lattice of about a millimetre; every follicle then reads its
//! place, however many zones there are.

mod lattice;
mod weight;

pub use lattice::{Lattice, Node};
pub use weight::weights;

use super::Grid;
use crate::document::{Action, Document, Zone};
use crate::pigment;
use lattice::STEPS;

/// What zones do at a place. Density is `keep` × that of the hairline's region + `add`; the mass of
/// pigment is `keep_mass` × and + `add_mass` alike; room for dots is `room` × what the pixels say +
/// `skin` × all that scalp has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Share of the region's density that stays; may be more than 1.
    pub keep: f32,
    /// Dots per cm² that come.
    pub add: f32,
    /// Share of density × strength that stays.
    pub keep_mass: f32,
    /// Density × strength that comes.
    pub add_mass: f32,
    /// How far the reading of the pixels counts.
    pub room: f32,
    /// How far there is surely bare skin.
    pub skin: f32,
}

impl Effect {
    /// What is done where no zone is.
    pub const NONE: Self = Self { keep: 1.0, add: 0.0, keep_mass: 1.0, add_mass: 0.0, room: 1.0, skin: 0.0 };

    fn mixed(self, other: Self, t: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        Self {
            keep: mix(self.keep, other.keep),
            add: mix(self.add, other.add),
            keep_mass: mix(self.keep_mass, other.keep_mass),
            add_mass: mix(self.add_mass, other.add_mass),
            room: mix(self.room, other.room),
            skin: mix(self.skin, other.skin),
        }
    }
}

/// What one zone does to what lies under it, where it is whole.
#[derive(Debug, Clone, Copy)]
enum Over {
    /// Density and mass times these.
    Times(f32, f32),
    /// Density as this, with natural differences if so; mass times this.
    Instead { per_cm2: f32, natural: bool, mass: f32 },
    /// Room for dots as this.
    Room(f32),
}

impl Over {
    fn of(zone: &Zone, document: &Document) -> Self {
        let full = document.dots.per_cm2;
        let (per_cm2, natural) = zone.per_cm2(full);
        let mass = (zone.taken() * darker(zone, document)) as f32;
        match zone.action {
            Action::KeepClear => Self::Times(0.0, 0.0),
            Action::ThisIsHair => Self::Room(0.0),
            Action::ThisIsSkin => Self::Room(1.0),
            Action::Treat if zone.match_surroundings => {
                let denser = (1.0 / zone.taken()) as f32;
                Self::Times(denser, denser * mass)
            }
            Action::Treat if zone.kind.ends_at_the_line() => {
                let share = (per_cm2 / full.max(1.0)) as f32;
                Self::Times(share, share * mass)
            }
            Action::Treat => Self::Instead { per_cm2: per_cm2 as f32, natural, mass },
        }
    }

    fn apply(self, under: &mut Effect, w: f32, node: &Node) {
        let stays = 1.0 - w;
        match self {
            Self::Times(density, mass) => {
                let (density, mass) = (stays + w * density, stays + w * mass);
                under.keep *= density;
                under.add *= density;
                under.keep_mass *= mass;
                under.add_mass *= mass;
            }
            Self::Instead { per_cm2, natural, mass } => {
                let here = w * per_cm2 * if natural { node.natural } else { 1.0 };
                under.keep *= stays;
                under.add = under.add * stays + here;
                under.keep_mass *= stays;
                under.add_mass = under.add_mass * stays + here * mass;
            }
            Self::Room(skin) => {
                under.room *= stays;
                under.skin = under.skin * stays + w * skin;
            }
        }
    }
}

/// How much more light the zone's own pigment takes than the plan's. All dots share one colour on the
/// picture, so a darker step is drawn as more of it.
fn darker(zone: &Zone, document: &Document) -> f64 {
    let absorbed = |t: [f64; 3]| t.iter().map(|t| 1.0 - t).sum::<f64>();
    zone.shade.map_or(1.0, |shade| {
        let plan = absorbed(document.pigment_transmittance()).max(1e-3);
        absorbed(pigment::at_shade(shade).transmittance()) / plan
    })
}

/// Density of natural heads is followed as far as the plan does.
fn natural(node: &Node, document: &Document) -> Node {
    Node { natural: 1.0 + document.dots.natural as f32 * (node.natural - 1.0), ..*node }
}

/// The effect of all zones, for any place around the head.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ZoneMap {
    /// Points on a side of the lattice; 0 where there are no zones.
    count: usize,
    effects: Vec<Effect>,
    /// Whether anything is done in each cell of the grid.
    touched: Vec<bool>,
}

impl ZoneMap {
    /// The map of a document's zones.
    pub fn new(document: &Document, lattice: &Lattice) -> Self {
        let mut effects = vec![Effect::NONE; lattice.nodes().len()];
        for zone in &document.zones {
            let over = Over::of(zone, document);
            for ((under, w), node) in effects.iter_mut().zip(weights(zone, lattice)).zip(lattice.nodes()) {
                if w > 0.0 {
                    over.apply(under, w, &natural(node, document));
                }
            }
        }
        let side = lattice.grid.side;
        let mut map = Self { count: lattice.count, effects, touched: Vec::new() };
        map.touched = (0..side * side)
            .map(|cell| map.corner_rows(cell).flatten().any(|e| *e != Effect::NONE))
            .collect();
        map
    }

    /// The points of the lattice in and around a cell, row by row.
    fn corner_rows(&self, cell: usize) -> impl Iterator<Item = &[Effect]> {
        let side = (self.count - 1) / STEPS;
        let first = (cell / side * self.count + cell % side) * STEPS;
        (0..=STEPS).map(move |row| &self.effects[first + row * self.count..][..=STEPS])
    }

    /// Whether any zone reaches into a cell.
    #[inline]
    pub fn touches(&self, cell: usize) -> bool {
        self.touched.get(cell).is_some_and(|t| *t)
    }

    /// Whether every point of a cell is as it is in `other`, a map of the same grid.
    pub fn same(&self, other: &Self, cell: usize) -> bool {
        match (self.touches(cell), other.touches(cell)) {
            (false, false) => true,
            (true, true) => self.corner_rows(cell).eq(other.corner_rows(cell)),
            _ => false,
        }
    }

    /// What is done at a place, in cells of the grid; nothing outside it.
    pub fn at(&self, grid: &Grid, p: crate::space::PhotoPoint) -> Effect {
        let (x, y) = grid.in_cells(p);
        let last = self.count.saturating_sub(1) as f64;
        let (x, y) = (x * STEPS as f64, y * STEPS as f64);
        if !(x >= 0.0 && y >= 0.0 && x < last && y < last) {
            return Effect::NONE;
        }
        let first = y as usize * self.count + x as usize;
        let (u, v) = ((x - x.floor()) as f32, (y - y.floor()) as f32);
        let row = |i: usize| self.effects[i].mixed(self.effects[i + 1], u);
        row(first).mixed(row(first + self.count), v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PhotoSize, Shape, ZoneDensity, ZoneKind};
    use crate::head::Head;
    use crate::space::PhotoPoint;

    fn plan() -> (Document, Head, Lattice) {
        let document = Document::starting(PhotoSize { width: 900, height: 1200 });
        let head = document.fitted_head();
        let lattice = Lattice::new(&head);
        (document, head, lattice)
    }

    fn top(head: &Head) -> PhotoPoint {
        let c = head.placement().centre;
        PhotoPoint::new(c.x, c.y - 0.5 * head.placement().half_height)
    }

    fn around(p: PhotoPoint, r: f64) -> Shape {
        let corners = [(-r, -r), (r, -r), (r, r), (-r, r)];
        Shape::Lasso(corners.map(|(x, y)| PhotoPoint::new(p.x + x, p.y + y)).to_vec())
    }

    #[test]
    fn actions_do_what_they_are_called() {
        let (mut document, head, lattice) = plan();
        let p = top(&head);
        let mut effect = |action, density| {
            let mut zone = Zone::new(ZoneKind::Freehand, around(p, 60.0));
            (zone.action, zone.density) = (action, density);
            document.zones = vec![zone];
            ZoneMap::new(&document, &lattice).at(&lattice.grid, p)
        };
        let none = Effect::NONE;
        let share = ZoneDensity::Share(1.0);
        assert_eq!(effect(Action::KeepClear, share), Effect { keep: 0.0, keep_mass: 0.0, ..none });
        assert_eq!(effect(Action::ThisIsHair, share), Effect { room: 0.0, ..none });
        assert_eq!(effect(Action::ThisIsSkin, share), Effect { room: 0.0, skin: 1.0, ..none });
        let treated = effect(Action::Treat, ZoneDensity::PerCm2(120.0));
        assert_eq!((treated.keep, treated.add), (0.0, 120.0));
    }

    #[test]
    fn the_later_zone_lies_over_the_earlier_one() {
        let (mut document, head, lattice) = plan();
        let p = top(&head);
        let clear = Zone { action: Action::KeepClear, ..Zone::new(ZoneKind::Freehand, around(p, 30.0)) };
        let dense =
            Zone { density: ZoneDensity::PerCm2(200.0), ..Zone::new(ZoneKind::Freehand, around(p, 60.0)) };
        let mut add = |zones: [&Zone; 2]| {
            document.zones = zones.map(Clone::clone).to_vec();
            ZoneMap::new(&document, &lattice).at(&lattice.grid, p).add
        };
        assert_eq!(add([&clear, &dense]), 200.0);
        assert_eq!(add([&dense, &clear]), 0.0);
    }

    #[test]
    fn scars_that_match_are_denser_by_what_they_do_not_take() {
        let (mut document, head, lattice) = plan();
        let p = top(&head);
        document.zones = vec![Zone::new(ZoneKind::OtherScar, around(p, 50.0))];
        let effect = ZoneMap::new(&document, &lattice).at(&lattice.grid, p);
        assert!((effect.keep - 1.25).abs() < 1e-5 && (effect.keep_mass - 1.0).abs() < 1e-5, "{effect:?}");
    }

    #[test]
    fn a_darker_pigment_is_more_of_it() {
        let (mut document, head, lattice) = plan();
        let p = top(&head);
        let mut mass = |shade| {
            document.zones = vec![Zone { shade, ..Zone::new(ZoneKind::Freehand, around(p, 50.0)) }];
            let effect = ZoneMap::new(&document, &lattice).at(&lattice.grid, p);
            effect.add_mass / effect.add
        };
        assert!((mass(None) - 1.0).abs() < 1e-6 && (mass(Some(4.0)) - 1.0).abs() < 1e-3);
        assert!(mass(Some(1.0)) < 0.8 && mass(Some(5.0)) > 1.05);
    }

    #[test]
    fn only_cells_that_a_zone_reaches_are_touched() {
        let (mut document, head, lattice) = plan();
        let empty = ZoneMap::default();
        document.zones = vec![Zone::new(ZoneKind::Freehand, around(top(&head), 40.0))];
        let map = ZoneMap::new(&document, &lattice);
        let touched = (0..lattice.grid.len()).filter(|c| map.touches(*c)).count();
        assert!(touched > 100 && touched < lattice.grid.len() / 5, "{touched}");
        assert_eq!((0..lattice.grid.len()).filter(|c| !map.same(&empty, *c)).count(), touched);
        assert_eq!(map.at(&lattice.grid, PhotoPoint::new(-1e9, 3.0)), Effect::NONE);
        assert_eq!(empty.at(&lattice.grid, top(&head)), Effect::NONE);
    }
}
