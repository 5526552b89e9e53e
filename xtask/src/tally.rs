//! Counting what passed and what failed over many test runs.

use crate::process;
use anyhow::{Context, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Passed and failed tests so far, and the names of the steps that failed.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    broken: Vec<String>,
}

impl Tally {
    /// A step that is one test by itself.
    pub fn step(&mut self, name: &str, check: impl FnOnce() -> Result<()>) {
        self.timed(name, |tally| {
            check()?;
            tally.passed += 1;
            Ok(())
        });
    }

    /// A step that runs tests which report `test result:` lines.
    pub fn tests(&mut self, name: &str, command: impl FnOnce() -> Result<Command>) {
        self.timed(name, |tally| tally.count(&mut command()?));
    }

    /// Ends the run with the line that sums it up.
    pub fn finish(self) -> Result<()> {
        for name in &self.broken {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            bail!("not everything passed");
        }
        Ok(())
    }

    fn timed(&mut self, name: &str, step: impl FnOnce(&mut Self) -> Result<()>) {
        println!("\n== {name}");
        let start = Instant::now();
        let failed = self.failed;
        if let Err(error) = step(self) {
            eprintln!("error: {error:#}");
            // A run that broke before it could count a failure is one.
            self.failed += u64::from(self.failed == failed);
            self.broken.push(name.to_owned());
        }
        println!("== {name}: {:.0} s", start.elapsed().as_secs_f32());
    }

    /// Runs a command with its output in view, and adds up the results that it prints.
    fn count(&mut self, command: &mut Command) -> Result<()> {
        eprintln!("  > {}", process::line(command));
        let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| process::line(command))?;
        let output = child.stdout.take().context("the output was not captured")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some((passed, failed)) = result(&line) {
                self.passed += passed;
                self.failed += failed;
            }
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("`{}` failed ({status})", process::line(command));
        }
        Ok(())
    }
}

/// The counts of a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn result(line: &str) -> Option<(u64, u64)> {
    let counts = line.trim_start().strip_prefix("test result: ")?;
    let count = |what: &str| {
        counts.split([';', '.']).find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    Some((count("passed")?, count("failed")?))
}

#[cfg(test)]
mod tests {
    use super::result;

    #[test]
    fn result_lines_are_read() {
        let line = "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(result(line), Some((3, 2)));
        assert_eq!(result("test space::tests::ok ... ok"), None);
        assert_eq!(result("test result: ok"), None);
    }
}
