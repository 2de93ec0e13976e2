//! What is wrong with a piece of SQL, and the way out.

use std::ops::Range;

/// A mistake in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SqlError {
    /// What is wrong: SQLite's own sentence where it is SQLite that says so; lower case, no full stop.
    pub(crate) message: String,
    /// The piece of the SQL that is wrong, in bytes; never past its end, always on character boundaries.
    pub(crate) at: Option<Range<usize>>,
    /// What to write instead.
    pub(crate) help: Option<String>,
}

impl SqlError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), at: None, help: None }
    }

    #[must_use]
    pub(super) fn at(self, at: Range<usize>) -> Self {
        Self { at: Some(at), ..self }
    }

    #[must_use]
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The message, the offending line of `sql`, which must be the text that was given, with carets under the piece, and
    /// the way out:
    ///
    /// ```text
    /// no such column: titel
    ///   select titel from todos
    ///          ^^^^^
    /// help: did you mean `title`?
    /// ```
    pub(crate) fn render(&self, sql: &str) -> String {
        let mut text = self.message.clone();
        if let Some([line, carets]) = self.at.as_ref().and_then(|at| excerpt(sql, at)) {
            text = format!("{text}\n  {line}\n  {carets}");
        }
        if let Some(help) = &self.help {
            text = format!("{text}\nhelp: {help}");
        }
        text
    }
}

/// A line is cut to about so many characters around the piece.
const WIDTH: usize = 96;

/// The line on which the piece starts, and a line with carets under as much of the piece as is on it.
fn excerpt(sql: &str, at: &Range<usize>) -> Option<[String; 2]> {
    let (before, rest) = (sql.get(..at.start)?, sql.get(at.start..)?);
    let piece = sql.get(at.clone())?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let before = before[start..].trim_start();
    let line_rest = rest.split('\n').next().unwrap_or_default().trim_end();
    let piece = piece.split('\n').next().unwrap_or_default().trim_end();

    let length = before.chars().count() + line_rest.chars().count();
    let skipped = if length > WIDTH { before.chars().count().saturating_sub(WIDTH / 2) } else { 0 };
    let before: String = before.chars().skip(skipped).map(visible).collect();
    let room = WIDTH.saturating_sub(before.chars().count());
    let mut line: String = if skipped > 0 { format!("…{before}") } else { before };
    let indent = line.chars().count();
    line.extend(line_rest.chars().take(room).map(visible));
    if line_rest.chars().count() > room {
        line.push('…');
    }
    let carets = piece.chars().count().clamp(1, room.max(1));
    Some([line, format!("{}{}", " ".repeat(indent), "^".repeat(carets))])
}

/// One column on the terminal for every character, whatever the text holds.
fn visible(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}
