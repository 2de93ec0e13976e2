//! A value that is not of the type it was to be read as.

use std::fmt;

use super::Value;

/// A column held something that its Rust type cannot.
// Boxed: every value that is read is returned in a `Result` with it, and no larger for it.
#[derive(Debug)]
pub struct Mismatch(Box<Held>);

#[derive(Debug)]
struct Held {
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
    #[cold]
    pub fn new(found: Value<'_>, wanted: &'static str) -> Self {
        Self(Box::new(Held { found: found.class().to_owned(), wanted, known: &[], column: None }))
    }

    /// Says that `found` is none of the texts that stand for a `wanted`.
    #[cold]
    pub fn unknown(found: Value<'_>, wanted: &'static str, known: &'static [&'static str]) -> Self {
        let shown = match found {
            Value::Text(text) => format!("the text {:?}", text.chars().take(SHOWN).collect::<String>()),
            other => other.class().to_owned(),
        };
        Self(Box::new(Held { found: shown, wanted, known, column: None }))
    }

    /// Says in which column it was.
    #[cold]
    #[must_use]
    pub fn in_column(mut self, name: &'static str) -> Self {
        self.0.column = Some(name);
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.column {
            Some(name) => write!(f, "the column `{name}` holds ")?,
            None => f.write_str("a column holds ")?,
        }
        write!(f, "{}, which is no `{}`", self.0.found, self.0.wanted)?;
        for (at, known) in self.0.known.iter().enumerate() {
            let before = if at == 0 { ": that is" } else { " or" };
            write!(f, "{before} {known:?}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}
