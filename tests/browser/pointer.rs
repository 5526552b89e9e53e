//! Fingers, pens, mice and keys, moved by the browser's driver as real ones would be.

use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::actions::{
    ActionSequence, Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PenActions,
    PointerAction, TouchActions, WheelAction, WheelActions,
};
use fantoccini::key::Key;

use crate::engines::Engine;
use crate::page::{Page, Place};

/// What touches the glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mouse,
    Touch,
    Pen,
}

impl Kind {
    /// The kinds an engine's driver can move.
    pub fn of(engine: Engine) -> &'static [Self] {
        match engine {
            Engine::Chromium => &[Self::Mouse, Self::Touch, Self::Pen],
            // Marionette answers 'unsupported operation' to a pen.
            Engine::Firefox => &[Self::Mouse, Self::Touch],
            // WebKitGTK's automation turns every pointer into a mouse; fingers exist on iOS only.
            Engine::WebKit => &[Self::Mouse],
        }
    }

    fn sequence(self, id: &str, steps: Vec<PointerAction>) -> ActionSequence {
        let id = id.to_owned();
        match self {
            Self::Mouse => steps.into_iter().fold(MouseActions::new(id), InputSource::then).into(),
            Self::Touch => steps.into_iter().fold(TouchActions::new(id), InputSource::then).into(),
            Self::Pen => steps.into_iter().fold(PenActions::new(id), InputSource::then).into(),
        }
    }
}

// A press, everything until it is lifted and the lifting are one command each time: `chromedriver`
// drops a captured mouse or finger when a command ends.

/// Presses at `from`, visits `stops` one after the other, and lifts.
pub async fn drag(page: &Page, kind: Kind, from: Place, stops: &[Place]) -> Result<()> {
    let mut steps = Vec::new();
    for stop in stops {
        steps.push(travel(*stop, 150));
        // Long enough for a frame on a slow and busy machine.
        steps.push(PointerAction::Pause { duration: Duration::from_millis(600) });
    }
    stroke(page, kind, from, steps).await
}

/// Presses at `from`, passes `places` and lifts: one place a display frame, as Chromium takes no more.
pub async fn sweep(page: &Page, kind: Kind, from: Place, places: &[Place]) -> Result<()> {
    stroke(page, kind, from, places.iter().map(|place| travel(*place, 0)).collect()).await
}

/// Presses at `from`, does `moves` and lifts.
async fn stroke(page: &Page, kind: Kind, from: Place, moves: Vec<PointerAction>) -> Result<()> {
    let mut steps = vec![travel(from, 0), PointerAction::Down { button: MOUSE_BUTTON_LEFT }];
    steps.extend(moves);
    steps.push(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    let actions = Actions::from(kind.sequence(&format!("{kind:?}"), steps));
    page.client.perform_actions(actions).await.with_context(|| format!("{kind:?} pointer"))?;
    page.settle().await
}

fn travel(to: Place, milliseconds: u64) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(milliseconds)), x: to.x, y: to.y }
}

/// Two fingers that start beside `middle` and end `factor` times as far apart.
pub async fn pinch(page: &Page, middle: Place, factor: f64) -> Result<()> {
    let finger = |id: &str, side: f64| {
        let at = |reach: f64| Place { x: middle.x + side * reach, y: middle.y };
        let steps = vec![
            travel(at(60.0), 0),
            PointerAction::Down { button: MOUSE_BUTTON_LEFT },
            travel(at(60.0 * (1.0 + factor) / 2.0), 100),
            travel(at(60.0 * factor), 100),
            PointerAction::Up { button: MOUSE_BUTTON_LEFT },
        ];
        Kind::Touch.sequence(id, steps)
    };
    let actions = Actions::from(finger("thumb", -1.0)).and(finger("forefinger", 1.0));
    page.client.perform_actions(actions).await.context("two fingers")
}

/// Turns the wheel over a place; positive is away from the person's eyes on a page, that is down.
pub async fn wheel(page: &Page, at: Place, delta: i64) -> Result<()> {
    let mut wheel = WheelActions::new("wheel".to_owned());
    wheel.push(WheelAction::Scroll {
        duration: None,
        x: at.x as i64,
        y: at.y as i64,
        delta_x: 0,
        delta_y: delta,
    });
    page.client.perform_actions(wheel).await.context("the wheel")
}

/// Presses `key` while `held` are down.
pub async fn press(page: &Page, held: &[Key], key: impl Into<char>) -> Result<()> {
    let value = key.into();
    let mut keys = KeyActions::new("keys".to_owned());
    for held in held {
        keys = keys.then(KeyAction::Down { value: (*held).into() });
    }
    keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    for held in held.iter().rev() {
        keys = keys.then(KeyAction::Up { value: (*held).into() });
    }
    page.client.perform_actions(keys).await.context("a key")
}
