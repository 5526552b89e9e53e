//! A share of one for every place around a head.

use super::sight::Sight;
use crate::composite::View;
use crate::space::PhotoPoint;

/// Shares from 0 to 1 around a head, smooth between its points; beyond its edge one value.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareMap {
    /// Photo px at the left and top edge.
    origin: PhotoPoint,
    /// Map px per photo px.
    scale: f64,
    width: usize,
    height: usize,
    /// Row by row, 255 being 1.
    bytes: Vec<u8>,
    /// What holds outside.
    outside: u8,
}

impl ShareMap {
    /// 1 everywhere.
    pub fn full() -> Self {
        Self {
            origin: PhotoPoint::new(0.0, 0.0),
            scale: 1.0,
            width: 0,
            height: 0,
            bytes: Vec::new(),
            outside: 255,
        }
    }

    /// A map in the place of a sight, from one share for each of its pixels.
    pub(super) fn of_sight(sight: &Sight, shares: &[f32], outside: f32) -> Self {
        // What is no number becomes 0.
        let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        Self {
            origin: sight.origin,
            scale: sight.scale,
            width: sight.width,
            height: sight.height,
            bytes: shares.iter().copied().map(byte).collect(),
            outside: byte(outside),
        }
    }

    /// The share in a pixel of the sight that the map was made of.
    pub(super) fn of_pixel(&self, i: usize) -> f32 {
        self.bytes.get(i).map_or(0.0, |b| f32::from(*b) / 255.0)
    }

    /// Whether the map was made for this place; elsewhere one value holds.
    pub fn covers(&self, p: PhotoPoint) -> bool {
        let (x, y) = ((p.x - self.origin.x) * self.scale - 0.5, (p.y - self.origin.y) * self.scale - 0.5);
        tap(x, self.width).is_some() && tap(y, self.height).is_some()
    }

    /// The share at a photo point, bilinear.
    pub fn at(&self, p: PhotoPoint) -> f32 {
        let (x, y) = ((p.x - self.origin.x) * self.scale - 0.5, (p.y - self.origin.y) * self.scale - 0.5);
        let (Some((x0, x1, wx)), Some((y0, y1, wy))) = (tap(x, self.width), tap(y, self.height)) else {
            return f32::from(self.outside) / 255.0;
        };
        let at = |x: usize, y: usize| f32::from(self.bytes[y * self.width + x]);
        let (wx, wy) = (wx as f32 / 256.0, wy as f32 / 256.0);
        let top = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * wx;
        let bottom = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * wx;
        (top + (bottom - top) * wy) / 255.0
    }

    /// The map as a view sees it: one byte per view px, row by row, 255 being 1.
    pub fn plane(&self, view: &View) -> Vec<u8> {
        let (width, height) = (view.width as usize, view.height as usize);
        let mut out = vec![self.outside; width * height];
        let step = self.scale / view.scale;
        let taps = |start: f64, count: usize, size: usize| -> Vec<Option<(usize, usize, u32)>> {
            (0..count).map(|i| tap(start * self.scale + (i as f64 + 0.5) * step - 0.5, size)).collect()
        };
        let columns = taps(view.x - self.origin.x, width, self.width);
        let rows = taps(view.y - self.origin.y, height, self.height);
        let Some(first) = columns.iter().position(Option::is_some) else { return out };
        let columns: Vec<(usize, usize, u32)> = columns[first..].iter().map_while(|c| *c).collect();
        let mut blended = vec![0u32; self.width];
        for (row, target) in rows.iter().zip(out.chunks_exact_mut(width)) {
            let Some((y0, y1, wy)) = *row else { continue };
            let (top, bottom) =
                (&self.bytes[y0 * self.width..][..self.width], &self.bytes[y1 * self.width..][..self.width]);
            for ((to, a), b) in blended.iter_mut().zip(top).zip(bottom) {
                *to = u32::from(*a) * (256 - wy) + u32::from(*b) * wy;
            }
            for (to, &(x0, x1, wx)) in target[first..].iter_mut().zip(&columns) {
                *to = ((blended[x0] * (256 - wx) + blended[x1] * wx + (1 << 15)) >> 16) as u8;
            }
        }
        out
    }
}

/// The two neighbours of a place on a line of `size` pixels and the second one's weight of 256;
/// none beyond the outermost pixels' far edges.
fn tap(at: f64, size: usize) -> Option<(usize, usize, u32)> {
    if !(at >= -0.5 && at < size as f64 - 0.5) {
        return None;
    }
    let at = at.clamp(0.0, (size - 1) as f64);
    let low = at.floor();
    Some((low as usize, (low as usize + 1).min(size - 1), ((at - low) * 256.0) as u32))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    fn ramp() -> ShareMap {
        ShareMap {
            origin: PhotoPoint::new(10.0, 20.0),
            scale: 0.5,
            width: 30,
            height: 20,
            bytes: (0..30 * 20).map(|i| (i % 30 * 5 + i / 30 * 3) as u8).collect(),
            outside: 7,
        }
    }

    #[test]
    fn a_view_sees_what_stands_at_its_points() {
        for (map, x, y) in [(ramp(), 0.0, 0.0), (ramp(), -31.5, 27.25), (ShareMap::full(), 0.0, 0.0)] {
            for scale in [1.0, 0.6, 0.25] {
                let view = View::new(x, y, scale, 90, 70).unwrap();
                let plane = map.plane(&view);
                for row in 0..70u32 {
                    for column in 0..90u32 {
                        let p = PhotoPoint::new(
                            x + (f64::from(column) + 0.5) / scale,
                            y + (f64::from(row) + 0.5) / scale,
                        );
                        let seen = f32::from(plane[(row * 90 + column) as usize]);
                        assert!((seen - map.at(p) * 255.0).abs() <= 1.0, "{column} {row} {seen}");
                    }
                }
            }
        }
    }

    #[test]
    fn outside_there_is_one_value() {
        let map = ramp();
        for (x, y) in [(9.9, 40.0), (70.1, 40.0), (30.0, 19.0), (30.0, 61.0), (f64::NAN, 30.0)] {
            assert_eq!(map.at(PhotoPoint::new(x, y)), 7.0 / 255.0);
            assert!(!map.covers(PhotoPoint::new(x, y)));
        }
        assert_eq!(ShareMap::full().at(PhotoPoint::new(3.0, 4.0)), 1.0);
    }
}
