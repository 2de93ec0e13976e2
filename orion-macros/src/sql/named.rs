//! What a text does to the tables that it names, told from its tokens alone: for tables of another slice, which the database
//! in memory has not.

use std::ops::Range;

use super::migration::statements;
use super::tokens::{Class, Tokens};

/// One step of a migration: a table or view that is there from then on, or no longer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) name: String,
    /// The bytes of the name where it is created; `None` where it goes.
    pub(crate) made: Option<Range<usize>>,
}

impl Step {
    pub(crate) fn is_about(&self, table: &str) -> bool {
        self.name.eq_ignore_ascii_case(table)
    }
}

/// What becomes of tables and views, in the order of the statements.
pub(crate) fn steps(sql: &str) -> Vec<Step> {
    let tokens = Tokens::of(sql);
    let mut steps = Vec::new();
    for statement in statements(&tokens) {
        let verb = statement.start;
        let temporary = usize::from(tokens.is_any(verb + 1, &["temp", "temporary", "virtual"]));
        let kind = verb + 1 + temporary;
        if !tokens.is_any(kind, &["table", "view"]) {
            continue;
        }
        let name = name_at(&tokens, after_condition(&tokens, kind + 1));
        let Some((name, place)) = name else { continue };
        if tokens.is(verb, "create") {
            steps.push(Step { name, made: Some(place) });
        } else if tokens.is(verb, "drop") {
            steps.push(Step { name, made: None });
        } else if tokens.is(verb, "alter")
            && let Some(to) = tokens.find(statement.clone(), "to")
            && tokens.is(to - 1, "rename")
            && let Some((renamed, new_place)) = name_at(&tokens, to + 1)
        {
            // What it holds is written where it was created, if that is in this text too.
            let origin = steps.iter().rev().find(|step| step.is_about(&name));
            let made = origin.and_then(|step| step.made.clone()).unwrap_or(new_place);
            steps.push(Step { name, made: None });
            steps.push(Step { name: renamed, made: Some(made) });
        }
    }
    steps
}

/// What a statement does to a table that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Reads,
    Writes,
}

/// What the statement does to the table; `None` where it does not name it as one.
pub(crate) fn use_of(sql: &str, table: &str) -> Option<Use> {
    let tokens = Tokens::of(sql);
    let is_it = |at: usize| tokens.name(at).is_some_and(|name| name.eq_ignore_ascii_case(table));
    if target(&tokens).is_some_and(is_it) {
        return Some(Use::Writes);
    }
    tokens.all().any(|at| is_it(at) && is_source(&tokens, at)).then_some(Use::Reads)
}

/// The token that names what an `insert`, `update` or `delete` is about.
fn target(tokens: &Tokens<'_>) -> Option<usize> {
    let starts =
        |at: &usize| tokens.is_any(*at, &["select", "values", "insert", "replace", "update", "delete"]);
    let verb = tokens.top(tokens.all()).find(starts)?;
    let name = match tokens.get(verb)? {
        token if token.is_any(&["insert", "replace"]) => tokens.find(verb..tokens.len(), "into")? + 1,
        token if token.is("update") => verb + 1 + if tokens.is(verb + 1, "or") { 2 } else { 0 },
        token if token.is("delete") => verb + 2,
        _ => return None,
    };
    Some(after_schema(tokens, name))
}

/// Whether the name at a token is one of those that a `from` joins.
fn is_source(tokens: &Tokens<'_>, at: usize) -> bool {
    const CLAUSES: [&str; 12] = [
        "select",
        "from",
        "join",
        "on",
        "using",
        "where",
        "group",
        "order",
        "set",
        "values",
        "returning",
        "limit",
    ];
    let qualified = at >= 2 && tokens.is(at - 1, ".");
    let Some(before) = (if qualified { at.checked_sub(3) } else { at.checked_sub(1) }) else { return false };
    let around = tokens.around(at);
    let clause =
        (0..at).rev().find(|other| tokens.around(*other) == around && tokens.is_any(*other, &CLAUSES));
    let joins = clause.is_some_and(|clause| tokens.is_any(clause, &["from", "join", "on", "using"]));
    tokens.is_any(before, &["from", "join"]) || (tokens.is(before, ",") && joins)
}

/// The token after `if exists` or `if not exists`.
fn after_condition(tokens: &Tokens<'_>, at: usize) -> usize {
    match (tokens.is(at, "if"), tokens.is(at + 1, "not")) {
        (true, true) => at + 3,
        (true, false) => at + 2,
        (false, _) => at,
    }
}

/// The token after `main.`, if that is written.
fn after_schema(tokens: &Tokens<'_>, at: usize) -> usize {
    if tokens.is(at + 1, ".") { at + 2 } else { at }
}

/// The name at a token, after its schema, and its bytes.
fn name_at(tokens: &Tokens<'_>, at: usize) -> Option<(String, Range<usize>)> {
    let at = after_schema(tokens, at);
    let token =
        tokens.get(at).filter(|token| matches!(token.class, Class::Word | Class::Quoted | Class::Text))?;
    Some((token.name()?, token.range()))
}
