//! What is known of an expression with operators. Almost every one of them yields NULL just where an operand is NULL; this
//! file knows those that do not, and how tightly each binds (<https://www.sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes>).

use std::ops::Range;

use super::analysis::Analysis;
use super::model::{Kind, Nullable};
use super::select::{ends_operand, opens_select};
use super::tokens::{Class, Tokens};
use super::value::Value;

/// The binary operators, loosest first. `and` and `or` are in `split`.
const LEVELS: [&[&str]; 6] = [
    &[
        "=", "==", "<>", "!=", "is", "between", "in", "match", "like", "regexp", "glob", "isnull", "notnull",
        "not",
    ],
    &["<", "<=", ">", ">="],
    &["&", "|", "<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
    &["||", "->", "->>"],
];

/// An arithmetic expression of so many tokens over integers cannot leave the range of a real: 16 factors of 64 bits.
const LONGEST_FINITE: usize = 31;

impl Analysis<'_> {
    /// The value of what an operator, or a `case`, makes; `None` where the range is neither.
    pub(super) fn operation(&self, range: Range<usize>, depth: usize) -> Option<Value> {
        let tokens = self.tokens;
        let Range { start, end } = range;
        if let Some(at) = logical(tokens, &range, "or").or_else(|| logical(tokens, &range, "and")) {
            let (left, right) = (self.value_at(start..at, depth), self.value_at(at + 1..end, depth));
            // `false and null` is false.
            let never = left.nullable == Nullable::Never && right.nullable == Nullable::Never;
            let nullable = if never { Nullable::Never } else { Nullable::Unknown };
            return Some(Value { kind: Some(Kind::Integer), nullable, origin: None });
        }
        if tokens.is(start, "not") {
            return Some(Value::strict(Some(Kind::Integer), [self.value_at(start + 1..end, depth)]));
        }
        if has_prefix_not(tokens, &range) {
            return Some(Value::UNKNOWN);
        }
        for operators in LEVELS {
            if let Some(at) = last(tokens, &range, operators) {
                return Some(self.binary(range, at, depth));
            }
        }
        if end - start > 2 && tokens.is(end - 2, "collate") {
            return Some(Value { origin: None, ..self.value_at(start..end - 2, depth) });
        }
        if tokens.is_any(start, &["-", "+", "~"]) {
            let kind = tokens.is(start, "~").then_some(Kind::Integer);
            return Some(Value::strict(kind, [self.value_at(start + 1..end, depth)]));
        }
        (tokens.is(start, "case") && after_case(tokens, start) == end)
            .then(|| self.case(start + 1..end - 1, depth))
    }

    fn binary(&self, range: Range<usize>, at: usize, depth: usize) -> Value {
        let tokens = self.tokens;
        let Range { start, end } = range;
        if tokens.is(at, "is") {
            return Value::never(Kind::Integer);
        }
        let postfix = match at {
            at if tokens.is_any(at, &["isnull", "notnull"]) => Some(at + 1),
            at if tokens.is(at, "not") && tokens.is(at + 1, "null") => Some(at + 2),
            _ => None,
        };
        if let Some(after) = postfix {
            // In `a isnull - b` what is left of `-` is `a isnull`.
            return if after == end { Value::never(Kind::Integer) } else { Value::UNKNOWN };
        }
        // `not like`: the operator is the second word.
        let operator = at + usize::from(tokens.is(at, "not"));
        let rest = operator + 1..end;
        let word = tokens.get(operator).map(|token| token.text.to_ascii_lowercase()).unwrap_or_default();
        let split = |separator: Option<usize>| match separator.filter(|at| *at < end) {
            Some(at) => vec![rest.start..at, at + 1..end],
            None => vec![rest.clone()],
        };
        let (kind, pieces) = match word.as_str() {
            "+" | "-" | "*" | "/" | "%" => return self.arithmetic(start..at, &word, rest, depth),
            // In `a in (…) / b` what is left of `/` is `a in (…)`.
            "in" if !tokens.is(rest.start, "(") || tokens.after(rest.start) != end => return Value::UNKNOWN,
            "in" => {
                let operands =
                    self.listed(rest.start, depth).into_iter().chain([self.value_at(start..at, depth)]);
                return Value::strict(Some(Kind::Integer), operands);
            }
            "||" => (Kind::Text, split(None)),
            "between" => (Kind::Integer, split(Some(and_of(tokens, operator)))),
            "like" | "glob" => (Kind::Integer, split(top(tokens, &rest).find(|at| tokens.is(*at, "escape")))),
            "->" | "->>" | "match" | "regexp" => return Value::UNKNOWN,
            _ => (Kind::Integer, split(None)),
        };
        let operands = std::iter::once(start..at).chain(pieces).map(|operand| self.value_at(operand, depth));
        Value::strict(Some(kind), operands)
    }

    /// What is compared with by `in`, in parentheses.
    fn listed(&self, open: usize, depth: usize) -> Vec<Value> {
        let tokens = self.tokens;
        if opens_select(tokens, open) {
            let cells = self.selects.get(&open).and_then(|rows| rows.cells.as_deref());
            return match cells {
                Some([cell]) => vec![cell.output.value.clone()],
                _ => vec![Value::UNKNOWN],
            };
        }
        let inside = tokens.inside(open);
        let pieces = if inside.is_empty() { Vec::new() } else { tokens.split(inside, ",") };
        pieces.into_iter().map(|piece| self.value_at(piece, depth)).collect()
    }

    /// Numbers make NULL of a division by zero, and of infinities that have no sum, difference or product.
    fn arithmetic(&self, left: Range<usize>, operator: &str, right: Range<usize>, depth: usize) -> Value {
        let tokens = self.tokens;
        let whole = left.start..right.end;
        let strict = Value::strict(None, [&left, &right].map(|side| self.value_at(side.clone(), depth)));
        let not_zero = is_nonzero(tokens, &right);
        let finite =
            |side: &Range<usize>| whole.len() <= LONGEST_FINITE && self.is_finite(side.clone(), depth);
        let nullable = match operator {
            _ if strict.nullable != Nullable::Never => strict.nullable,
            "/" | "%" if not_zero => Nullable::Never,
            "/" | "%" => Nullable::Maybe,
            "*" if not_zero || is_nonzero(tokens, &left) => Nullable::Never,
            "*" if finite(&left) && finite(&right) => Nullable::Never,
            "+" | "-" if finite(&left) || finite(&right) => Nullable::Never,
            _ => Nullable::Unknown,
        };
        Value { nullable, ..strict }
    }

    /// Whether a number is surely no infinity.
    fn is_finite(&self, range: Range<usize>, depth: usize) -> bool {
        let tokens = self.tokens;
        if tokens.is(range.start, "(")
            && tokens.after(range.start) == range.end
            && !opens_select(tokens, range.start)
        {
            return self.is_finite(tokens.inside(range.start), depth);
        }
        if range.len() == 1 && tokens.class(range.start) == Some(Class::Number) {
            return tokens.text(range).parse::<f64>().is_ok_and(f64::is_finite);
        }
        for operators in &LEVELS[3..5] {
            if let Some(at) = last(tokens, &range, operators) {
                return !tokens.is_any(at, &["/", "%"])
                    && self.is_finite(range.start..at, depth)
                    && self.is_finite(at + 1..range.end, depth);
            }
        }
        self.value_at(range, depth).kind == Some(Kind::Integer)
    }

    /// `case [base] when … then … [else …] end`, without the words at its ends: one of its results, or NULL.
    fn case(&self, range: Range<usize>, depth: usize) -> Value {
        let tokens = self.tokens;
        let words: Vec<usize> =
            top(tokens, &range).filter(|at| tokens.is_any(*at, &["when", "then", "else"])).collect();
        let mut ends = words.iter().copied().skip(1).chain([range.end]);
        let mut results: Option<Value> = None;
        let mut has_else = false;
        for at in &words {
            let end = ends.next().unwrap_or(range.end);
            if tokens.is(*at, "when") {
                continue;
            }
            has_else |= tokens.is(*at, "else");
            let value = self.value_at(at + 1..end, depth);
            results = Some(match results {
                Some(others) => others.or(&value),
                None => Value { origin: None, ..value },
            });
        }
        match results {
            Some(results) if has_else => results,
            Some(results) => results.or_null(),
            None => Value::UNKNOWN,
        }
    }
}

