//! The parts of a `select`: common table expressions, arms of a compound, result columns, sources. Finds them in tokens;
//! knows no schema. It is given statements that SQLite has accepted, and reads no more of the grammar than they need.

use std::ops::Range;

use super::tokens::{Class, Tokens};

pub(super) struct Select {
    pub(super) ctes: Vec<Cte>,
    /// The selects between `union`, `intersect` and `except`; one in a simple select.
    pub(super) arms: Vec<Arm>,
    /// Whether it has a `limit`.
    pub(super) limited: bool,
}

/// `name (columns) as (body)`.
pub(super) struct Cte {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// The parenthesis that opens the body.
    pub(super) open: usize,
}

/// `select items from sources …`, or `values (items), (items)`.
pub(super) struct Arm {
    pub(super) range: Range<usize>,
    /// One list of items, but for `values`, which has one a row.
    pub(super) rows: Vec<Vec<Item>>,
    pub(super) from: Option<Range<usize>>,
    /// What stands after `where`.
    pub(super) filter: Option<Range<usize>>,
    /// Whether it has a `group by`.
    pub(super) grouped: bool,
    /// Whether it has a `having`.
    pub(super) having: bool,
}

/// One result column, or a `*`.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) expression: Range<usize>,
    pub(super) alias: Option<String>,
}

/// Whether a parenthesis opens a select.
pub(super) fn opens_select(tokens: &Tokens<'_>, open: usize) -> bool {
    tokens.is(open, "(") && tokens.is_any(open + 1, &["select", "values", "with"])
}

/// Reads the select, with what is `with` it, that a range of tokens holds.
pub(super) fn parse(tokens: &Tokens<'_>, range: Range<usize>) -> Select {
    let (ctes, start) = with(tokens, range.clone());
    let mut arms = Vec::new();
    let mut first = start;
    for at in tokens.top(start..range.end) {
        if tokens.is_any(at, &["union", "intersect", "except"]) {
            arms.push(arm(tokens, first..at));
            first = at + 1 + usize::from(tokens.is(at + 1, "all"));
        }
    }
    arms.push(arm(tokens, first..range.end));
    let limited = tokens.find(first..range.end, "limit").is_some();
    Select { ctes, arms, limited }
}

/// The common table expressions that a range starts with, and the token after them.
pub(super) fn with(tokens: &Tokens<'_>, range: Range<usize>) -> (Vec<Cte>, usize) {
    let mut ctes = Vec::new();
    let mut at = range.start;
    if !tokens.is(at, "with") {
        return (ctes, at);
    }
    at += 1 + usize::from(tokens.is(at + 1, "recursive"));
    while let Some(name) = tokens.name(at) {
        let mut columns = Vec::new();
        if tokens.is(at + 1, "(") {
            columns = names(tokens, tokens.inside(at + 1));
        }
        let Some(open) = tokens
            .top(at + 1..range.end)
            .skip_while(|at| !tokens.is(*at, "as"))
            .find(|at| tokens.is(*at, "("))
        else {
            break;
        };
        ctes.push(Cte { name, columns, open });
        at = tokens.after(open);
        if !tokens.is(at, ",") {
            break;
        }
        at += 1;
    }
    (ctes, at)
}

/// The names in a list like `(a, b)`.
pub(super) fn names(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<String> {
    tokens.split(range, ",").into_iter().filter_map(|piece| tokens.name(piece.start)).collect()
}

fn arm(tokens: &Tokens<'_>, range: Range<usize>) -> Arm {
    if tokens.is(range.start, "values") {
        let rows = tokens
            .top(range.start + 1..range.end)
            .filter(|at| tokens.is(*at, "("))
            .map(|open| {
                let pieces = tokens.split(tokens.inside(open), ",");
                pieces.into_iter().map(|expression| Item { expression, alias: None }).collect()
            })
            .collect();
        return Arm { range, rows, from: None, filter: None, grouped: false, having: false };
    }
    let clauses: Vec<usize> = tokens.top(range.clone()).filter(|at| opens_clause(tokens, *at)).collect();
    let clause = |word: &str| {
        let start = *clauses.iter().find(|at| tokens.is(**at, word))?;
        let end = clauses.iter().copied().find(|at| *at > start).unwrap_or(range.end);
        Some(start + 1..end)
    };
    let first = range.start + 1 + usize::from(tokens.is_any(range.start + 1, &["distinct", "all"]));
    let items = first..clauses.first().copied().unwrap_or(range.end);
    Arm {
        rows: vec![items_of(tokens, items)],
        from: clause("from"),
        filter: clause("where"),
        grouped: clause("group").is_some(),
        having: clause("having").is_some(),
        range,
    }
}

/// Whether the token starts a clause of a select; the `from` of `is distinct from` does not.
fn opens_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    match at {
        0 => false,
        _ if tokens.is(at, "from") => !is_distinct_from(tokens, at),
        _ if tokens.is(at, "window") => tokens.is(at + 2, "as") && tokens.is(at + 3, "("),
        _ => tokens.is_any(at, &["where", "group", "having", "order", "limit"]) && !tokens.is(at - 1, "."),
    }
}

/// Whether this `from` belongs to the operator `is [not] distinct from`.
pub(super) fn is_distinct_from(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= 2 && tokens.is(at - 1, "distinct") && tokens.is_any(at - 2, &["is", "not"])
}

/// The result columns that a range lists.
pub(super) fn items_of(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<Item> {
    tokens.split(range, ",").into_iter().map(|piece| item(tokens, piece)).collect()
}

/// Takes `as name`, or a bare name after the end of an expression, off an item.
fn item(tokens: &Tokens<'_>, range: Range<usize>) -> Item {
    let plain = Item { expression: range.clone(), alias: None };
    if range.len() < 2 {
        return plain;
    }
    let last = range.end - 1;
    let named =
        |expression| Item { expression, alias: tokens.get(last).and_then(super::tokens::Token::name) };
    if tokens.is(last - 1, "as") {
        return named(range.start..last - 1);
    }
    let bare = matches!(tokens.class(last), Some(Class::Word | Class::Quoted | Class::Text))
        && !tokens.is_any(last, &["end", "isnull", "notnull", "null"]);
    if bare && ends_operand(tokens, last - 1) { named(range.start..last) } else { plain }
}

/// Whether an expression can end with the token: then what follows is an operator, or no part of it.
pub(super) fn ends_operand(tokens: &Tokens<'_>, at: usize) -> bool {
    const OPERATORS: [&str; 25] = [
        "and", "or", "not", "is", "like", "glob", "match", "regexp", "in", "between", "collate", "escape",
        "case", "when", "then", "else", "distinct", "all", "from", "as", "over", "filter", "on", "using",
        "select",
    ];
    match tokens.class(at) {
        Some(Class::Word) => !tokens.is_any(at, &OPERATORS),
        Some(Class::Symbol) => tokens.is(at, ")"),
        Some(_) => true,
        None => false,
    }
}
