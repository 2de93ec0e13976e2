//! What the author of a statement promises of a column where nobody else knows: `max(at) as "last!"` is never null,
//! `body as "body?"` may be. SQLite sees the name without the mark, at the same place: `"last" `, so that every position in
//! the text stays what it was.

use std::borrow::Cow;
use std::ops::Range;

use super::error::SqlError;
use super::model::Nullable;
use super::tokens::{Class, Token, Tokens};

const HELP: &str = "`as \"name!\"` says that it is never null, `as \"name?\"` that it may be";

/// A mark at the end of a name.
#[derive(Debug)]
pub(super) struct Mark {
    /// The token of the name.
    pub(super) token: usize,
    pub(super) nullable: Nullable,
    /// The byte of the mark itself.
    byte: usize,
}

/// The marks of a statement, and its text without them.
pub(super) fn read<'s>(tokens: &Tokens<'s>) -> Result<(Vec<Mark>, Cow<'s, str>), SqlError> {
    let mut marks = Vec::new();
    for at in tokens.all().skip(1).filter(|at| tokens.is(at - 1, "as")) {
        let Some(token) = tokens.get(at).filter(|token| matches!(token.class, Class::Quoted | Class::Text))
        else {
            continue;
        };
        marks.extend(mark(at, token)?);
    }
    if marks.is_empty() {
        return Ok((marks, Cow::Borrowed(tokens.sql())));
    }
    let mut text = tokens.sql().to_owned();
    for Mark { byte, .. } in &marks {
        let quote = text[byte + 1..byte + 2].to_owned();
        text.replace_range(*byte..byte + 2, &format!("{quote} "));
    }
    Ok((marks, Cow::Owned(text)))
}

fn mark(at: usize, token: &Token<'_>) -> Result<Option<Mark>, SqlError> {
    let name = &token.text[1..token.text.len() - 1];
    let plain =
        name.trim_end_matches(|last: char| last.is_ascii_punctuation() && !"_)]'\"`.%".contains(last));
    let nullable = match &name[plain.len()..] {
        "" if !plain.contains(['!', '?', ':']) => return Ok(None),
        "!" if !plain.is_empty() => Nullable::Never,
        "?" if !plain.is_empty() => Nullable::Maybe,
        _ => {
            let message = format!("`{}` is no name of a column with a mark", token.text);
            return Err(SqlError::new(message).at(token.range()).help(HELP));
        }
    };
    Ok(Some(Mark { token: at, nullable, byte: token.range().end - 2 }))
}

/// The mark on the column that an item stands for; marks that are no column's are left.
pub(super) fn take(marks: &mut Vec<Mark>, tokens: &Tokens<'_>, item: &Range<usize>) -> Option<Nullable> {
    let at = marks.iter().position(|mark| tokens.is(item.end, "as") && mark.token == item.end + 1)?;
    Some(marks.remove(at).nullable)
}

/// Refuses a mark that is no result column's.
pub(super) fn refuse(marks: &[Mark], tokens: &Tokens<'_>) -> Result<(), SqlError> {
    let Some(mark) = marks.first() else { return Ok(()) };
    // With the mark again: it is the same token of the text as it was written.
    Err(SqlError::new("a mark on a name that is no column of the result")
        .at(tokens.bytes(mark.token..mark.token + 1).start..mark.byte + 2)
        .help(
            "write it where the outermost, of a compound the first, `select` or `returning` names the column",
        ))
}
