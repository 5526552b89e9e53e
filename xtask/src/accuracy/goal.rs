//! The rows of the design's accuracy table.

use std::collections::BTreeMap;

/// A row of the table, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    ScaleGiven,
    ScaleAssumed,
    Pupils,
    Glabella,
    Subnasale,
    Menton,
    Midpoint,
    Trichion,
    Yaw,
    Roll,
    Pitch,
    CosineMedian,
    CosineTail,
    Person,
    Hair,
    Skin,
    DensityFront,
    DensityMiddle,
    DensityCrown,
    DotsOffHead,
    DotsOnFace,
}

/// What is wanted of a number.
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Measure {
    /// Words, the unit, how many decimals, and what is wanted.
    fn about(self) -> (&'static str, &'static str, usize, Goal) {
        use Goal::{AtLeast, AtMost};
        match self {
            Self::ScaleGiven => ("forehead scale, pupil distance given", "%", 1, AtMost(3.0)),
            Self::ScaleAssumed => {
                ("forehead scale against the assumed pupil distance's", "%", 1, AtMost(3.0))
            }
            Self::Pupils => ("pupils, of the pupil distance", "%", 1, AtMost(10.0)),
            Self::Glabella => ("glabella, of the pupil distance", "%", 1, AtMost(10.0)),
            Self::Subnasale => ("subnasale, of the pupil distance", "%", 1, AtMost(10.0)),
            Self::Menton => ("menton, of the pupil distance", "%", 1, AtMost(10.0)),
            Self::Midpoint => ("midpoint asked 75 mm above the glabella, off by", "mm", 1, AtMost(5.0)),
            Self::Trichion => ("trichion of a frontal head", "mm", 1, AtMost(10.0)),
            Self::Yaw => ("yaw", "deg", 1, AtMost(5.0)),
            Self::Roll => ("roll", "deg", 1, AtMost(3.0)),
            Self::Pitch => ("pitch", "deg", 1, AtMost(8.0)),
            Self::CosineMedian => ("surface cosine over the scalp, median error", "", 3, AtMost(0.06)),
            Self::CosineTail => ("surface cosine over the scalp, 95th percentile", "", 3, AtMost(0.15)),
            Self::Person => ("person silhouette around the head, IoU", "", 3, AtLeast(0.97)),
            Self::Hair => ("hair with stubble, IoU", "", 3, AtLeast(0.8)),
            Self::Skin => ("bare skin of the head, IoU", "", 3, AtLeast(0.9)),
            Self::DensityFront => ("dots per cm2 of true skin, frontal, off by", "%", 1, AtMost(5.0)),
            Self::DensityMiddle => ("dots per cm2 of true skin, mid-scalp, off by", "%", 1, AtMost(5.0)),
            Self::DensityCrown => ("dots per cm2 of true skin, crown, off by", "%", 1, AtMost(5.0)),
            Self::DotsOffHead => ("dots outside the head", "", 0, AtMost(0.0)),
            Self::DotsOnFace => ("dots on ears, eyes, face", "", 0, AtMost(0.0)),
        }
    }

    fn reached(self, value: f64) -> bool {
        match self.about().3 {
            Goal::AtMost(most) => value <= most,
            Goal::AtLeast(least) => value >= least,
        }
    }
}

/// One number of one head; a number that is none is one that was owed and did not come.
pub struct Row {
    pub head: String,
    pub measure: Measure,
    pub value: f64,
}

/// Prints a line for each measure and head; an error if any falls short.
pub fn print(heads: &[String], rows: &[Row]) -> Result<(), String> {
    let mut by_measure: BTreeMap<Measure, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_measure.entry(row.measure).or_default().push(row);
    }
    let mut short = 0;
    for (measure, rows) in by_measure {
        let (words, unit, decimals, goal) = measure.about();
        let (sign, bound) = match goal {
            Goal::AtMost(most) => ("<=", most),
            Goal::AtLeast(least) => (">=", least),
        };
        println!("\n{words} (goal {sign} {bound}{}{unit})", if unit.is_empty() { "" } else { " " });
        for row in rows {
            let reached = measure.reached(row.value);
            short += usize::from(!reached);
            let verdict = if reached { "reached" } else { "NOT reached" };
            println!("  {:<28} {:>9.decimals$}  {verdict}", row.head, row.value);
        }
    }
    println!("\n{} heads, {} numbers, {short} fall short", heads.len(), rows.len());
    if short == 0 { Ok(()) } else { Err(format!("{short} numbers fall short")) }
}
