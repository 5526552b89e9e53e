//! The head's box of the photo at a size at which skin can be read quickly.

use crate::composite::{Pyramid, View, scene_of_code};
use crate::head::Head;
use crate::photo::Photo;
use crate::space::PhotoPoint;

/// Half width of the head, px, in the copy that is looked at: about 1.6 px a millimetre.
const HALF_WIDTH: f64 = 120.0;
/// Half side of the box around the skull in units of the larger half extent of the outline: the
/// silhouette ends within 1.13 of it.
const BOX: f64 = 1.2;
/// Room around face and ears, px here: what is smoothed needs neighbours.
const MARGIN: f64 = 8.0;
/// Largest side of the box, in half widths of the head: chin and nose are within that.
const LARGEST: f64 = 8.0;

/// A box of the photo around the head in scene light.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    /// Photo px at the left and top edge.
    pub(super) origin: PhotoPoint,
    /// Px here per photo px, at most 1.
    pub(super) scale: f64,
    /// Px across.
    pub(super) width: usize,
    /// Px down.
    pub(super) height: usize,
    /// Px here per mm of skin at the middle of the head.
    pub(super) px_per_mm: f64,
    /// Scene light row by row, red, green, blue; NaN-free, black outside the photo.
    pub(super) light: Vec<[f32; 3]>,
    /// Whether the photo has this place.
    pub(super) seen: Vec<bool>,
}

impl Sight {
    /// Looks at the skull and at `whole`, the points that the head's other parts reach to.
    pub(super) fn new(photo: &Photo, pyramid: &Pyramid, head: &Head, whole: &[PhotoPoint]) -> Self {
        let placement = head.placement();
        let scale = (HALF_WIDTH / placement.half_width).clamp(1e-3, 1.0);
        let half = BOX * placement.half_width.max(placement.half_height);
        let c = placement.centre;
        // A sliver of an outline is no head; its box stays small.
        let range = |middle: f64, along: fn(&PhotoPoint) -> f64| {
            let most = 0.5 * LARGEST * HALF_WIDTH / scale;
            let (mut low, mut high) = (middle - half, middle + half);
            for v in whole.iter().map(along).filter(|v| v.is_finite()) {
                (low, high) = (low.min(v - MARGIN / scale), high.max(v + MARGIN / scale));
            }
            let (low, high) = (low.max(middle - most), high.min(middle + most));
            (low, ((high - low) * scale).ceil().clamp(8.0, LARGEST * HALF_WIDTH) as u32)
        };
        let (left, width) = range(c.x, |p| p.x);
        let (top, height) = range(c.y, |p| p.y);
        let mut origin = PhotoPoint::new(left, top);
        if scale == 1.0 {
            // On whole pixels nothing is interpolated away.
            (origin.x, origin.y) = (origin.x.floor(), origin.y.floor());
        }
        let pixels = View::new(origin.x, origin.y, scale, width, height).map_or_else(
            |_| vec![0; width as usize * height as usize * 4],
            |view| pyramid.view(photo, &view),
        );
        let scene: Vec<f32> = (0..=255u8).map(|code| scene_of_code(f64::from(code)) as f32).collect();
        let light = pixels.chunks_exact(4).map(|p| [0, 1, 2].map(|k| scene[usize::from(p[k])])).collect();
        let seen = pixels.chunks_exact(4).map(|p| p[3] > 0).collect();
        let px_per_mm = (head.px_per_mm_at_centre() * scale).clamp(0.05, 50.0);
        Self { origin, scale, width: width as usize, height: height as usize, px_per_mm, light, seen }
    }

    /// The photo point in the middle of the pixel in that column and row.
    pub(super) fn point(&self, x: usize, y: usize) -> PhotoPoint {
        PhotoPoint::new(
            self.origin.x + (x as f64 + 0.5) / self.scale,
            self.origin.y + (y as f64 + 0.5) / self.scale,
        )
    }

    /// Which pixel a photo point lies in.
    pub(super) fn index(&self, p: PhotoPoint) -> Option<usize> {
        let (x, y) = ((p.x - self.origin.x) * self.scale, (p.y - self.origin.y) * self.scale);
        let (width, height) = (self.width as f64, self.height as f64);
        (x >= 0.0 && y >= 0.0 && x < width && y < height).then(|| y as usize * self.width + x as usize)
    }

    /// Rec. 709 luma of scene light.
    pub(super) fn luma([r, g, b]: [f32; 3]) -> f32 {
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}
