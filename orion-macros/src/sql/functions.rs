//! What is known of the value of a function call (<https://www.sqlite.org/lang_corefunc.html> and its neighbours).

use std::ops::Range;

use super::analysis::Analysis;
use super::model::{Kind, Nullable};
use super::tokens::Class;
use super::value::Value;

impl Analysis<'_> {
    /// A function call that is the whole of a range.
    pub(super) fn call(&self, range: Range<usize>, depth: usize) -> Option<Value> {
        let tokens = self.tokens;
        let open = range.start + 1;
        if tokens.class(range.start) != Some(Class::Word) || !tokens.is(open, "(") {
            return None;
        }
        let mut end = tokens.after(open);
        let filtered = tokens.is(end, "filter") && tokens.is(end + 1, "(");
        if filtered {
            end = tokens.after(end + 1);
        }
        let windowed = tokens.is(end, "over");
        if windowed {
            end = tokens.after(end + 1);
        }
        if end != range.end {
            return None;
        }
        let inside = tokens.inside(open);
        let name = tokens.get(range.start)?.text.to_ascii_lowercase();
        if name == "cast" {
            return Some(self.cast(inside, depth));
        }
        let pieces = if inside.is_empty() { Vec::new() } else { tokens.split(inside.clone(), ",") };
        let arguments: Vec<Value> =
            pieces.iter().map(|argument| self.value_at(argument.clone(), depth + 1)).collect();
        if arguments.len() == 1 || !matches!(name.as_str(), "min" | "max") {
            // Each row of a window without a frame is in its own frame.
            let has_rows =
                if windowed { !self.has_frames() } else { self.is_grouped(range.start) } && !filtered;
            if let Some(value) = aggregate(&name, &arguments, has_rows) {
                return Some(value);
            }
        }
        let now = matches!(&pieces[..], [only] if tokens.text(only.clone()).eq_ignore_ascii_case("'now'"));
        dated(&name, pieces.is_empty() || now).or_else(|| scalar(&name, &arguments))
    }

    /// Whether any window of the statement says which rows around one it looks at: that may be none.
    fn has_frames(&self) -> bool {
        self.tokens.all().any(|at| self.tokens.is_any(at, &["rows", "range", "groups"]))
    }

    /// Whether the innermost select around a token has a `group by`: then each of its groups has rows.
    fn is_grouped(&self, at: usize) -> bool {
        let around = self.scopes.iter().filter(|scope| scope.range.contains(&at));
        around.min_by_key(|scope| scope.range.len()).is_some_and(|scope| scope.grouped)
    }

    /// `cast(expression as type)`.
    fn cast(&self, inside: Range<usize>, depth: usize) -> Value {
        let Some(r#as) = self.tokens.top(inside.clone()).filter(|at| self.tokens.is(*at, "as")).last() else {
            return Value::UNKNOWN;
        };
        let kind = Kind::of_type(self.tokens.text(r#as + 1..inside.end));
        Value { kind, origin: None, ..self.value_at(inside.start..r#as, depth + 1) }
    }
}

/// Aggregates, and what else looks at several rows. `has_rows`: there surely is one to look at.
fn aggregate(name: &str, arguments: &[Value], has_rows: bool) -> Option<Value> {
    let first = || arguments.first().cloned().unwrap_or(Value::UNKNOWN);
    let integers = first().kind == Some(Kind::Integer);
    let (kind, of) = match name {
        "count" | "row_number" | "rank" | "dense_rank" | "ntile" => return Some(Value::never(Kind::Integer)),
        "percent_rank" | "cume_dist" => return Some(Value::never(Kind::Real)),
        "json_group_array" | "json_group_object" => return Some(Value::never(Kind::Text)),
        // Infinities of both signs add up to NULL; integers have none.
        "total" if integers => return Some(Value::never(Kind::Real)),
        "total" => return Some(Value { kind: Some(Kind::Real), ..Value::UNKNOWN }),
        "lag" | "lead" if arguments.len() < 3 => return Some(Value { origin: None, ..first().or_null() }),
        "min" | "max" => (first().kind, first().nullable),
        "avg" => (Some(Kind::Real), first().nullable),
        "sum" => (first().kind.filter(|kind| matches!(kind, Kind::Integer | Kind::Real)), first().nullable),
        "group_concat" | "string_agg" => (Some(Kind::Text), first().nullable),
        _ => return None,
    };
    let adds = matches!(name, "sum" | "avg");
    let nullable = match of {
        _ if !has_rows => Nullable::Maybe,
        Nullable::Never if adds && !integers => Nullable::Unknown,
        of => of,
    };
    Some(Value { kind, nullable, origin: None })
}

/// Functions of date and time; `now`: of the present one, which is always a date.
fn dated(name: &str, now: bool) -> Option<Value> {
    let kind = match name {
        "date" | "time" | "datetime" => Kind::Text,
        "unixepoch" => Kind::Integer,
        "julianday" => Kind::Real,
        _ => return None,
    };
    // `unixepoch('now', 'subsec')` is a real.
    Some(if now {
        Value::never(kind)
    } else {
        Value { kind: Some(kind).filter(|kind| *kind == Kind::Text), ..Value::UNKNOWN }
    })
}

/// Functions of their arguments.
fn scalar(name: &str, arguments: &[Value]) -> Option<Value> {
    let strict = |kind| Value::strict(kind, arguments.iter().cloned());
    let kind = arguments.first().and_then(|first| first.kind);
    // An empty blob can become NULL as text.
    let texts = || arguments.iter().all(|value| value.kind.is_some_and(|kind| kind != Kind::Blob));
    Some(match (name, arguments) {
        ("changes" | "total_changes" | "random" | "last_insert_rowid", _) => Value::never(Kind::Integer),
        ("typeof" | "hex" | "quote" | "concat" | "json_array" | "json_object" | "json_quote", _) => {
            Value::never(Kind::Text)
        }
        ("randomblob" | "zeroblob", _) => strict(Some(Kind::Blob)),
        ("length" | "octet_length", _) => strict(Some(Kind::Integer)),
        ("round", _) => strict(Some(Kind::Real)),
        ("abs", _) => strict(kind.filter(|kind| matches!(kind, Kind::Integer | Kind::Real))),
        ("lower" | "upper" | "trim" | "ltrim" | "rtrim" | "replace" | "substr" | "substring", _)
            if texts() =>
        {
            strict(Some(Kind::Text))
        }
        ("instr", _) if texts() => strict(Some(Kind::Integer)),
        ("coalesce" | "ifnull", _) => first_that_is(arguments),
        ("min" | "max", _) => least(arguments),
        ("iif" | "if", [_, value, other]) => value.clone().or(other),
        ("iif" | "if", [_, value]) | ("nullif", [value, _]) => {
            Value { origin: None, ..value.clone().or_null() }
        }
        _ => return None,
    })
}

/// `coalesce`: the first argument that is not NULL.
fn first_that_is(arguments: &[Value]) -> Value {
    let nullable = if arguments.iter().any(|value| value.nullable == Nullable::Never) {
        Nullable::Never
    } else if arguments.iter().all(|value| value.nullable == Nullable::Maybe) {
        Nullable::Maybe
    } else {
        Nullable::Unknown
    };
    Value { nullable, ..alike(arguments) }
}

/// `min` and `max` of several arguments: NULL where one of them is.
fn least(arguments: &[Value]) -> Value {
    Value::strict(alike(arguments).kind, arguments.iter().cloned())
}

/// A value of which only the kind is known, where all of these have the same.
fn alike(values: &[Value]) -> Value {
    let either = values.iter().cloned().reduce(|either, other| either.or(&other));
    either.map_or(Value::UNKNOWN, |value| Value { origin: None, ..value })
}
