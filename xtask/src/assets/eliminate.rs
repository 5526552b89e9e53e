//! Ranks by greedy elimination: the most crowded point goes first and gets the last rank.
//!
//! Void-and-cluster (Ulichney 1993) on scattered points: crowding is a sum of Gaussians whose
//! width follows the spacing of as many points as remain. Crowding only falls while points go,
//! so a heap of old values is enough: a value found too high is put back corrected.

use super::grid::{Grid, falling};
use std::collections::BinaryHeap;

/// Width of the Gaussian in mean spacings (square root of the area a point has).
const WIDTH: f32 = 0.45;
/// How far it is followed, in widths; e^-8 is left beyond.
const REACH: f32 = 4.0;
/// Share of the points removed before width, neighbours and heap are set up anew.
const EPOCH: f64 = 0.06;

/// Keeps `count` of the candidates and returns them in rank order.
pub fn ranked(candidates: &[[f32; 3]], count: usize, area: f64) -> Vec<[f32; 3]> {
    let going = removal(candidates, 0, candidates.len(), count, area);
    going.iter().rev().take(count).map(|i| candidates[*i as usize]).collect()
}

/// The best order of the ranks between each two of `bounds` (ascending): new rank to old.
///
/// Which points are below a bound stays as it is, and so do the places of all.
pub fn reordered(points: &[[f32; 3]], bounds: &[usize], area: f64) -> Vec<u32> {
    let between = |low: usize, high: usize| {
        let mut order = removal(points, low, high, high, area);
        order.reverse();
        order
    };
    bounds.windows(2).flat_map(|pair| between(pair[0], pair[1])).collect()
}

/// The order in which the points `low..high` go, the most crowded first, out of the first `high`.
fn removal(points: &[[f32; 3]], low: usize, high: usize, count: usize, area: f64) -> Vec<u32> {
    let mut left: Vec<u32> = (0..high as u32).collect();
    let mut crowding = vec![0.0_f32; high];
    let mut alive = vec![true; high];
    let mut removed = Vec::with_capacity(high - low);
    while left.len() > low {
        let after = ((left.len() as f64 * (1.0 - EPOCH)) as usize).max(low);
        // An epoch ends where the wanted count is reached: what went before has no rank.
        let after = if left.len() > count { after.max(count) } else { after };
        let width = WIDTH * (area as f32 / left.len().midpoint(after).max(1) as f32).sqrt();
        let mut going =
            Removal { points, width, fixed: low as u32, crowding: &mut crowding, alive: &mut alive };
        going.epoch(&mut left, after, &mut removed);
    }
    removed
}

/// One width of the kernel, and what is known of each point.
struct Removal<'a> {
    points: &'a [[f32; 3]],
    width: f32,
    /// Points with lower numbers crowd others but never go.
    fixed: u32,
    crowding: &'a mut [f32],
    alive: &'a mut [bool],
}

#[derive(PartialEq)]
struct Entry(f32, u32);
impl Eq for Entry {}
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Removal<'_> {
    /// Removes the most crowded of `left` until `after` remain.
    fn epoch(&mut self, left: &mut Vec<u32>, after: usize, removed: &mut Vec<u32>) {
        let Self { points, width, fixed, .. } = *self;
        let (crowding, alive) = (&mut *self.crowding, &mut *self.alive);
        let grid = Grid::new(points, left.iter().copied(), width * REACH);
        let scale = 0.5 / (width * width);
        let sums = |part: &[u32]| -> Vec<f32> {
            part.iter()
                .map(|&i| {
                    let mut sum = 0.0;
                    grid.near(points[i as usize], |_, d2| sum += falling(d2 * scale));
                    sum
                })
                .collect()
        };
        let (one, two) = left.split_at(left.len() / 2);
        let both = std::thread::scope(|scope| {
            let other = scope.spawn(|| sums(two));
            let mut first = sums(one);
            first.extend(other.join().unwrap_or_default());
            first
        });
        for (i, sum) in left.iter().zip(&both) {
            crowding[*i as usize] = *sum;
        }
        let mut heap: BinaryHeap<Entry> =
            left.iter().filter(|i| **i >= fixed).map(|i| Entry(crowding[*i as usize], *i)).collect();
        let mut remaining = left.len();
        while remaining > after {
            let Some(Entry(value, i)) = heap.pop() else { break };
            let now = crowding[i as usize];
            if now < value {
                heap.push(Entry(now, i));
                continue;
            }
            alive[i as usize] = false;
            removed.push(i);
            remaining -= 1;
            grid.near(points[i as usize], |j, d2| crowding[j as usize] -= falling(d2 * scale));
        }
        left.retain(|i| alive[*i as usize]);
    }
}
