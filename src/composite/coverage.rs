//! The share of each pixel that pigment covers, as a plane to which dots are added and from which
//! they are taken away without a trace.

use super::View;
use super::kernel::{KernelTable, LANES, LEAST_VARIANCE, Lanes, PHASES};
use super::tiles::{Rect, TILE, Tiles};
use crate::dots::Dot;

/// Full coverage of a pixel. Overlapping dots may add up to sixteen times that; no plan comes near
/// (220 dots of 0.6 mm per cm² are 0.6).
pub const ONE: u16 = 4096;

/// Blur of sampling at view pixels once the photo is shown smaller, variance in view px²: that of
/// a pixel's own square and of the interpolation between two levels of the photo. At full size the
/// photo's blur has it already.
const SAMPLING_VARIANCE: f32 = 0.2;

/// What a camera's sharpening takes off the variance of a dot, photo px². Blur is measured at the
/// edges that the photo shows, and the overshoot of sharpening gives small dots more contrast than
/// an edge of that width tells. With it the grain of the preview has the spectrum of the rendered
/// reference pair within 15 % at every frequency from 0.3 to 2.5 cycles/mm; without it, a third.
const SHARPENING: f32 = 0.38;

/// Sizes of dots that are drawn in one way each: one or two groups of taps across, 8 or 12 rows,
/// and all others.
const SIZES: usize = 5;
/// Dots that are sorted by size at once.
const BATCH: usize = 256;
/// Bits behind the point of whole numbers that stand for fractions of a pixel.
const FRACTION: u32 = 16;

/// A plane of pigment coverage in view pixels, [`ONE`] being full.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    width: usize,
    height: usize,
    plane: Vec<u16>,
    kernels: KernelTable,
}

/// What the photo's own blur and the view's scale make of every dot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// View px² per photo px².
    scale2: f32,
    /// Variance that blur adds to a dot, view px².
    blur: f32,
    /// Variance that sharpening takes off again, view px².
    sharpening: f32,
    /// Variance that the view's own sampling adds, view px².
    sampling: f32,
}

/// Sharpening leaves a dot at least this share of its width, as variances.
const LEAST_SHARE: f32 = 0.4;

impl Spread {
    /// For a view of a photo whose own blur has σ = `blur_px` photo px: a dot is never sharper than
    /// the photo.
    pub fn new(view: &View, blur_px: f32) -> Self {
        let scale2 = (view.scale * view.scale) as f32;
        Self {
            scale2,
            blur: blur_px * blur_px * scale2,
            sharpening: SHARPENING * scale2,
            sampling: SAMPLING_VARIANCE * (1.0 - scale2),
        }
    }

    /// The covariance (xx, xy, yy, view px²) that a dot of covariance `dot`, photo px², has in the
    /// view. Sharpening narrows it as a whole: its shape stays.
    #[inline]
    pub fn covariance(&self, dot: [f32; 3]) -> [f32; 3] {
        let [xx, xy, yy] = dot.map(|v| v * self.scale2);
        let (xx, yy) = (xx + self.blur, yy + self.blur);
        let narrower = (1.0 - 2.0 * self.sharpening / (xx + yy)).max(LEAST_SHARE);
        [xx * narrower + self.sampling, xy * narrower, yy * narrower + self.sampling]
    }
}

impl Coverage {
    /// Empties the plane and gives it the view's size.
    pub fn reset(&mut self, view: &View) {
        (self.width, self.height) = (view.width as usize, view.height as usize);
        self.plane.clear();
        self.plane.resize(self.width * self.height, 0);
    }

    /// Empties a part of the plane.
    pub fn clear(&mut self, rect: Rect) {
        for row in self.plane.chunks_exact_mut(self.width.max(1)).skip(rect.top).take(rect.height) {
            row[rect.left..rect.left + rect.width].fill(0);
        }
    }

    /// The plane, row by row.
    pub fn plane(&self) -> &[u16] {
        &self.plane
    }

