//! The sources of a select: what its `from` joins, under which names, and which of it an outer join fills with NULL.

use std::ops::Range;

use super::select::{ends_operand, opens_select};
use super::tokens::{Class, Tokens};

/// A parsed `from`.
#[derive(Default)]
pub(super) struct From {
    pub(super) sources: Vec<Source>,
    /// Whether columns of the same name are merged by `using` or `natural`.
    pub(super) merged: bool,
    /// Whether a `right` or `full` join decides anew from which side a merged column comes.
    pub(super) right: bool,
    /// What stands after each `on`, but for joins in parentheses.
    pub(super) conditions: Vec<Condition>,
}

pub(super) struct Source {
    pub(super) what: What,
    /// The token of the name, where it has one.
    pub(super) at: Option<usize>,
    pub(super) alias: Option<String>,
    /// Whether an outer join puts NULL where it has no row.
    pub(super) nulled: bool,
}

/// The condition of a join.
pub(super) struct Condition {
    pub(super) range: Range<usize>,
    /// The sources of which it lets no row through that does not meet it: for an inner join all until there, for a `left` one
    /// those that are joined.
    pub(super) sources: Range<usize>,
}

pub(super) enum What {
    /// A table, a view or a common table expression; `true` where the schema is named too, which leaves out the last.
    Named(String, bool),
    /// The parenthesis that opens a select.
    Select(usize),
    /// A table-valued function, or something else whose columns are not known.
    Opaque,
}

/// Reads what stands between `from` and the next clause; `None` where it is not understood.
pub(super) fn parse(tokens: &Tokens<'_>, range: Range<usize>) -> Option<From> {
    let mut from = From::default();
    join(tokens, range, &mut from, 0)?;
    Some(from)
}

/// Joins in more parentheses than this are not followed.
const DEEPEST: usize = 48;

fn join(tokens: &Tokens<'_>, range: Range<usize>, from: &mut From, depth: usize) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    let first = from.sources.len();
    let mut at = source(tokens, range.clone(), from, depth)?;
    // The first of the sources that the last operator joined, and whether it was a `left` one.
    let (mut last, mut left) = (first, false);
    while at < range.end {
        let Some((operator, next)) = operator(tokens, at) else {
            if tokens.is(at, "using") {
                from.merged = true;
            } else if tokens.is(at, "on") && depth == 0 {
                let end = condition_end(tokens, at + 1..range.end);
                let sources = if left { last } else { first }..from.sources.len();
                from.conditions.push(Condition { range: at + 1..end, sources });
                at = end;
                continue;
            }
            at = tokens.after(at);
            continue;
        };
        let joined = from.sources.len();
        (last, left) = (joined, operator.left);
        at = source(tokens, next..range.end, from, depth)?;
        from.merged |= operator.natural;
        from.right |= operator.right;
        for (i, source) in from.sources.iter_mut().enumerate().skip(first) {
            source.nulled |= if i < joined { operator.right } else { operator.left };
        }
    }
    Some(())
}

/// Where the condition of a join ends: at the next operator.
fn condition_end(tokens: &Tokens<'_>, range: Range<usize>) -> usize {
    tokens.top(range.clone()).find(|at| operator(tokens, *at).is_some()).unwrap_or(range.end)
}

#[derive(Default)]
struct Operator {
    natural: bool,
    /// It puts NULL for missing rows of what follows: `left`, `full`.
    left: bool,
    /// It puts NULL for missing rows of all that precedes: `right`, `full`.
    right: bool,
}

/// The join operator at a token, and the token after it. `left` and its like are names too: an operator follows the end of
/// an operand and runs up to `join`.
fn operator(tokens: &Tokens<'_>, at: usize) -> Option<(Operator, usize)> {
    let mut operator = Operator::default();
    if tokens.is(at, ",") {
        return Some((operator, at + 1));
    }
    if at == 0 || !ends_operand(tokens, at - 1) {
        return None;
    }
    let mut next = at;
    while tokens.is_any(next, &["natural", "left", "right", "full", "outer", "inner", "cross"]) {
        operator.natural |= tokens.is(next, "natural");
        operator.left |= tokens.is_any(next, &["left", "full"]);
        operator.right |= tokens.is_any(next, &["right", "full"]);
        next += 1;
    }
    tokens.is(next, "join").then_some((operator, next + 1))
}

/// Adds the source that a range starts with, of a join in parentheses each one, and gives the token after it.
fn source(tokens: &Tokens<'_>, range: Range<usize>, from: &mut From, depth: usize) -> Option<usize> {
    let Range { start: at, end } = range;
    if tokens.is(at, "(") && !opens_select(tokens, at) {
        let first = from.sources.len();
        join(tokens, tokens.inside(at), from, depth + 1)?;
        let (alias, next) = alias(tokens, tokens.after(at)..end);
        if alias.is_some() {
            // The joined columns under one name: not worth following.
            from.sources.truncate(first);
            from.sources.push(Source { what: What::Opaque, at: None, alias, nulled: false });
        }
        return Some(next);
    }
    let (what, name_at, next) = if tokens.is(at, "(") {
        (What::Select(at), None, tokens.after(at))
    } else {
        let mut name = tokens.get(at)?.name()?;
        let mut next = at + 1;
        let qualified = tokens.is(next, ".");
        if qualified {
            name = tokens.get(next + 1)?.name()?;
            next += 2;
        }
        if tokens.is(next, "(") {
            let (alias, after) = alias(tokens, tokens.after(next)..end);
            let alias = alias.or(Some(name));
            from.sources.push(Source { what: What::Opaque, at: None, alias, nulled: false });
            return Some(after);
        }
        (What::Named(name, qualified), Some(next - 1), next)
    };
    let (alias, next) = alias(tokens, next..end);
    from.sources.push(Source { what, at: name_at, alias, nulled: false });
    Some(index_hint(tokens, next))
}

/// The alias that a range starts with, if it does, and the token after it.
pub(super) fn alias(tokens: &Tokens<'_>, range: Range<usize>) -> (Option<String>, usize) {
    const OTHERS: [&str; 26] = [
        "on",
        "using",
        "join",
        "left",
        "right",
        "full",
        "inner",
        "cross",
        "natural",
        "outer",
        "indexed",
        "not",
        "set",
        "where",
        "returning",
        "values",
        "group",
        "order",
        "limit",
        "having",
        "union",
        "except",
        "intersect",
        "select",
        "default",
        "begin",
    ];
    let at = range.start;
    match tokens.get(at).filter(|_| at < range.end) {
        Some(token) if token.is("as") => (tokens.get(at + 1).and_then(super::tokens::Token::name), at + 2),
        Some(token) if token.is_any(&OTHERS) => (None, at),
        Some(token) if matches!(token.class, Class::Word | Class::Quoted | Class::Text) => {
            (token.name(), at + 1)
        }
        _ => (None, at),
    }
}

/// The token after `indexed by name` and `not indexed`.
fn index_hint(tokens: &Tokens<'_>, at: usize) -> usize {
    if tokens.is(at, "indexed") && tokens.is(at + 1, "by") {
        at + 3
    } else if tokens.is(at, "not") && tokens.is(at + 1, "indexed") {
        at + 2
    } else {
        at
    }
}
