//! The outline of a head drawn to where the person ends.

use super::least_squares::NormalEquations;
use super::{Head, HeadPlacement};
use crate::face::PersonMask;
use crate::space::PhotoPoint;

/// Directions from the middle of the head in which the person's edge is looked for.
const RAYS: usize = 128;
/// Where on a ray, in units of the placed outline, and in which steps.
const FIRST: f64 = 0.6;
const LAST: f64 = 1.5;
const STEP: f64 = 0.005;
/// Limb lower than this in the skull's own units is neck, jaw or hidden by an ear.
const LOWEST: f32 = 0.1;
/// Error of the mask's edge as a share of the half width, and the error from which on an edge is
/// rather hair, a hat or a hand.
const EDGE: f64 = 0.010;
const STRAY: f64 = 0.03;
/// Neighbouring directions err alike: they count as so many.
const INDEPENDENT: f64 = 20.0;
/// Step in which slopes are taken.
const NUDGE: f64 = 1e-3;
/// Gauss–Newton steps.
const STEPS: usize = 6;

/// What of a placement is fitted: logarithms of the two half axes, and the middle along them in units
/// of the half width.
pub(super) type Change = [f64; 4];

/// The placement near `placement` whose outline follows the person's edge above the ears, as far as
/// there is one within the photo. `spread` is how far off each part of a [`Change`] is likely to be.
pub(super) fn to_person(
    placement: &HeadPlacement,
    person: &PersonMask,
    photo: [f64; 2],
    spread: Change,
) -> HeadPlacement {
    let middle = placement.centre;
    let mean = 0.5 * (placement.half_width + placement.half_height);
    let edges: Vec<Option<f64>> = (0..RAYS).map(|ray| edge(person, photo, middle, mean, ray)).collect();
    let mut change = [0.0; 4];
    for _ in 0..STEPS {
        let head = Head::fit(&changed(placement, change));
        let radii = limb(&head, middle);
        let nudged: Vec<Vec<f64>> = (0..4)
            .map(|k| {
                let mut nudged = change;
                nudged[k] += NUDGE;
                limb(&Head::fit(&changed(placement, nudged)), middle)
            })
            .collect();
        let used: Vec<(usize, f64)> = (0..RAYS)
            .filter(|&ray| head.unproject(on_ray(middle, ray, radii[ray])).scalp.y > LOWEST)
            .filter_map(|ray| edges[ray].map(|edge| (ray, (edge - radii[ray]) / placement.half_width)))
            .collect();
        let mut equations = NormalEquations::<4>::new();
        for k in 0..4 {
            let mut slopes = [0.0; 4];
            slopes[k] = 1.0;
            equations.add(slopes, -change[k], 1.0 / (spread[k] * spread[k]));
        }
        for &(ray, off) in &used {
            let slopes =
                [0, 1, 2, 3].map(|k: usize| (nudged[k][ray] - radii[ray]) / (NUDGE * placement.half_width));
            let stray = off / STRAY;
            let weight = INDEPENDENT / used.len() as f64 / (EDGE * EDGE) / (1.0 + stray * stray);
            equations.add(slopes, off, weight);
        }
        let Some(step) = equations.solve(0.0) else { break };
        for (change, step) in change.iter_mut().zip(step) {
            *change += step.clamp(-0.1, 0.1);
        }
    }
    changed(placement, change)
}

fn changed(placement: &HeadPlacement, [wider, higher, across_by, along_by]: Change) -> HeadPlacement {
    let [across, along] = placement.axes();
    let (a, b) = (across_by * placement.half_width, along_by * placement.half_width);
    HeadPlacement {
        centre: PhotoPoint::new(
            placement.centre.x + a * across.x + b * along.x,
            placement.centre.y + a * across.y + b * along.y,
        ),
        half_width: placement.half_width * libm::exp(wider),
        half_height: placement.half_height * libm::exp(higher),
        ..placement.clone()
    }
}

/// Distance of the outline from `middle` along each ray, photo px.
fn limb(head: &Head, middle: PhotoPoint) -> Vec<f64> {
    let mut places: Vec<(f64, f64)> = head
        .outline(RAYS)
        .into_iter()
        .map(|p| {
            let (dx, dy) = (p.x - middle.x, p.y - middle.y);
            let turns = libm::atan2(dy, dx) / std::f64::consts::TAU;
            (if turns < 0.0 { turns + 1.0 } else { turns }, (dx * dx + dy * dy).sqrt())
        })
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    (0..RAYS)
        .map(|ray| {
            let turns = ray as f64 / RAYS as f64;
            let next = places.partition_point(|p| p.0 <= turns);
            let (a, b) = (places[(next + RAYS - 1) % RAYS], places[next % RAYS]);
            let round = |from: f64, to: f64| if to < from { to - from + 1.0 } else { to - from };
            let w = (round(a.0, turns) / round(a.0, b.0).max(1e-12)).clamp(0.0, 1.0);
            a.1 + (b.1 - a.1) * w
        })
        .collect()
}

/// The place on a ray at this distance from `middle`, photo px.
fn on_ray(middle: PhotoPoint, ray: usize, distance: f64) -> PhotoPoint {
    let (s, c) = libm::sincos(std::f64::consts::TAU * ray as f64 / RAYS as f64);
    PhotoPoint::new(middle.x + c * distance, middle.y + s * distance)
}

/// Where the person ends along a ray, px from the middle; none if that is not in the photo.
fn edge(person: &PersonMask, photo: [f64; 2], middle: PhotoPoint, unit: f64, ray: usize) -> Option<f64> {
    let mut before: Option<f64> = None;
    let mut share = FIRST;
    while share <= LAST {
        let p = on_ray(middle, ray, share * unit);
        if !(p.x > 0.0 && p.y > 0.0 && p.x < photo[0] && p.y < photo[1]) {
            return None;
        }
        let here = person.at(p);
        match before {
            _ if here >= 0.5 => before = Some(here),
            Some(inside) => {
                let back = (0.5 - here) / (inside - here).max(1e-9);
                return Some((share - STEP * back) * unit);
            }
            // Outside from the start: no person where the head should be.
            None => return None,
        }
        share += STEP;
    }
    None
}
