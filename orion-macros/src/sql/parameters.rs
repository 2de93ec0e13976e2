//! What is known of each parameter from where it stands: stored in a column, compared with one, or a number of rows.

use std::ops::Range;

use super::analysis::Analysis;
use super::model::{Kind, Parameter};
use super::tokens::{Class, Tokens};
use super::value::Value;
use super::write::Slot;

impl Slot {
    const UNKNOWN: Self = Self { kind: None, nullable: None };
    /// The operand of `limit` and `offset`, which must be an integer.
    const ROWS: Self = Self { kind: Some(Kind::Integer), nullable: Some(false) };

    fn compared(kind: Option<Kind>) -> Self {
        Self { kind, nullable: None }
    }

    /// What holds where a parameter stands in both places. Unknown places do not count against the known ones.
    fn and(self, other: Self) -> Self {
        let kind = match (self.kind, other.kind) {
            (Some(a), Some(b)) if a != b => None,
            (a, b) => a.or(b),
        };
        let nullable = match (self.nullable, other.nullable) {
            (Some(a), Some(b)) => Some(a && b),
            (a, b) => a.or(b),
        };
        Self { kind, nullable }
    }
}

/// The parameters with these names, each with its colon.
pub(super) fn of(analysis: &Analysis<'_>, names: &[String]) -> Vec<Parameter> {
    let tokens = analysis.tokens;
    names
        .iter()
        .map(|name| {
            let uses: Vec<usize> = (0..tokens.len())
                .filter(|at| {
                    tokens.get(*at).is_some_and(|it| it.class == Class::Parameter && it.text == name)
                })
                .collect();
            let slots = uses.iter().map(|at| slot(analysis, *at));
            let Slot { kind, nullable } = slots.reduce(Slot::and).unwrap_or(Slot::UNKNOWN);
            let (listed, elsewhere): (Vec<usize>, Vec<usize>) =
                uses.into_iter().partition(|at| is_alone_in_a_list(tokens, *at));
            let bytes = |at: usize| tokens.bytes(at..at + 1);
            Parameter {
                name: name.trim_start_matches(':').to_owned(),
                kind,
                nullable,
                listed: listed.into_iter().map(bytes).collect(),
                elsewhere: elsewhere.first().copied().map(bytes),
            }
        })
        .collect()
}

/// `in (:p)`.
fn is_alone_in_a_list(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 2 && tokens.is(at - 1, "(") && tokens.is(at - 2, "in") && tokens.is(at + 1, ")")
}

/// The text with a list in each of these places, from a parameter that is bound to the list as JSON.
pub(crate) fn with_lists(sql: &str, mut places: Vec<Range<usize>>) -> String {
    let mut text = sql.to_owned();
    places.sort_by_key(|place| std::cmp::Reverse(place.start));
    for place in places {
        let list = format!("select value from json_each({})", &sql[place.clone()]);
        text.replace_range(place, &list);
    }
    text
}

fn slot(analysis: &Analysis<'_>, at: usize) -> Slot {
    if let Some(slot) = analysis.slots.get(&at) {
        return *slot;
    }
    if counts_rows(analysis, at) {
        return Slot::ROWS;
    }
    let kind = compared_before(analysis, at)
        .or_else(|| compared_after(analysis, at))
        .or_else(|| listed(analysis, at))
        .or_else(|| ranged(analysis, at));
    Slot::compared(kind)
}

/// `limit :n`, `offset :n`, `limit 10, :n`.
fn counts_rows(analysis: &Analysis<'_>, at: usize) -> bool {
    let tokens = analysis.tokens;
    let before = |back: usize| at.checked_sub(back);
    ends_term(analysis, at + 1)
        && (before(1).is_some_and(|at| tokens.is_any(at, &["limit", "offset"]))
            || before(3).is_some_and(|limit| tokens.is(limit, "limit") && tokens.is(at - 1, ",")))
}

const COMPARISONS: [&str; 8] = ["=", "==", "<", "<=", ">", ">=", "<>", "!="];
const PATTERNS: [&str; 4] = ["like", "glob", "match", "regexp"];

