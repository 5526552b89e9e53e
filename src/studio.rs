//! The half on the page: the document, its history, and geometry that answers at once. It holds no
//! pixel.

mod line;
mod zones;

use std::cell::OnceCell;

use serde::Serialize;

pub use zones::ZoneMask;

use crate::Error;
use crate::density::Lattice;
use crate::document::{Document, History, PhotoSize, Setting, Value};
use crate::hairline::{self, HairlineStyle};
use crate::head::{Head, HeadPlacement};
use crate::space::PhotoPoint;

/// Points of the head's outline as it is drawn.
const OUTLINE_POINTS: usize = 96;
/// Which tool a handle belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The hairline's points.
    Hairline,
    /// The head's outline.
    Head,
}

/// Something on the photo that can be dragged.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Handle {
    /// Stable name.
    pub id: String,
    /// The tool.
    pub group: Group,
    /// Photo px.
    pub x: f64,
    /// Photo px.
    pub y: f64,
    /// Along the skin from the midline, mm, the subject's left positive.
    pub across_mm: f64,
    /// Along the skin above the brow's level, mm.
    pub above_mm: f64,
}

/// What the page tells about the line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Readout {
    /// Mid-frontal point above the brow along the skin, mm.
    pub midpoint_above_brow_mm: f64,
    /// Its standard error, mm.
    pub uncertainty_mm: f64,
    /// Between the fronto-temporal angles, straight, mm.
    pub width_mm: f64,
}

/// What the page tells about the scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// The pupil distance that is taken for true, mm.
    pub pupil_distance_mm: f64,
    /// Whether somebody has told it.
    pub given: bool,
    /// Standard error of every length, as a share.
    pub uncertainty: f64,
}

/// A document being worked on.
#[derive(Debug, Clone)]
pub struct Studio {
    history: History,
    head: Head,
    /// Of the head, for zones.
    lattice: OnceCell<Lattice>,
}

impl Studio {
    /// A new plan for a photo of that size.
    pub fn new(photo: PhotoSize) -> Self {
        Self::of(Document::starting(photo))
    }

