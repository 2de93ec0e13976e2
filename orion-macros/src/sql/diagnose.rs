//! From SQLite's sentence to an error with a place and a way out.

mod names;
mod syntax;

use std::ops::Range;

use super::catalog::Catalog;
use super::error::SqlError;
use super::tokens::{Token, Tokens};
use crate::nearest::nearest;

/// A statement that SQLite has refused.
pub(super) struct Refused<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    /// The tokens of the statement.
    pub(super) statement: Range<usize>,
    pub(super) catalog: &'a Catalog,
    /// The names of SQLite's functions.
    pub(super) functions: &'a [String],
}

impl Refused<'_> {
    /// The error for what SQLite said, about the piece at a byte of the whole text if it named one.
    pub(super) fn error(&self, message: &str, byte: Option<usize>) -> SqlError {
        let at = byte.and_then(|byte| self.tokens.at_byte(byte)).filter(|at| self.statement.contains(at));
        let at = at.map(|at| at..self.end_of_name(at)).or_else(|| self.mentioned(message));
        let mut error = SqlError::new(sentence(message));
        error.at = at.clone().map(|at| self.tokens.bytes(at));
        self.explain(message, at, &mut error);
        error
    }

    /// Adds the way out, and moves the error to a smaller piece where that is known.
    fn explain(&self, message: &str, at: Option<Range<usize>>, error: &mut SqlError) {
        if let Some(name) = message.strip_prefix("no such column: ") {
            // SQLite asks whether a name in double quotes was to be a string; its own words say enough then.
            let (name, hint) = name.split_once(" - ").map_or((name, None), |(name, hint)| (name, Some(hint)));
            let name = name.trim_matches('"');
            error.help = self.column_help(name, hint.is_some());
        } else if let Some((table, name)) =
            message.strip_prefix("table ").and_then(|rest| rest.split_once(" has no column named "))
        {
            error.help = self.column_help(&format!("{table}.{name}"), false);
        } else if let Some(name) = message.strip_prefix("no such table: ") {
            error.help = Some(self.table_help(name));
        } else if let Some(name) = message.strip_prefix("no such function: ") {
            let functions = self.functions.iter().map(String::as_str);
            error.help = nearest(name, functions).map(|nearest| format!("did you mean `{nearest}`?"));
        } else if let Some(name) = message.strip_prefix("ambiguous column name: ") {
            error.help = self.ambiguous_help(name);
        } else if message.ends_with(": syntax error") {
            if let Some(at) = at {
                self.syntax_help(at.start, error);
            }
        } else if message == "not authorized" {
            let help = "create it in the slice's own database";
            *error = SqlError::new("other databases and temporary objects have no place here").help(help);
        } else if let Some((_, counts)) = message.split_once(" values for ") {
            let mut words = self.tokens.top(self.statement.clone());
            let values = words.find(|at| self.tokens.is_any(*at, &["values", "select"]));
            error.at = values.map(|at| self.tokens.bytes(at..at + 1)).filter(|_| counts.ends_with("columns"));
            error.help = Some("each column takes one value, in the same order".to_owned());
        } else if let Some((table, _)) =
            message.strip_prefix("table ").and_then(|rest| rest.split_once(" columns but "))
        {
            error.help = self.width_help(table.split(' ').next().unwrap_or(table));
        } else if message.ends_with(" already exists") {
            error.help = Some(
                "each migration goes on from the ones before it: `alter table …`, or another name".to_owned(),
            );
        } else if message.starts_with("unknown datatype for ") {
            error.help = Some("a strict table has `integer`, `real`, `text`, `blob` and `any`".to_owned());
        } else if message == "incomplete input" {
            let last = self.statement.end.saturating_sub(1).max(self.statement.start);
            error.at = Some(self.tokens.bytes(last..last + 1));
            error.help = Some("the statement ends too early".to_owned());
        } else if message == "unrecognized token: \":\"" {
            error.help = Some("SQLite casts with `cast(… as …)`".to_owned());
        } else if message.starts_with("unrecognized token: \"'") {
            error.help = Some("close the string with `'`; a quote within it is written twice".to_owned());
        }
    }

    /// What a message without a place speaks of: the first tokens that are the name after its colon, else what it begins with.
    fn mentioned(&self, message: &str) -> Option<Range<usize>> {
        let name = message.rsplit_once(": ").map(|(_, name)| name.trim_matches('"'));
        if let Some((_, column)) = message.split_once(" has no column named ") {
            return self.written(column);
        }
        if let Some(name) = name {
            let last = name.rsplit('.').next().unwrap_or(name);
            let first = name.split('.').next().unwrap_or(name);
            return self.written(name).or_else(|| self.written(last)).or_else(|| self.written(first));
        }
        // "table x has …", "trigger x already exists"
        let mut words = message.split(' ');
        let thing = words.next().is_some_and(|word| ["table", "index", "view", "trigger"].contains(&word));
        words.next().filter(|_| thing).and_then(|name| self.written(name))
    }

    /// The first tokens that are a name, dotted or not.
    fn written(&self, name: &str) -> Option<Range<usize>> {
        let parts: Vec<&str> = name.split('.').collect();
        let is = |at: usize, part: &str| {
            self.tokens.get(at).and_then(Token::name).is_some_and(|name| name.eq_ignore_ascii_case(part))
        };
        let fits = |at: usize| {
            parts
                .iter()
                .enumerate()
                .all(|(i, part)| is(at + 2 * i, part) && (i == 0 || self.tokens.is(at + 2 * i - 1, ".")))
        };
        let length = 2 * parts.len() - 1;
        let mut places = self.statement.clone().filter(|at| at + length <= self.statement.end);
        places.find(|at| fits(*at)).map(|at| at..at + length)
    }

    /// The token after a dotted name.
    fn end_of_name(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.tokens.is(end, ".")
            && self.tokens.name(end + 1).is_some()
            && self.tokens.name(end - 1).is_some()
        {
            end += 2;
        }
        end.min(self.statement.end.max(at + 1))
    }
}

/// SQLite's sentence as one of ours: a first word in lower case, no full stop.
fn sentence(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut letters = message.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), &message[1..])
        }
        _ => message.to_owned(),
    }
}