    /// Adds the dots that touch the view, and marks where.
    pub fn add(&mut self, view: &View, spread: &Spread, dots: &[Dot], tiles: &mut Tiles) {
        // Sums do not depend on their order. Dots of one size are put down one after the other, so
        // that a processor need not guess how far each reaches.
        let mut sizes: [Vec<Spot>; SIZES] = std::array::from_fn(|_| Vec::with_capacity(BATCH));
        for dots in dots.chunks(BATCH) {
            for dot in dots {
                if let Some((size, spot)) = self.spot(view, spread, dot, tiles) {
                    sizes[size].push(spot);
                }
            }
            for (size, spots) in sizes.iter_mut().enumerate() {
                self.put::<false>(size, spots);
                spots.clear();
            }
        }
    }

    /// Adds one dot.
    pub fn add_dot(&mut self, view: &View, spread: &Spread, dot: &Dot, tiles: &mut Tiles) {
        if let Some((size, spot)) = self.spot(view, spread, dot, tiles) {
            self.put::<false>(size, &[spot]);
        }
    }

    /// Takes away a dot that was added with the same view and spread: nothing of it remains.
    pub fn remove_dot(&mut self, view: &View, spread: &Spread, dot: &Dot, tiles: &mut Tiles) {
        if let Some((size, spot)) = self.spot(view, spread, dot, tiles) {
            self.put::<true>(size, &[spot]);
        }
    }

    /// A dot on the plane and its size, an index of [`Self::put`]; none if no pixel of the view is
    /// touched.
    ///
    /// Every dot puts exactly its mass, rounded once, onto the plane, wherever it lies between
    /// pixels and whatever the scale, so that zooming neither darkens nor lightens.
    ///
    /// A foreshortened Gaussian is a Gaussian along each row, shifted in proportion to the row:
    /// with covariance (xx, xy, yy) the row at dy has the weight of a Gaussian of variance yy, and
    /// within it the variance xx − xy²/yy about xy/yy · dy.
    #[inline]
    fn spot(&mut self, view: &View, spread: &Spread, dot: &Dot, tiles: &mut Tiles) -> Option<(usize, Spot)> {
        let (cx, cy) = ((dot.photo.x - view.x) * view.scale - 0.5, (dot.photo.y - view.y) * view.scale - 0.5);
        let (width, height) = (self.width as i32, self.height as i32);
        if !(cx > -128.0 && cy > -128.0) || cx > f64::from(width) + 128.0 || cy > f64::from(height) + 128.0 {
            return None;
        }
        let (x, y) = (fixed(cx), fixed(cy));
        let (ix, iy) = ((x >> FRACTION) as i32, (y >> FRACTION) as i32);
        let (fx, fy) = (x as i32 & 0xffff, y as i32 & 0xffff);

        let [xx, xy, yy] = spread.covariance(dot.covariance);
        let yy = yy.max(LEAST_VARIANCE);
        let slope = xy / yy;
        let chance = dot.rank.wrapping_mul(0x9e37_79b9);
        let across = self.kernels.class(KernelTable::class_of(xx - xy * slope, chance));
        let down = self.kernels.class(KernelTable::class_of(yy, chance.rotate_left(13)));
        // What is no number at all must not get past here.
        let step = fixed(f64::from(slope)).clamp(-STEEPEST, STEEPEST);

        let top = iy + i32::from(down.first);
        let rows = match down.filled {
            ..=8 => 8,
            9..=12 => 12,
            more => i32::from(more),
        };
        let bottom = top + rows;
        // A slanted dot reaches as far as its kernel and its slant.
        let slant = ((step.unsigned_abs() * rows as u64) >> FRACTION) as i32 + 1;
        let reach = across.width() as i32 + slant;
        let (left, right) = (ix - reach, ix + reach);
        // Taps that are always nothing touch no tile.
        let touch = i32::from(across.filled) / 2 + slant;
        if bottom <= 0 || top >= height || right <= 0 || left >= width {
            return None;
        }
        if 2 * touch < TILE as i32 && rows < TILE as i32 {
            tiles.mark_small(ix - touch, top, ix + touch, bottom);
        } else {
            tiles.mark(ix - touch, top, ix + touch, bottom);
        }
        let mass = (dot.mass * spread.scale2 * f32::from(ONE) + 0.5) as u32;
        let spot = Spot {
            mass,
            left: ix + i32::from(across.first),
            top,
            filled: u32::from(down.filled),
            groups: u32::from(across.groups),
            // Where the middle of the first row lies.
            middle: fx + (step * i64::from(down.first) - ((step * i64::from(fy)) >> FRACTION)) as i32,
            step: step as i32,
            weights: down.place((fy >> 10) as u32),
            across: across.place(0),
            centre: [ix, iy],
        };
        let within = left >= 0 && right < width && top >= 0 && bottom < height;
        let small = within && mass >> 16 == 0 && rows <= 12 && across.groups <= 2;
        let size = if small { usize::from(across.groups - 1) * 2 + usize::from(rows > 8) } else { SIZES - 1 };
        Some((size, spot))
    }

