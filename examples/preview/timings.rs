//! How long each stage took.

use std::time::Instant;

use serde_json::{Map, Value, json};

/// Milliseconds by stage, in the order in which they were taken.
pub struct Timings {
    since: Instant,
    taken: Map<String, Value>,
}

impl Timings {
    /// The first stage begins now.
    pub fn begin() -> Self {
        Self { since: Instant::now(), taken: Map::new() }
    }

    /// What was done since the last call was `stage`; stages may come in pieces.
    pub fn add(&mut self, stage: &str) {
        let now = Instant::now();
        let ms = (now - self.since).as_secs_f64() * 1000.0;
        self.since = now;
        let before = self.taken.get(stage).and_then(Value::as_f64).unwrap_or(0.0);
        self.taken.insert(stage.to_owned(), json!(((before + ms) * 100.0).round() / 100.0));
    }

    /// All of them.
    pub fn json(&self) -> Value {
        Value::Object(self.taken.clone())
    }
}
