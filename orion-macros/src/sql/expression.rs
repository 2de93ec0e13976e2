//! What is known of an expression's value: of columns, literals and subqueries; of operators in `operators`, of function
//! calls in `functions`. Everything else is unknown.

use std::ops::Range;

use super::analysis::Analysis;
use super::model::Kind;
use super::scope::{Found, Scope};
use super::select;
use super::tokens::{Class, Tokens};
use super::value::Value;

/// SQLite's aggregate functions; `min` and `max` only with one argument.
pub(super) const AGGREGATES: [&str; 17] = [
    "avg",
    "count",
    "group_concat",
    "json_group_array",
    "json_group_object",
    "jsonb_group_array",
    "jsonb_group_object",
    "max",
    "median",
    "min",
    "percentile",
    "percentile_cont",
    "percentile_disc",
    "string_agg",
    "sum",
    "total",
    "geopoly_group_bbox",
];

/// The arguments of the aggregates that a select calls itself, not in a select within it, not over a window.
pub(super) fn aggregates(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if select::opens_select(tokens, at) {
            at = tokens.after(at);
            continue;
        }
        found.extend(aggregate(tokens, at));
        at += 1;
    }
    found
}

/// The arguments of the aggregate that a token calls.
fn aggregate(tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let name = tokens.name(at)?.to_ascii_lowercase();
    if !AGGREGATES.contains(&name.as_str()) || !tokens.is(at + 1, "(") {
        return None;
    }
    let arguments = tokens.inside(at + 1);
    if (name == "min" || name == "max") && tokens.split(arguments.clone(), ",").len() != 1 {
        return None;
    }
    (!is_windowed(tokens, tokens.after(at + 1))).then_some(arguments)
}

/// Whether `over` follows the call that ends at a token, perhaps after a `filter`.
fn is_windowed(tokens: &Tokens<'_>, end: usize) -> bool {
    let filtered = tokens.is(end, "filter") && tokens.is(end + 1, "(");
    tokens.is(if filtered { tokens.after(end + 1) } else { end }, "over")
}

/// Whether an aggregate with these arguments surely belongs to the scope that it stands in: SQLite gives one whose
/// arguments name only columns from further out to that select.
pub(super) fn belongs(tokens: &Tokens<'_>, arguments: Range<usize>, scope: &Scope) -> bool {
    let mut names = arguments.filter(|at| tokens.name(*at).is_some()).peekable();
    names.peek().is_none()
        || names.any(|at| {
            let name = |at| tokens.name(at).unwrap_or_default();
            let found = if tokens.is(at + 1, ".") {
                scope.sources.iter().any(|source| source.name.eq_ignore_ascii_case(&name(at)))
            } else {
                matches!(scope.find(None, &name(at)), Found::Value(_))
            };
            found && !(at > 0 && tokens.is(at - 1, "."))
        })
}

/// Expressions nested deeper than this are not followed.
const DEEPEST: usize = 48;

impl Analysis<'_> {
    /// What is known of the value of an expression.
    pub(super) fn value(&self, range: Range<usize>) -> Value {
        self.value_at(range, 0)
    }

    pub(super) fn value_at(&self, range: Range<usize>, depth: usize) -> Value {
        let Range { start, end } = range;
        let tokens = self.tokens;
        if start >= end || depth > DEEPEST {
            return Value::UNKNOWN;
        }
        if select::opens_select(tokens, start) && tokens.after(start) == end {
            return self.scalar(start);
        }
        if tokens.is(start, "(") && tokens.after(start) == end {
            return self.value_at(tokens.inside(start), depth + 1);
        }
        if let Some(column) = self.column(start..end) {
            return column;
        }
        if end - start == 1
            && let Some(value) = self.literal(start)
        {
            return value;
        }
        if end - start == 2
            && tokens.is_any(start, &["-", "+"])
            && tokens.class(start + 1) == Some(Class::Number)
        {
            return self.literal(start + 1).unwrap_or(Value::UNKNOWN);
        }
        if tokens.is(start, "exists") && tokens.is(start + 1, "(") && tokens.after(start + 1) == end {
            return Value::never(Kind::Integer);
        }
        if let Some(value) = self.operation(start..end, depth + 1) {
            return value;
        }
        self.call(start..end, depth).unwrap_or(Value::UNKNOWN)
    }

    /// The column whose name, qualified or not, is the whole of a range.
    pub(super) fn column(&self, range: Range<usize>) -> Option<Value> {
        let tokens = self.tokens;
        let dotted = range
            .clone()
            .enumerate()
            .all(|(i, at)| if i % 2 == 1 { tokens.is(at, ".") } else { tokens.name(at).is_some() });
        if !dotted || !matches!(range.len(), 1 | 3 | 5) {
            return None;
        }
        // Of the words that can never be a column, those that can be an expression.
        if range.len() == 1
            && tokens.is_any(range.start, &["null", "current_timestamp", "current_date", "current_time"])
        {
            return None;
        }
        let name = tokens.name(range.end - 1)?;
        let qualifier = (range.len() > 1).then(|| tokens.name(range.end - 3)).flatten();
        self.lookup(range.start, qualifier.as_deref(), &name)
    }

    pub(super) fn literal(&self, at: usize) -> Option<Value> {
        let token = self.tokens.get(at)?;
        match token.class {
            Class::Number => {
                let text = token.text.replace('_', "");
                let kind = if text.starts_with("0x") || text.starts_with("0X") || text.parse::<i64>().is_ok()
                {
                    Some(Kind::Integer)
                } else {
                    // Past 64 bits SQLite reads a real, but for the one integer that needs its minus sign.
                    Some(Kind::Real).filter(|_| text.contains(['.', 'e', 'E']))
                };
                Some(Value { kind, ..Value::never(Kind::Real) })
            }
            Class::Text => Some(Value::never(Kind::Text)),
            Class::Blob => Some(Value::never(Kind::Blob)),
            Class::Word if token.is("null") => Some(Value::NULL),
            Class::Word if token.is_any(&["true", "false"]) => Some(Value::never(Kind::Integer)),
            Class::Word if token.is_any(&["current_timestamp", "current_date", "current_time"]) => {
                Some(Value::never(Kind::Text))
            }
            _ => None,
        }
    }

    /// The first column of a select in an expression: NULL where the select has no row.
    fn scalar(&self, open: usize) -> Value {
        let Some(rows) = self.selects.get(&open) else { return Value::UNKNOWN };
        match rows.cells.as_deref() {
            Some([cell]) if rows.one => cell.output.value.clone(),
            Some([cell]) => cell.output.value.clone().or_null(),
            _ => Value::UNKNOWN,
        }
    }
}
