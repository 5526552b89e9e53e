//! Where the person ends and the background begins, coarsely.

use super::look::{Beyond, Part};
use super::models::expect;
use crate::Error;
use crate::composite::Pyramid;
use crate::nn::Network;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Side of what the network takes in and gives out.
const SIDE: usize = 256;
/// Share of the finer picture's side over which it passes into the coarser one at its edges: there the
/// network saw too little around.
const RIM: f64 = 0.12;

/// How surely each place of the photo shows the person: a coarse picture stretched over the whole
/// photo, and maybe a finer one over the square around a head.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMask {
    width: usize,
    height: usize,
    photo: [f64; 2],
    /// 0–255 = 0–1, row by row.
    share: Vec<u8>,
    finer: Option<Finer>,
}

/// A square picture over a part of the photo.
#[derive(Debug, Clone, PartialEq)]
struct Finer {
    /// Left and upper edge, photo px.
    corner: [f64; 2],
    /// Photo px along each side.
    side: f64,
    share: Vec<u8>,
}

impl PersonMask {
    /// A mask of `width` × `height` cells over a photo of `photo` px; `share` row by row, 0–255 for
    /// 0–1. None if the sizes do not match or are 0.
    pub fn new(width: usize, height: usize, photo: [f64; 2], share: Vec<u8>) -> Option<Self> {
        let fits = width > 0 && height > 0 && width.checked_mul(height) == Some(share.len());
        fits.then_some(Self { width, height, photo, share, finer: None })
    }

    /// Middle and side of the square in which the head of a small person is to be looked for again, if no
    /// face says where: the upper end of the person.
    pub(super) fn head(&self) -> Option<(PhotoPoint, f64)> {
        let shown = |i: &usize| self.share[*i] >= 128;
        let (mut low, mut high) = ([usize::MAX; 2], [0; 2]);
        for i in (0..self.share.len()).filter(shown) {
            for (k, v) in [i % self.width, i / self.width].into_iter().enumerate() {
                low[k] = low[k].min(v);
                high[k] = high[k].max(v + 1);
            }
        }
        let cell = [self.photo[0] / self.width as f64, self.photo[1] / self.height as f64];
        let span = [0, 1].map(|k| high[k].saturating_sub(low[k]) as f64 * cell[k]);
        let longer = self.photo[0].max(self.photo[1]);
        if span[0] <= 0.0 || span[0].max(span[1]) > SMALL * longer {
            return None;
        }
        let side = span[0].min(span[1]) * MARGIN;
        let middle = low[0] as f64 * cell[0] + span[0] / 2.0;
        Some((PhotoPoint::new(middle, low[1] as f64 * cell[1] + side / 2.0 - side * 0.1), side))
    }

    /// How surely this place of the photo shows the person, 0–1, bilinear between cells' middles.
    pub fn at(&self, p: PhotoPoint) -> f64 {
        let coarse =
            || bilinear(&self.share, [self.width, self.height], [p.x / self.photo[0], p.y / self.photo[1]]);
        let Some(finer) = &self.finer else { return coarse() };
        let place = [(p.x - finer.corner[0]) / finer.side, (p.y - finer.corner[1]) / finer.side];
        let from_edge = place.iter().fold(1.0, |least: f64, v| least.min(*v).min(1.0 - v));
        let weight = (from_edge / RIM).clamp(0.0, 1.0);
        if weight <= 0.0 {
            return coarse();
        }
        let fine = bilinear(&finer.share, [SIDE, SIDE], place);
        if weight >= 1.0 { fine } else { fine * weight + coarse() * (1.0 - weight) }
    }
}

/// A person that takes up more of the photo's longer side is seen finely enough.
const SMALL: f64 = 0.6;
/// How much larger than the person's breadth the square is that is looked at again.
const MARGIN: f64 = 1.3;