/// `column = :p`.
fn compared_before(analysis: &Analysis<'_>, at: usize) -> Option<Kind> {
    if !ends_term(analysis, at + 1) {
        return None;
    }
    let tokens = analysis.tokens;
    let operator = at.checked_sub(1)?;
    let end = if tokens.is_any(operator, &COMPARISONS) || tokens.is(operator, "is") {
        operator
    } else if tokens.is_any(operator, &PATTERNS) {
        return Some(Kind::Text);
    } else if tokens.is(operator, "not") && operator > 0 && tokens.is(operator - 1, "is") {
        operator - 1
    } else if tokens.is(operator, "from") && super::select::is_distinct_from(tokens, operator) {
        // `is distinct from`, `is not distinct from`.
        (operator - 2).checked_sub(usize::from(tokens.is(operator - 2, "not")))?
    } else {
        return None;
    };
    column_before(analysis, end)?.kind
}

/// `:p = column`.
fn compared_after(analysis: &Analysis<'_>, at: usize) -> Option<Kind> {
    let tokens = analysis.tokens;
    if !starts_term(analysis, at) {
        return None;
    }
    let not = usize::from(tokens.is(at + 1, "not"));
    if tokens.is_any(at + 1 + not, &PATTERNS) {
        return Some(Kind::Text);
    }
    if !tokens.is_any(at + 1, &COMPARISONS) {
        return None;
    }
    let start = at + 2;
    let mut end = start + 1;
    while tokens.is(end, ".") {
        end += 2;
    }
    if !ends_term(analysis, end) {
        return None;
    }
    analysis.column(start..end)?.kind
}

/// `column in (:p, …)`.
fn listed(analysis: &Analysis<'_>, at: usize) -> Option<Kind> {
    let tokens = analysis.tokens;
    let whole = tokens.is_any(at.checked_sub(1)?, &["(", ","]) && tokens.is_any(at + 1, &[")", ","]);
    let r#in = tokens.around(at)?.checked_sub(1)?;
    if !whole || !tokens.is(r#in, "in") || !ends_term(analysis, tokens.after(r#in + 1)) {
        return None;
    }
    let not = usize::from(r#in > 0 && tokens.is(r#in - 1, "not"));
    column_before(analysis, r#in - not)?.kind
}

/// `column between :p and :q`.
fn ranged(analysis: &Analysis<'_>, at: usize) -> Option<Kind> {
    let tokens = analysis.tokens;
    let mut between = at.checked_sub(1)?;
    if tokens.is(between, "and") && ends_term(analysis, at + 1) {
        between = between.checked_sub(2)?;
    }
    if !tokens.is(between, "between") {
        return None;
    }
    let not = usize::from(between > 0 && tokens.is(between - 1, "not"));
    column_before(analysis, between - not)?.kind
}

/// The column that is the whole operand before a token.
fn column_before(analysis: &Analysis<'_>, end: usize) -> Option<Value> {
    let mut start = end.checked_sub(1)?;
    while start >= 2 && analysis.tokens.is(start - 1, ".") {
        start -= 2;
    }
    if !starts_term(analysis, start) {
        return None;
    }
    analysis.column(start..end)
}

/// Whether no operator binds what starts at a token to what precedes it.
fn starts_term(analysis: &Analysis<'_>, at: usize) -> bool {
    const OPENERS: [&str; 18] = [
        "(",
        ",",
        "where",
        "and",
        "or",
        "not",
        "on",
        "when",
        "then",
        "else",
        "having",
        "select",
        "distinct",
        "all",
        "by",
        "case",
        "set",
        "returning",
    ];
    let tokens = analysis.tokens;
    let Some(before) = at.checked_sub(1) else { return true };
    if tokens.is(before, "not") && before > 0 && tokens.is(before - 1, "is") {
        return false;
    }
    tokens.is_any(before, &OPENERS) && !(tokens.is(before, "and") && closes_between(analysis, before))
}

/// Whether no operator binds what ends before a token to what follows.
fn ends_term(analysis: &Analysis<'_>, at: usize) -> bool {
    const BINDERS: [&str; 12] =
        ["between", "in", "is", "like", "glob", "match", "regexp", "isnull", "notnull", "not", "over", "."];
    match analysis.tokens.get(at) {
        Some(token) if token.class == Class::Symbol => token.is_any(&[")", ",", ";"]),
        Some(token) => !token.is_any(&BINDERS),
        None => true,
    }
}

/// Whether an `and` belongs to a `between`.
fn closes_between(analysis: &Analysis<'_>, and: usize) -> bool {
    let tokens = analysis.tokens;
    let here = tokens.around(and);
    let before = (0..and).rev().filter(|at| tokens.around(*at) == here);
    let stop = ["and", "or", "where", "on", "having", "when", "between", ",", "select", "set"];
    let mut stops = before.filter(|at| tokens.is_any(*at, &stop));
    stops.next().is_some_and(|at| tokens.is(at, "between"))
}