    /// Puts spots of one size on the plane.
    fn put<const REMOVE: bool>(&mut self, size: usize, spots: &[Spot]) {
        let Self { plane, width, kernels, .. } = self;
        let taps = kernels.all();
        for spot in spots {
            let given = match size {
                0 => spot.put::<REMOVE, 1, 8>(plane, *width, taps),
                1 => spot.put::<REMOVE, 1, 12>(plane, *width, taps),
                2 => spot.put::<REMOVE, 2, 8>(plane, *width, taps),
                3 => spot.put::<REMOVE, 2, 12>(plane, *width, taps),
                _ => spot.put_any::<REMOVE>(plane, *width, taps),
            };
            // What rounding has kept back belongs to the middle.
            let rest = (spot.mass as u16).wrapping_sub(given);
            let [x, y] = spot.centre;
            put::<REMOVE>(plane, *width, x, y, rest);
        }
    }
}

/// Most that a dot is slanted, 1/65536 px across per px down: no plan has steeper ones.
const STEEPEST: i64 = 64 << FRACTION;

/// A number in 1/65536, rounded.
#[inline]
fn fixed(v: f64) -> i64 {
    // Added to this, a number up to 2^35 has its whole 1/65536 in the lowest bits: much quicker
    // than a conversion that must think of infinity.
    const ANCHOR: f64 = 1.5 * (1u64 << (52 - FRACTION)) as f64;
    (v + ANCHOR).to_bits() as i64 - ANCHOR.to_bits() as i64
}

/// One dot on the plane.
struct Spot {
    mass: u32,
    /// Column of the first tap of a row whose middle is not shifted.
    left: i32,
    top: i32,
    /// How many rows there are, and groups of taps in each.
    filled: u32,
    groups: u32,
    /// Shift of the first row's middle and the difference between rows, 1/65536 px.
    middle: i32,
    step: i32,
    /// Where the weights of its rows and the kernels of its rows' phases begin.
    weights: u32,
    across: u32,
    /// The pixel of its middle.
    centre: [i32; 2],
}

impl Spot {
    /// Puts all rows on a plane that holds them whole; what has been put down, modulo 65536 like
    /// the plane itself.
    #[inline]
    fn put<const REMOVE: bool, const GROUPS: usize, const ROWS: usize>(
        &self,
        plane: &mut [u16],
        stride: usize,
        taps: &[Lanes],
    ) -> u16 {
        let mut masses = [[0; LANES]; 2];
        let weights = &taps[self.weights as usize..][..ROWS.div_ceil(LANES)];
        for (masses, weights) in masses.iter_mut().zip(weights) {
            *masses = weights.map(|weight| share(self.mass as u16, weight));
        }
        let masses = masses.as_flattened();
        let across = &taps[self.across as usize..][..PHASES * GROUPS];
        // One sum for each place of a register.
        let mut given = [0u16; LANES];
        let mut middle = self.middle;
        let mut at = self.top as usize * stride;
        for &mass in &masses[..ROWS] {
            let phase = (middle >> 10) as usize % PHASES;
            let left = at + (self.left + (middle >> FRACTION)) as usize;
            let taps = &across[phase * GROUPS..][..GROUPS];
            let (pixels, _) = plane[left..left + GROUPS * LANES].as_chunks_mut::<LANES>();
            for (pixels, taps) in pixels.iter_mut().zip(taps) {
                for k in 0..LANES {
                    let v = share(mass, taps[k]);
                    pixels[k] = if REMOVE { pixels[k].wrapping_sub(v) } else { pixels[k].wrapping_add(v) };
                    given[k] = given[k].wrapping_add(v);
                }
            }
            middle = middle.wrapping_add(self.step);
            at += stride;
        }
        given.iter().fold(0u16, |sum, v| sum.wrapping_add(*v))
    }