/// The tokens of a range that stand in no parenthesis, in no `case` that begins within it, and not between a `between` and
/// its `and`, where any operator binds tighter.
fn top<'a>(tokens: &'a Tokens<'_>, range: &Range<usize>) -> impl Iterator<Item = usize> + 'a {
    let end = range.end.min(tokens.len());
    let first = Some(range.start).filter(|at| *at < end);
    let next =
        move |at| if tokens.is(at, "between") { and_of(tokens, at) + 1 } else { after_case(tokens, at) };
    std::iter::successors(first, move |at| Some(next(*at)).filter(|next| *next < end))
}

/// The `and` of a `between`; one past the end where there is none.
fn and_of(tokens: &Tokens<'_>, between: usize) -> usize {
    let mut at = between + 1;
    while at < tokens.len() && !tokens.is(at, "and") {
        at = if tokens.is(at, "between") { and_of(tokens, at) + 1 } else { after_case(tokens, at) };
    }
    at
}

/// The token after `at`, after the parenthesis that opens there, or after the `case` that begins there.
fn after_case(tokens: &Tokens<'_>, at: usize) -> usize {
    if !tokens.is(at, "case") {
        return tokens.after(at);
    }
    let mut open = 1_u32;
    let mut next = at + 1;
    while next < tokens.len() {
        if tokens.is(next, "case") {
            open += 1;
        } else if tokens.is(next, "end") {
            open -= 1;
            if open == 0 {
                return next + 1;
            }
        }
        next = tokens.after(next);
    }
    next
}