    /// Goes on with a stored plan.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(Self::of(Document::from_json(json)?))
    }

    fn of(document: Document) -> Self {
        Self { head: document.fitted_head(), history: History::new(document), lattice: OnceCell::new() }
    }

    /// The plan as it is now.
    pub fn document(&self) -> &Document {
        self.history.present()
    }

    /// The plan's past and future.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Everything that can be dragged.
    pub fn handles(&self) -> Vec<Handle> {
        let (document, brow) = (self.document(), self.brow_level());
        let line = document.hairline.points.iter().enumerate().map(|(i, &p)| {
            let scalp = self.head.unproject(p).scalp;
            Handle {
                id: format!("hairline-{i}"),
                group: Group::Hairline,
                x: p.x,
                y: p.y,
                across_mm: self.head.across_mm(scalp),
                above_mm: self.head.above_mm(scalp, brow),
            }
        });
        let head = HeadHandle::ALL.iter().map(|h| {
            let p = h.position(&self.head);
            Handle {
                id: h.id().to_owned(),
                group: Group::Head,
                x: p.x,
                y: p.y,
                across_mm: 0.0,
                above_mm: 0.0,
            }
        });
        line.chain(head).collect()
    }

    /// The hairline as it is drawn.
    pub fn hairline_path(&self) -> Vec<PhotoPoint> {
        let document = self.document();
        document.hairline.polyline(document.head.half_width / 60.0)
    }

    /// The head's outline as it is drawn.
    pub fn head_path(&self) -> Vec<PhotoPoint> {
        self.head.outline(OUTLINE_POINTS)
    }

    /// The level that heights are told from: the glabella's.
    fn brow_level(&self) -> f64 {
        hairline::glabella_level(&self.head, self.document().face.as_ref().map(|face| &face.points))
    }

    /// Numbers about the line.
    pub fn readout(&self) -> Readout {
        let points = &self.document().hairline.points;
        let middle = self.head.unproject(points[points.len() / 2]).scalp;
        let middle = self.head.above_mm(middle, self.brow_level());
        let error = self.document().length_error();
        let [a, b] = [1, points.len() - 2].map(|i| self.head.unproject(points[i]).camera);
        let d = [a.x - b.x, a.y - b.y, a.z - b.z];
        Readout {
            midpoint_above_brow_mm: middle,
            uncertainty_mm: 1.0 + error * middle.abs(),
            width_mm: (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt(),
        }
    }

    /// What was measured of the face.
    pub fn measured(&self) -> Option<Measured> {
        let face = self.document().face.as_ref()?;
        let scale = face.scale();
        Some(Measured {
            pupil_distance_mm: scale.pupil_distance_mm,
            given: face.told_pupil_distance_mm.is_some(),
            uncertainty: scale.error,
        })
    }

    /// Starts a gesture: what follows until [`Studio::commit`] is one step.
    pub fn begin(&mut self) {
        self.history.begin();
    }

    /// Ends a gesture.
    pub fn commit(&mut self) {
        self.history.commit();
    }

    /// Takes a gesture back.
    pub fn cancel(&mut self) {
        self.history.cancel();
        self.refit();
    }

    /// Undoes a step.
    pub fn undo(&mut self) -> bool {
        let done = self.history.undo();
        self.refit();
        done
    }

    /// Redoes a step.
    pub fn redo(&mut self) -> bool {
        let done = self.history.redo();
        self.refit();
        done
    }

    /// Moves a handle to a photo point; a name that is none moves nothing.
    pub fn move_handle(&mut self, id: &str, to: PhotoPoint) {
        if !(to.x.is_finite() && to.y.is_finite()) {
            return;
        }
        if let Some(i) = self.hairline_index(id) {
            self.move_point(i, to);
        } else if let Some(handle) = HeadHandle::by_id(id) {
            let head = &self.head;
            self.history.change(|d| {
                handle.drag(head, &mut d.head, to);
                d.head = d.head.clamped(f64::from(d.photo.width), f64::from(d.photo.height));
                follow_head(d);
            });
            self.refit();
        }
    }

    /// Moves a handle by millimetres on the skin, in the picture's directions.
    pub fn nudge_handle(&mut self, id: &str, right_mm: f64, up_mm: f64) {
        let Some(from) = self.handles().into_iter().find(|h| h.id == id) else { return };
        let p = PhotoPoint::new(from.x, from.y);
        let length = (right_mm * right_mm + up_mm * up_mm).sqrt();
        if !length.is_normal() {
            return;
        }
        let (dx, dy) = (right_mm / length, -up_mm / length);
        // At the limb a millimetre of skin is no pixel at all; a handle must not get stuck there.
        let at = self.head.unproject(p);
        let mm_per_px = at.mm_per_px(dx, dy).min(4.0 / at.px_per_mm);
        let px = length / mm_per_px.max(1e-6);
        self.move_handle(id, PhotoPoint::new(p.x + dx * px, p.y + dy * px));
    }

    /// The value of a setting.
    pub fn setting(&self, setting: Setting) -> Value {
        self.document().get(setting)
    }

    /// Sets a setting; see [`Document::set_number`].
    pub fn set(&mut self, setting: Setting, value: f64) {
        self.history.change(|d| {
            d.set_number(setting, value);
            follow_head(d);
        });
        self.refit();
    }

    /// Goes back to the suggested hairline.
    pub fn reset_hairline(&mut self) {
        self.history.change(|d| {
            d.hairline.suggested = true;
            follow_head(d);
        });
    }

    /// Chooses a style of hairline: its line, with its softness and irregularity.
    pub fn choose_style(&mut self, style: HairlineStyle) {
        self.history.change(|d| d.choose_style(style));
    }

    /// Tells how high the mid-frontal point of the line in the photo stands above the glabella, mm
    /// along the skin, as somebody has measured it: every length follows.
    pub fn tell_height(&mut self, mm: f64) {
        let now = self.readout().midpoint_above_brow_mm;
        // A line below or at the brow has no height to compare with.
        if !(mm.is_finite() && mm > 0.0 && now > 1.0) {
            return;
        }
        let larger = mm / now;
        self.history.change(|d| {
            // The line stays where it was measured.
            d.hairline.suggested = false;
            if let Some(pupils) = d.face.as_ref().map(|face| face.scale().pupil_distance_mm) {
                d.tell_pupil_distance(Some(pupils * larger));
            } else {
                d.head.breadth_mm *= larger;
                d.head.camera_distance_mm *= larger;
                d.head = d.head.clamped(f64::from(d.photo.width), f64::from(d.photo.height));
            }
        });
        self.refit();
    }

    fn hairline_index(&self, id: &str) -> Option<usize> {
        let i = id.strip_prefix("hairline-")?.parse().ok()?;
        (i < self.document().hairline.points.len()).then_some(i)
    }

    fn move_point(&mut self, i: usize, to: PhotoPoint) {
        let head = &self.head;
        let mut to = head.clamp_to_outline(to, hairline::WITHIN_OUTLINE);
        self.history.change(|d| {
            let (line, seed) = (&mut d.hairline, d.seed);
            line.suggested = false;
            if line.symmetric && i == line.middle() {
                to = hairline::on_midline(head, to);
            }
            let other = line.counterpart(i);
            line.points[i] = to;
            if line.symmetric && other != i {
                line.points[other] = line.counterpart_of(head, to, seed);
            }
        });
    }

    fn refit(&mut self) {
        if *self.head.placement() != self.document().head {
            self.head = self.document().fitted_head();
            self.lattice = OnceCell::new();
        }
    }
}

