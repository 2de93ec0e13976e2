//! A condition that says that two things are equal.

use std::ops::Range;

use crate::sql::scope::{Scope, Source};
use crate::sql::tokens::{Class, Tokens};

/// What is on one side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// A parameter, by its token.
    Parameter(usize),
    Column(Column),
}

/// A column of a source, by the source's place in its `from`; in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    pub(super) source: usize,
    pub(super) name: String,
}

/// Both sides of a condition that is `a = b` and nothing else.
pub(super) fn read(tokens: &Tokens<'_>, range: Range<usize>, scope: &Scope) -> Option<(Side, Side)> {
    let equals = range.clone().find(|at| tokens.is_any(*at, &["=", "=="]))?;
    let side = |range: Range<usize>| match range.len() {
        1 if tokens.class(range.start) == Some(Class::Parameter) => Some(Side::Parameter(range.start)),
        _ => column(tokens, range, scope).map(Side::Column),
    };
    Some((side(range.start..equals)?, side(equals + 1..range.end)?))
}

/// The column that a range names, if it is surely one of this scope.
fn column(tokens: &Tokens<'_>, range: Range<usize>, scope: &Scope) -> Option<Column> {
    let is_name = |at| matches!(tokens.class(at), Some(Class::Word | Class::Quoted));
    let mut parts = range.clone().enumerate();
    let dotted = parts.all(|(i, at)| if i % 2 == 1 { tokens.is(at, ".") } else { is_name(at) });
    // Words that are values.
    let is_value = range.len() == 1 && tokens.is_any(range.start, &["true", "false", "null"]);
    if !dotted || is_value || !matches!(range.len(), 1 | 3 | 5) {
        return None;
    }
    let name = tokens.name(range.end - 1)?.to_ascii_lowercase();
    let qualifier = if range.len() > 1 { Some(tokens.name(range.end - 3)?) } else { None };
    if qualifier.is_none() && (scope.merged || scope.sources.iter().any(|source| source.columns.is_none())) {
        return None;
    }
    let is_it = |source: &Source| match &qualifier {
        Some(qualifier) => source.name.eq_ignore_ascii_case(qualifier),
        None => source.columns.iter().flatten().any(|column| column.name.eq_ignore_ascii_case(&name)),
    };
    let mut found = scope.sources.iter().enumerate().filter(|(_, source)| is_it(source));
    let (source, _) = found.next()?;
    found.next().is_none().then_some(Column { source, name })
}
