//! What was measured beside what is wanted.

use crate::size::Sizes;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Everything that one run measured.
pub struct Measured {
    /// In Chromium: see `tests/browser/bench.rs`.
    pub page: Map<String, Value>,
    /// Native medians by bench, ms.
    pub native: BTreeMap<String, f64>,
    /// Of the published page.
    pub sizes: Sizes,
}

impl Measured {
    fn page(&self, name: &str) -> Option<f64> {
        self.page.get(name)?.as_f64()
    }

    fn native(&self, name: &str) -> Option<f64> {
        self.native.get(name).copied()
    }
}

/// What is wanted of a number.
enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// A yes.
    Yes,
}

/// How a number is written.
#[derive(Clone, Copy)]
enum Unit {
    Times,
    Share,
    Milliseconds,
    Seconds,
    Kilobytes,
    Megabytes,
    Count,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Times if value >= 10.0 => format!("{value:.0}x"),
            Self::Times => format!("{value:.1}x"),
            Self::Share => format!("{value:.2}"),
            Self::Milliseconds => format!("{value:.1} ms"),
            Self::Seconds => format!("{value:.2} s"),
            Self::Kilobytes => format!("{value:.0} KB"),
            Self::Megabytes => format!("{value:.0} MB"),
            Self::Count => format!("{value:.0}"),
        }
    }
}

/// One line of the table.
struct Row {
    measure: &'static str,
    value: Option<f64>,
    unit: Unit,
    goal: Goal,
    /// What the number is made of.
    from: String,
}

impl Row {
    fn cells(&self) -> [String; 5] {
        let (goal, reached) = match self.goal {
            Goal::AtLeast(least) => (format!(">= {}", self.unit.show(least)), self.value.map(|v| v >= least)),
            Goal::AtMost(most) => (format!("<= {}", self.unit.show(most)), self.value.map(|v| v <= most)),
            Goal::Yes => ("yes".to_owned(), self.value.map(|v| v > 0.0)),
        };
        let value = match (&self.goal, self.value) {
            (_, None) => "-".to_owned(),
            (Goal::Yes, Some(v)) => if v > 0.0 { "yes" } else { "no" }.to_owned(),
            (_, Some(v)) => self.unit.show(v),
        };
        let verdict = match reached {
            None => "not measured",
            Some(true) => "reached",
            Some(false) => "not reached",
        };
        [self.measure.to_owned(), value, goal, verdict.to_owned(), self.from.clone()]
    }
}