/// The last `and` or `or` of a range.
fn logical(tokens: &Tokens<'_>, range: &Range<usize>, word: &str) -> Option<usize> {
    top(tokens, range).filter(|at| tokens.is(*at, word) && *at > range.start).last()
}

/// The conditions that all must hold for one to hold: what `and` joins, through parentheses.
pub(super) fn conjuncts(tokens: &Tokens<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let (mut found, mut waiting) = (Vec::new(), vec![range]);
    while let Some(range) = waiting.pop() {
        let Range { start, end } = range;
        if tokens.is(start, "(") && tokens.after(start) == end && !opens_select(tokens, start) {
            waiting.push(tokens.inside(start));
        } else if logical(tokens, &range, "or").is_some() {
            // Of alternatives none must hold.
        } else if let Some(at) = logical(tokens, &range, "and") {
            waiting.extend([at + 1..end, start..at]);
        } else {
            found.push(range);
        }
    }
    found
}

/// Whether a `not` stands before an operand of a tighter operator, as in `a = not b is null`: it takes in all that follows.
fn has_prefix_not(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    let prefix = |at: usize| {
        at > range.start && tokens.is(at, "not") && !tokens.is(at - 1, "is") && !ends_operand(tokens, at - 1)
    };
    top(tokens, range).any(prefix)
}

/// The last of these operators in a range, with an operand before it; of `not like` the `not`.
fn last(tokens: &Tokens<'_>, range: &Range<usize>, operators: &[&str]) -> Option<usize> {
    let infix = |at: &usize| {
        *at > range.start
            && tokens.is_any(*at, operators)
            && ends_operand(tokens, at - 1)
            && !tokens.is(at - 1, ".")
    };
    top(tokens, range).filter(infix).last()
}

/// Whether a range is a number other than zero.
fn is_nonzero(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    let number = range.len() == 1 && tokens.class(range.start) == Some(Class::Number);
    // `1 % 0.5` divides by the integer in it: 0.
    number && tokens.text(range.clone()).parse::<i64>().is_ok_and(|number| number != 0)
}