    /// The same for any dot and a plane that may hold only a part of it.
    fn put_any<const REMOVE: bool>(&self, plane: &mut [u16], stride: usize, taps: &[Lanes]) -> u16 {
        let groups = self.groups as usize;
        let weights = taps[self.weights as usize..].as_flattened();
        let mut given = 0u16;
        let mut middle = self.middle;
        for (y, &weight) in (self.top..).zip(&weights[..self.filled as usize]) {
            let mass = ((u64::from(self.mass) * u64::from(weight)) >> 16).min(0xffff) as u16;
            let taps = &taps[self.across as usize + (middle >> 10) as usize % PHASES * groups..][..groups];
            for (x, &tap) in (self.left + (middle >> FRACTION)..).zip(taps.as_flattened()) {
                let v = share(mass, tap);
                given = given.wrapping_add(v);
                put::<REMOVE>(plane, stride, x, y, v);
            }
            middle = middle.wrapping_add(self.step);
        }
        given
    }
}

/// The part of a row's mass that a tap of [`super::kernel::UNIT`] ths gets.
#[inline]
fn share(row: u16, tap: u16) -> u16 {
    ((u32::from(row) * u32::from(tap)) >> 16) as u16
}

/// Adds to or takes from one pixel, if the plane has it.
#[inline]
fn put<const REMOVE: bool>(plane: &mut [u16], stride: usize, x: i32, y: i32, v: u16) {
    if x >= 0
        && y >= 0
        && x < stride as i32
        && let Some(pixel) = plane.get_mut(y as usize * stride + x as usize)
    {
        *pixel = if REMOVE { pixel.wrapping_sub(v) } else { pixel.wrapping_add(v) };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;
    use crate::space::PhotoPoint;
    use proptest::prelude::*;

    const BLUR: f32 = 0.6;

    fn dot(x: f64, y: f64, covariance: [f32; 3], mass: f32) -> Dot {
        Dot {
            photo: PhotoPoint::new(x, y),
            covariance,
            mass,
            diameter_mm: 0.45,
            strength: 0.85,
            rank: 7,
            place: 0,
        }
    }

    fn drawn(view: &View, dots: &[Dot]) -> Vec<u16> {
        let mut coverage = Coverage::default();
        coverage.reset(view);
        coverage.add(view, &Spread::new(view, BLUR), dots, &mut Tiles::of(view));
        coverage.plane().to_vec()
    }

    fn total(plane: &[u16]) -> u64 {
        plane.iter().map(|&c| u64::from(c)).sum()
    }

    fn any_dot() -> impl Strategy<Value = Dot> {
        (-20.0..120.0, -20.0..120.0, 0.05f32..30.0, -0.95f32..0.95, 0.05f32..30.0, 0.0f32..6.0, any::<u32>())
            .prop_map(|(x, y, xx, r, yy, mass, rank)| Dot {
                photo: PhotoPoint::new(x, y),
                covariance: [xx, r * (xx * yy).sqrt(), yy],
                mass,
                diameter_mm: 0.45,
                strength: 0.85,
                rank,
                place: 0,
            })
    }

    proptest! {
        #[test]
        fn mass_is_exact_at_every_place_shape_and_scale(d in any_dot(), scale in 0.1f64..=1.0) {
            let view = View::new(0.0, 0.0, scale, 128, 128).unwrap();
            let d = Dot { photo: PhotoPoint::new(64.0 / scale + d.photo.x * 0.01, 64.0 / scale + d.photo.y * 0.01), ..d };
            let scale2 = (scale as f32) * (scale as f32);
            let expected = (d.mass * scale2 * f32::from(ONE) + 0.5) as u64;
            prop_assert_eq!(total(&drawn(&view, &[d])), expected);
        }

        #[test]
        fn dots_taken_away_leave_nothing(dots in proptest::collection::vec(any_dot(), 1..40), scale in 0.1f64..=1.0) {
            let view = View::new(3.25, 1.5, scale, 90, 80).unwrap();
            let spread = Spread::new(&view, BLUR);
            let mut coverage = Coverage::default();
            let mut tiles = Tiles::of(&view);
            coverage.reset(&view);
            coverage.add(&view, &spread, &dots, &mut tiles);
            for d in dots.iter().rev() {
                coverage.remove_dot(&view, &spread, d, &mut tiles);
            }
            prop_assert!(coverage.plane().iter().all(|c| *c == 0));
        }

        #[test]
        fn what_is_marked_holds_every_pixel_that_changes(d in any_dot()) {
            let view = View::new(0.0, 0.0, 1.0, 100, 100).unwrap();
            let mut coverage = Coverage::default();
            let mut tiles = Tiles::of(&view);
            coverage.reset(&view);
            coverage.add_dot(&view, &Spread::new(&view, BLUR), &d, &mut tiles);
            for (i, &c) in coverage.plane().iter().enumerate() {
                prop_assert!(c == 0 || tiles.holds(i % 100, i / 100), "{} {}", i % 100, i / 100);
            }
        }
    }

    #[test]
    fn bands_join_without_a_seam() {
        let dots: Vec<Dot> = (0..200)
            .map(|i| {
                dot(f64::from(i * 37 % 100) + 0.31, f64::from(i * 53 % 100) + 0.77, [1.0, 0.2, 0.6], 0.8)
            })
            .collect();
        let whole = View::new(0.0, 0.0, 1.0, 100, 100).unwrap();
        let expected = drawn(&whole, &dots);
        let mut joined = Vec::new();
        for y in (0..100).step_by(7) {
            let band = View::new(0.0, f64::from(y), 1.0, 100, (100 - y).min(7) as u32).unwrap();
            joined.extend(drawn(&band, &dots));
        }
        assert_eq!(joined, expected);
    }

    #[test]
    fn a_spot_lies_where_the_dot_is_and_has_its_shape() {
        let view = View::new(0.0, 0.0, 1.0, 60, 60).unwrap();
        for (covariance, x, y) in
            [([2.0, 0.7, 1.1], 27.3, 32.8), ([5.0, -2.9, 2.2], 30.0, 29.5), ([0.3, 0.0, 6.0], 28.7, 31.2)]
        {
            let plane = drawn(&view, &[dot(x, y, covariance, 12.0)]);
            let m = total(&plane) as f64;
            let mean = |f: &dyn Fn(f64, f64) -> f64| {
                plane
                    .iter()
                    .enumerate()
                    .map(|(i, &c)| f64::from(c) * f((i % 60) as f64 + 0.5, (i / 60) as f64 + 0.5))
                    .sum::<f64>()
                    / m
            };
            let (mx, my) = (mean(&|x, _| x), mean(&|_, y| y));
            assert!((mx - x).abs() < 0.03 && (my - y).abs() < 0.03, "{mx} {my}");
            let moments = [
                mean(&|a, _| (a - mx) * (a - mx)),
                mean(&|a, b| (a - mx) * (b - my)),
                mean(&|_, b| (b - my) * (b - my)),
            ];
            let wanted = Spread::new(&view, BLUR).covariance(covariance).map(f64::from);
            for (found, wanted) in moments.iter().zip(wanted) {
                // Cut at 3 σ, and one of two neighbouring widths.
                assert!((found - wanted).abs() < 0.10 * wanted.abs() + 0.06, "{moments:?} {covariance:?}");
            }
        }
    }
}
