//! A value that is not of the type it was to be read as.

use std::fmt;

use super::Value;

/// A column held something that its Rust type cannot.
#[derive(Debug)]
pub struct Mismatch {
    found: String,
    wanted: &'static str,
    /// The texts that would have been right, where there are only some.
    known: &'static [&'static str],
    column: Option<&'static str>,
}

/// Of a text that is not known so many characters are shown.
const SHOWN: usize = 60;

impl Mismatch {
    /// Says that `found` is not a `wanted`.
    pub fn new(found: Value<'_>, wanted: &'static str) -> Self {
        Self { found: found.class().to_owned(), wanted, known: &[], column: None }
    }

    /// Says that `found` is none of the texts that stand for a `wanted`.
    pub fn unknown(found: Value<'_>, wanted: &'static str, known: &'static [&'static str]) -> Self {
        let shown = match found {
            Value::Text(text) => format!("the text {:?}", text.chars().take(SHOWN).collect::<String>()),
            other => other.class().to_owned(),
        };
        Self { found: shown, known, ..Self::new(found, wanted) }
    }

    /// Says in which column it was.
    #[must_use]
    pub fn in_column(self, name: &'static str) -> Self {
        Self { column: Some(name), ..self }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(name) => write!(f, "the column `{name}` holds ")?,
            None => f.write_str("a column holds ")?,
        }
        write!(f, "{}, which is no `{}`", self.found, self.wanted)?;
        for (at, known) in self.known.iter().enumerate() {
            let before = if at == 0 { ": that is" } else { " or" };
            write!(f, "{before} {known:?}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}
