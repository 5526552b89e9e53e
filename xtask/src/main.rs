//! The tasks of the project, each doing all its own set-up: see [`HELP`].

#[cfg(feature = "accuracy")]
mod accuracy;
mod arguments;
#[cfg(feature = "assets")]
mod assets;
mod bench;
mod build;
mod bundle;
mod lint;
mod minify;
mod process;
mod serve;
mod setup;
mod sheet;
mod size;
mod tally;
mod test;
mod workspace;

use anyhow::{Result, bail};
use arguments::Arguments;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND: each command installs what it needs and says so.

  serve [--port N]             build the page and serve it on this machine
  test [--skip-browser NAME]   every test there is; NAME is chromium, firefox or webkit
  build                        the page as it is published, in dist/
  lint                         format, lints, and the licences and sources of dependencies
  bench                        every promised speed and size beside its goal
  bench ARGUMENTS              only the native benches (arguments go to cargo bench)
  sheet [--photos DIR] [--out DIR]
                               heads in every state of a treatment, side by side, to look at
  accuracy [--heads DIR]       what is read from rendered heads beside the truth about them
  assets [--models | --check]  rebuild the follicle set, fetch the neural networks, or check the
                               committed files
  ci                           lint, build and test, with one tally
  help                         this text
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match dispatch(&command, Arguments::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, arguments: Arguments) -> Result<()> {
    match command {
        "serve" => serve::run(arguments),
        "test" => test::run(arguments),
        "build" => build::run(arguments),
        "lint" => lint::run(arguments),
        "bench" => bench::run(arguments),
        "sheet" => sheet::run(arguments),
        "accuracy" => accuracy(arguments),
        "assets" => assets(arguments),
        "ci" => ci(arguments),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{HELP}"),
    }
}

/// Everything that must hold before a change is taken.
fn ci(arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    let mut tally = tally::Tally::default();
    lint::check(&mut tally);
    tally.step("release build", || build::run(Arguments::new([])));
    test::check(&mut tally, &setup::browsers::Browser::ALL);
    tally.finish()
}

/// Heads whose truth is kept with the tests, unless others are named.
#[cfg(feature = "accuracy")]
const HEADS: &str = "tests/fixtures/truth";

#[cfg(feature = "accuracy")]
fn accuracy(mut arguments: Arguments) -> Result<()> {
    let heads =
        arguments.value("--heads")?.map_or_else(|| workspace::root().join(HEADS), std::path::PathBuf::from);
    arguments.finish()?;
    let mut build = std::process::Command::new("cargo");
    build.current_dir(workspace::root()).args([
        "build",
        "--quiet",
        "--profile",
        "page",
        "--example",
        "preview",
    ]);
    process::run(&mut build)?;
    let preview = workspace::target().join("page/examples/preview");
    accuracy::run(&heads, &preview).map_err(anyhow::Error::msg)
}

/// Compiled in when it is asked for, as [`assets`] is.
#[cfg(not(feature = "accuracy"))]
fn accuracy(mut arguments: Arguments) -> Result<()> {
    let heads = arguments.value("--heads")?;
    arguments.finish()?;
    let mut again = std::process::Command::new("cargo");
    again.current_dir(workspace::root()).args([
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--features",
        "accuracy",
        "--",
        "accuracy",
    ]);
    if let Some(heads) = heads {
        // The folder is that of where the command was typed.
        again.arg("--heads").arg(std::env::current_dir()?.join(heads));
    }
    process::run(&mut again)
}

#[cfg(feature = "assets")]
fn assets(arguments: Arguments) -> Result<()> {
    assets::run(arguments.rest()).map_err(anyhow::Error::msg)
}

/// The builder of assets needs the engine, which would make every other command wait for the
/// engine to compile. So it is left out at first, and compiled in when it is asked for.
#[cfg(not(feature = "assets"))]
fn assets(arguments: Arguments) -> Result<()> {
    let mut again = std::process::Command::new("cargo");
    again
        .current_dir(workspace::root())
        .args(["run", "--quiet", "--package", "xtask", "--features", "assets", "--", "assets"])
        .args(arguments.rest());
    process::run(&mut again)
}