/// The whole table as text.
pub fn of(measured: &Measured) -> String {
    let mut rows = in_the_worker(measured);
    rows.extend(on_the_page(measured));
    rows.extend(sizes(measured));
    let mut lines = vec![["measure", "measured", "goal", "", "from"].map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let mut widths = [0; 4];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = heading(measured);
    for [measure, value, goal, verdict, from] in &lines {
        let [a, b, c, d] = widths;
        // Writing into a string has no way to fail.
        let _ = writeln!(text, "{measure:<a$}  {value:>b$}  {goal:<c$}  {verdict:<d$}  {from}");
    }
    text
}

fn heading(measured: &Measured) -> String {
    let number = |name| measured.page(name).unwrap_or(f64::NAN);
    let agent = measured.page.get("agent").and_then(Value::as_str).unwrap_or_default();
    let browser = agent.split(' ').find(|word| word.contains("Chrome/")).unwrap_or("Chromium");
    let (engine, peers) = (number("engineDots"), number("peerDots"));
    let mut text = format!(
        "{browser}. Scene: a drawn close-up of a crown, {} x {} px at 100 %, under {engine} dots of sigma \
         {:.1} px (median) behind a soft hairline;\n\
         they change {:.0} % of its pixels. Engine and peers paint the same dots; times are medians, in \
         one worker each.\n\
         Mean darkening in codes: engine {:.1}, which keeps the skin's shine and the camera's curve, \
         canvas {:.1}, plain JS {:.1}.\n",
        number("width"),
        number("height"),
        number("dotSigma"),
        100.0 * number("changedShare"),
        number("engineDarkening"),
        number("canvasDarkening"),
        number("linearDarkening")
    );
    if engine != peers {
        let _ = writeln!(text, "The peers drew {peers} dots: the first two ratios are per dot.");
    }
    text.push('\n');
    text
}

/// The engine against its peers.
fn in_the_worker(measured: &Measured) -> Vec<Row> {
    let page = |name: &str| measured.page(name);
    let dots_ratio = ratio(page("engineDots"), page("peerDots"));
    // Both drew the same dots; if ever they do not, each is taken per dot.
    let faster = |peer| Some(ratio(page(peer), page("engineFrame"))? * dots_ratio?);
    let ms = |name: &str| Unit::Milliseconds.show(page(name).unwrap_or(f64::NAN));
    let native_ms = |name: &str| Unit::Milliseconds.show(measured.native(name).unwrap_or(f64::NAN));
    vec![
        Row {
            measure: "wasm frame against canvas arc()+fill()",
            value: faster("canvasFrame"),
            unit: Unit::Times,
            goal: Goal::AtLeast(15.0),
            from: format!("{} against {}", ms("engineFrame"), ms("canvasFrame")),
        },
        Row {
            measure: "wasm frame against plain-JS linear light",
            value: faster("linearFrame"),
            unit: Unit::Times,
            goal: Goal::AtLeast(8.0),
            from: format!("{} against {}", ms("engineFrame"), ms("linearFrame")),
        },
        Row {
            measure: "selecting dots against npm poisson-disk-sampling",
            value: ratio(
                ratio(page("poisson"), page("poissonMade")),
                ratio(page("select"), page("selected")),
            ),
            unit: Unit::Times,
            goal: Goal::AtLeast(100.0),
            from: format!(
                "{:.2} ms for {} dots against {:.0} ms for {}, per dot",
                page("select").unwrap_or(f64::NAN),
                page("selected").unwrap_or(f64::NAN),
                page("poisson").unwrap_or(f64::NAN),
                page("poissonMade").unwrap_or(f64::NAN)
            ),
        },
        Row {
            measure: "native composite against touching its bytes",
            value: ratio(measured.native("memory/composite"), measured.native("memory/touch")),
            unit: Unit::Times,
            goal: Goal::AtMost(2.0),
            from: format!(
                "{} against {}, both out of cache; {} in cache; clear and splat {}",
                native_ms("memory/composite"),
                native_ms("memory/touch"),
                native_ms("memory/composite, cached"),
                native_ms("memory/clear and splat")
            ),
        },
        Row {
            measure: "frame during a drag against a full one",
            value: ratio(page("dragFrame"), page("fullFrame")),
            unit: Unit::Share,
            goal: Goal::AtMost(1.0 / 3.0),
            from: format!(
                "{} for {:.0} % of the picture, the line 2 px on, against {} for {:.0} %, another density; \
                 reading the plan and handing out included",
                ms("dragFrame"),
                100.0 * page("dragShare").unwrap_or(f64::NAN),
                ms("fullFrame"),
                100.0 * page("fullShare").unwrap_or(f64::NAN)
            ),
        },
    ]
}

/// What a person waits for.
fn on_the_page(measured: &Measured) -> Vec<Row> {
    let page = |name: &str| measured.page(name);
    let number = |name: &str| page(name).unwrap_or(f64::NAN);
    let seconds = |name| page(name).map(|ms| ms / 1e3);
    let file = |bytes| format!("a file of {:.1} MB", number(bytes) / 1e6);
    vec![
        Row {
            measure: "pointer event to pixels on screen, 95 of 100",
            value: page("pointerToPixelsP95"),
            unit: Unit::Milliseconds,
            goal: Goal::AtMost(2.0 * 1000.0 / 60.0),
            from: format!(
                "half within {:.1} ms; {} moves {:.0} ms apart, {} frames of {} x {} px",
                number("pointerToPixelsP50"),
                number("moves"),
                number("moveGap"),
                number("frames"),
                number("viewWidth"),
                number("viewHeight")
            ),
        },
        Row {
            measure: "long tasks (> 50 ms) during that drag",
            value: page("longTasks"),
            unit: Unit::Count,
            goal: Goal::AtMost(0.0),
            from: format!("longest {:.0} ms", number("longestTask")),
        },
        Row {
            measure: "12-megapixel JPEG chosen to first preview",
            value: seconds("open12"),
            unit: Unit::Seconds,
            goal: Goal::AtMost(2.5),
            from: file("open12Bytes"),
        },
        Row {
            measure: "12-megapixel photo looked at, models warm",
            value: seconds("analyse").filter(|_| page("analyseFaces") == Some(1.0)),
            unit: Unit::Seconds,
            goal: Goal::AtMost(1.2),
            from: format!("in pieces of at most {:.0} ms", number("analyseSlice")),
        },
        Row {
            measure: "3-megapixel JPEG chosen to first preview",
            value: seconds("open3"),
            unit: Unit::Seconds,
            goal: Goal::AtMost(1.0),
            from: file("open3Bytes"),
        },
    ]
}

fn sizes(measured: &Measured) -> Vec<Row> {
    let kilobytes = |bytes: u64| Some(bytes as f64 / 1024.0);
    let megabytes = |name| measured.page(name).map(|bytes| bytes / 1e6);
    let given_back = measured.page.get("memoryGivenBack").and_then(Value::as_bool);
    vec![
        Row {
            measure: "page, wasm and JS, compressed",
            value: kilobytes(measured.sizes.before_photo()),
            unit: Unit::Kilobytes,
            goal: Goal::AtMost(400.0),
            from: "gzip, everything before a photo is chosen".to_owned(),
        },
        Row {
            measure: "follicle set",
            value: kilobytes(measured.sizes.follicles),
            unit: Unit::Kilobytes,
            goal: Goal::AtMost(500.0),
            from: "loads while the user picks a photo".to_owned(),
        },
        Row {
            measure: "wasm memory, 12 megapixels opened and saved",
            value: megabytes("memorySaved"),
            unit: Unit::Megabytes,
            goal: Goal::AtMost(300.0),
            from: format!("{:.0} MB before saving", megabytes("memoryOpen").unwrap_or(f64::NAN)),
        },
        Row {
            measure: "wasm memory given back on starting over",
            value: given_back.map(f64::from),
            unit: Unit::Count,
            goal: Goal::Yes,
            from: "the worker that holds it is ended and replaced".to_owned(),
        },
    ]
}

fn ratio(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    Some(a? / b?).filter(|ratio| ratio.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Goal, Row, Unit};

    fn verdict(value: Option<f64>, goal: Goal) -> String {
        let [_, _, _, verdict, _] =
            Row { measure: "", value, unit: Unit::Times, goal, from: String::new() }.cells();
        verdict
    }

    #[test]
    fn goals_are_judged_from_their_side() {
        assert_eq!(verdict(Some(15.0), Goal::AtLeast(15.0)), "reached");
        assert_eq!(verdict(Some(14.9), Goal::AtLeast(15.0)), "not reached");
        assert_eq!(verdict(Some(2.0), Goal::AtMost(2.0)), "reached");
        assert_eq!(verdict(Some(2.1), Goal::AtMost(2.0)), "not reached");
        assert_eq!(verdict(Some(0.0), Goal::Yes), "not reached");
        assert_eq!(verdict(None, Goal::AtMost(2.0)), "not measured");
    }
}