/// The value at a place from (0, 0) to (1, 1) of a picture.
fn bilinear(share: &[u8], [width, height]: [usize; 2], [x, y]: [f64; 2]) -> f64 {
    let neighbours = |v: f64, cells: usize| {
        let at = (v * cells as f64 - 0.5).clamp(0.0, (cells - 1) as f64);
        let first = (at as usize).min(cells.saturating_sub(2));
        (first, (first + 1).min(cells - 1), at - first as f64)
    };
    let (x0, x1, u) = neighbours(x, width);
    let (y0, y1, v) = neighbours(y, height);
    let cell = |x: usize, y: usize| f64::from(share[y * width + x]) / 255.0;
    let row = |y: usize| cell(x0, y) * (1.0 - u) + cell(x1, y) * u;
    row(y0) * (1.0 - v) + row(y1) * v
}

/// The network that tells a person from the background, with a face to be seen or without.
#[derive(Debug)]
pub(super) struct PersonFinder {
    network: Network,
}

impl PersonFinder {
    pub(super) fn new(bytes: &[u8]) -> Result<Self, Error> {
        let network = Network::from_tflite(bytes)?;
        expect(&network, SIDE, &[SIDE * SIDE])?;
        Ok(Self { network })
    }

    /// The mask of the whole photo.
    pub(super) fn find(&self, photo: &Photo, pyramid: &Pyramid) -> Result<PersonMask, Error> {
        let share = self.look(photo, pyramid, Part::whole(photo))?;
        let size = [f64::from(photo.width()), f64::from(photo.height())];
        Ok(PersonMask { width: SIDE, height: SIDE, photo: size, share, finer: None })
    }

    /// The same mask, finer in the square of `side` photo px around `centre`.
    pub(super) fn refine(
        &self,
        photo: &Photo,
        pyramid: &Pyramid,
        mask: &PersonMask,
        (centre, side): (PhotoPoint, f64),
    ) -> Result<PersonMask, Error> {
        let part = Part::square(centre, side, 0.0);
        let corner = part.to_photo(0.0, 0.0).into();
        let finer = Some(Finer { corner, side, share: self.look(photo, pyramid, part)? });
        Ok(PersonMask { finer, ..mask.clone() })
    }

    fn look(&self, photo: &Photo, pyramid: &Pyramid, part: Part) -> Result<Vec<u8>, Error> {
        let results = self.network.run(part.look(photo, pyramid, SIDE, Beyond::Edge))?;
        Ok(results[0].iter().map(|share| (share * 255.0 + 0.5) as u8).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    #[test]
    fn between_the_middles_of_cells_it_is_bilinear() {
        let mask = PersonMask::new(2, 2, [200.0, 100.0], vec![0, 255, 0, 255]).unwrap();
        assert_eq!(mask.at(PhotoPoint::new(50.0, 25.0)), 0.0);
        assert_eq!(mask.at(PhotoPoint::new(150.0, 75.0)), 1.0);
        assert!((mask.at(PhotoPoint::new(100.0, 50.0)) - 0.5).abs() < 1e-12);
        assert_eq!(mask.at(PhotoPoint::new(-1e9, 1e9)), 0.0);
        assert!(PersonMask::new(2, 2, [1.0, 1.0], vec![0; 3]).is_none());
    }

    #[test]
    fn a_finer_picture_counts_within_its_square() {
        let coarse = PersonMask::new(1, 1, [100.0, 100.0], vec![0]).unwrap();
        let finer = Finer { corner: [20.0, 20.0], side: 40.0, share: vec![255; SIDE * SIDE] };
        let mask = PersonMask { finer: Some(finer), ..coarse };
        assert_eq!(mask.at(PhotoPoint::new(40.0, 40.0)), 1.0);
        assert_eq!(mask.at(PhotoPoint::new(10.0, 40.0)), 0.0);
        let rim = mask.at(PhotoPoint::new(20.0 + 40.0 * RIM / 2.0, 40.0));
        assert!((rim - 0.5).abs() < 1e-9, "{rim}");
    }
}
