//! The words after a command's name.

use anyhow::{Context, Result, bail};

/// Arguments that have not been understood yet.
pub struct Arguments(Vec<String>);

impl Arguments {
    /// Takes the words after the command's name.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().collect())
    }

    /// Takes `--name VALUE` or `--name=VALUE` out, once.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let prefix = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&prefix)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&prefix) {
            return Ok(Some(value.to_owned()));
        }
        if at >= self.0.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.0.remove(at)))
    }

    /// All that is left, for another program.
    pub fn rest(self) -> Vec<String> {
        self.0
    }

    /// Fails if something was not understood.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => {
                None.with_context(|| format!("`{word}` is not understood here: see `cargo xtask help`"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::Arguments;

    fn words(text: &str) -> Arguments {
        Arguments::new(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn values_are_taken_in_both_spellings() {
        let mut arguments = words("--port 1 --port=2 rest");
        assert_eq!(arguments.value("--port").unwrap().as_deref(), Some("1"));
        assert_eq!(arguments.value("--port").unwrap().as_deref(), Some("2"));
        assert_eq!(arguments.value("--port").unwrap(), None);
        assert_eq!(arguments.rest(), ["rest"]);
    }

    #[test]
    fn what_is_missing_or_unknown_is_said() {
        assert!(words("--port").value("--port").is_err());
        assert!(words("--prot 1").finish().is_err());
    }
}
