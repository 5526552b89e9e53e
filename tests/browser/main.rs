//! Whole journeys through the page, each written once and run in Chromium, Firefox and `WebKit`.
//!
//! A journey starts where a person starts: with a file chosen through the page's own file input.
//! What it checks is what a person would see, save or hear, never the page's inner workings.
//!
//! `cargo xtask test` builds the page, fetches the browsers and runs this. By hand, with a built
//! page at hand: `HAIRLINE_DIST=dist cargo test --test browser -- firefox::keyboard`.
//!
//! | variable | meaning |
//! |---|---|
//! | `HAIRLINE_DIST` | folder of the built page |
//! | `HAIRLINE_GECKODRIVER` | the `geckodriver` to use; otherwise the one on `PATH` |
//! | `HAIRLINE_SKIP_BROWSERS` | engines to leave out, for instance `webkit,firefox` |
//! | `HAIRLINE_BENCH` | measure in Chromium instead of testing, and write the numbers to this file: see `bench` |
//!
//! A journey that fails leaves a screenshot and everything the page logged in
//! `target/journeys/ENGINE-NAME/`. A browser that cannot be started is a failure of its journeys.

mod bench;
mod engines;
mod journeys;
mod native;
mod page;
mod pointer;
mod report;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use engines::{Engine, Fleet};
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Journeys watch pictures change while something is dragged; side by side on a small machine
    // they would measure each other.
    arguments.test_threads.get_or_insert(1);

    let dist = std::env::var_os("HAIRLINE_DIST").map(PathBuf::from);
    let Some(dist) = dist.filter(|folder| folder.join("index.html").is_file()) else {
        if arguments.list {
            return ExitCode::SUCCESS;
        }
        eprintln!(
            "The journeys need the built page: run `cargo xtask test`, or set HAIRLINE_DIST to a folder made by `cargo xtask build`."
        );
        return ExitCode::FAILURE;
    };
    let fleet = match Fleet::new(dist) {
        Ok(fleet) => Arc::new(fleet),
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };

    if let Some(numbers) = std::env::var_os("HAIRLINE_BENCH").map(PathBuf::from) {
        let outcome = bench::run(&fleet, &numbers);
        fleet.stop();
        return match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::FAILURE
            }
        };
    }

    let skipped = std::env::var("HAIRLINE_SKIP_BROWSERS").unwrap_or_default();
    let mut trials = Vec::new();
    for engine in Engine::ALL {
        let skip = skipped.split(',').any(|name| name.trim() == engine.name());
        for journey in journeys::ALL {
            let fleet = Arc::clone(&fleet);
            let name = format!("{}::{}", engine.name(), journey.name);
            let trial = Trial::test(name, move || {
                fleet.run(engine, journey).map_err(|error| format!("{error:#}").into())
            });
            trials.push(trial.with_ignored_flag(skip));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    fleet.stop();
    conclusion.exit_code()
}