/// A hairline that nobody has touched goes with the head; one that somebody drew stays.
fn follow_head(document: &mut Document) {
    if document.hairline.suggested {
        document.suggest_line(&document.fitted_head());
    }
}

/// A handle of the head's outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadHandle {
    Centre,
    Left,
    Right,
    Top,
    Bottom,
}

impl HeadHandle {
    const ALL: [Self; 5] = [Self::Centre, Self::Left, Self::Right, Self::Top, Self::Bottom];

    fn id(self) -> &'static str {
        match self {
            Self::Centre => "head-centre",
            Self::Left => "head-left",
            Self::Right => "head-right",
            Self::Top => "head-top",
            Self::Bottom => "head-bottom",
        }
    }

    fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.id() == id)
    }

    /// Which way from the centre, in units of the two half axes; 'left' is the picture's.
    fn direction(self) -> (f64, f64) {
        match self {
            Self::Centre => (0.0, 0.0),
            Self::Left => (-1.0, 0.0),
            Self::Right => (1.0, 0.0),
            Self::Top => (0.0, -1.0),
            Self::Bottom => (0.0, 1.0),
        }
    }

    fn position(self, head: &Head) -> PhotoPoint {
        let placement = head.placement();
        let [across, along] = placement.axes();
        let (u, v) = self.direction();
        let out = self.limb(head);
        let (a, b) = (u * out * placement.half_width, v * out * placement.half_height);
        PhotoPoint::new(
            placement.centre.x + a * across.x + b * along.x,
            placement.centre.y + a * across.y + b * along.y,
        )
    }

    /// How far out the head's outline lies at this handle, in units of the placed ellipse.
    fn limb(self, head: &Head) -> f64 {
        let (u, v) = self.direction();
        head.limb_radius(libm::atan2(v, u))
    }

    fn opposite(self) -> Self {
        match self {
            Self::Centre => Self::Centre,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
        }
    }

    /// Dragging a side moves that side only: the opposite one stays where it is.
    fn drag(self, head: &Head, placement: &mut HeadPlacement, to: PhotoPoint) {
        let (u, v) = self.direction();
        if (u, v) == (0.0, 0.0) {
            placement.centre = to;
            return;
        }
        let [across, along] = placement.axes();
        let (axis, half) =
            if u == 0.0 { (along, placement.half_height) } else { (across, placement.half_width) };
        let sign = u + v;
        let c = placement.centre;
        let out = sign * ((to.x - c.x) * axis.x + (to.y - c.y) * axis.y);
        let (here, there) = (self.limb(head), self.opposite().limb(head));
        let new_half = ((out + there * half) / (here + there)).max(8.0);
        let shift = sign * there * (new_half - half);
        placement.centre = PhotoPoint::new(c.x + shift * axis.x, c.y + shift * axis.y);
        if u == 0.0 {
            placement.half_height = new_half;
        } else {
            placement.half_width = new_half;
        }
    }
}
