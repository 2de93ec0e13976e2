//! Which statements a migration may hold, and what SQLite does not look at when it runs them.

use std::ops::Range;

use super::error::SqlError;
use super::tokens::{Class, Tokens};

/// A view or a trigger that a migration creates: SQLite looks into its text only when it is used.
pub(super) struct Deferred {
    pub(super) name: String,
    /// The tokens of the `create` statement.
    pub(super) statement: Range<usize>,
    pub(super) kind: DeferredKind,
}

pub(super) enum DeferredKind {
    /// The tokens of its select.
    View(Range<usize>),
    /// What fires it, and on which table.
    Trigger(Event, String),
}

pub(super) enum Event {
    Insert,
    /// The column that is said to fire it, if one is.
    Update(Option<String>),
    Delete,
}

/// The tokens of each statement. Only semicolons outside of a trigger's body end one: that body ends with `; end`.
pub(super) fn statements(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut start = 0;
    for at in (0..tokens.len()).filter(|at| tokens.is(*at, ";")) {
        let ends_body = at >= 2 && tokens.is(at - 1, "end") && tokens.is(at - 2, ";");
        if is_trigger(tokens, start) && !ends_body {
            continue;
        }
        statements.push(start..at);
        start = at + 1;
    }
    statements.push(start..tokens.len());
    statements.retain(|statement| !statement.is_empty());
    statements
}

fn is_trigger(tokens: &Tokens<'_>, start: usize) -> bool {
    tokens.is(start, "create") && tokens.is(after_temporary(tokens, start + 1), "trigger")
}

fn after_temporary(tokens: &Tokens<'_>, at: usize) -> usize {
    at + usize::from(tokens.is_any(at, &["temp", "temporary"]))
}

/// Refuses what has no place in a migration, which runs in a transaction on the one connection that writes.
pub(super) fn refuse(tokens: &Tokens<'_>, statement: &Range<usize>) -> Result<(), SqlError> {
    let start = statement.start;
    let word = tokens.get(start).map(|token| token.text.to_ascii_lowercase()).unwrap_or_default();
    let temporary = word == "create" && after_temporary(tokens, start + 1) > start + 1;
    let pragma = tokens.get(start + 1).map(|token| token.text.to_ascii_lowercase()).unwrap_or_default();
    let (what, help) = match word.as_str() {
        "begin" | "commit" | "end" | "rollback" | "savepoint" | "release" => {
            (word, "orion runs each migration in a transaction of its own")
        }
        "attach" | "detach" | "vacuum" => (word, "a migration changes the slice's own tables"),
        "pragma"
            if !["defer_foreign_keys", "foreign_key_check", "legacy_alter_table"]
                .contains(&pragma.as_str()) =>
        {
            (format!("pragma {pragma}"), "the store sets up its connections; a migration changes tables")
        }
        "explain" => (word, "take `explain` away"),
        "create" if temporary => (
            "create temporary".to_owned(),
            "a temporary object is gone when the program ends; create a real one",
        ),
        _ => return refuse_parameters(tokens, statement),
    };
    let last = if what.contains(' ') { start + 2 } else { start + 1 };
    Err(SqlError::new(format!("`{what}` has no place in a migration"))
        .at(tokens.bytes(start..last))
        .help(help))
}

fn refuse_parameters(tokens: &Tokens<'_>, statement: &Range<usize>) -> Result<(), SqlError> {
    let mut parameters = statement.clone().filter(|at| tokens.class(*at) == Some(Class::Parameter));
    match parameters.next() {
        Some(at) => Err(SqlError::new("a migration has no parameters")
            .at(tokens.bytes(at..at + 1))
            .help("write the value itself")),
        None => refuse_column_without_value(tokens, statement),
    }
}

/// `alter table … add … not null` without a default: SQLite refuses it only where the table has rows, so not here but on
/// the first database that is in use.
fn refuse_column_without_value(tokens: &Tokens<'_>, statement: &Range<usize>) -> Result<(), SqlError> {
    let top: Vec<usize> = tokens.top(statement.clone()).collect();
    let has = |words: &[&str]| top.iter().any(|at| tokens.is_any(*at, words));
    let adds = tokens.is(statement.start, "alter") && has(&["add"]);
    let not_null = top.windows(2).find(|pair| tokens.is(pair[0], "not") && tokens.is(pair[1], "null"));
    match not_null {
        Some(pair) if adds && !has(&["default", "generated", "as"]) => {
            Err(SqlError::new("cannot add a NOT NULL column with default value NULL")
                .at(tokens.bytes(pair[0]..pair[1] + 1))
                .help("rows that are there already need a value: add `default …`"))
        }
        _ => Ok(()),
    }
}

/// The view or trigger that a statement creates.
pub(super) fn deferred(tokens: &Tokens<'_>, statement: &Range<usize>) -> Option<Deferred> {
    let start = statement.start;
    if !tokens.is(start, "create") {
        return None;
    }
    let mut name = start + 2;
    if tokens.is(name, "if") {
        name += 3;
    }
    if tokens.is(name + 1, ".") {
        name += 2;
    }
    let rest = name + 1..statement.end;
    let kind = if tokens.is(start + 1, "view") {
        DeferredKind::View(tokens.find(rest, "as")? + 1..statement.end)
    } else if tokens.is(start + 1, "trigger") {
        let at = tokens.top(rest.clone()).find(|at| tokens.is_any(*at, &["insert", "update", "delete"]))?;
        let event = match tokens.get(at)? {
            token if token.is("insert") => Event::Insert,
            token if token.is("delete") => Event::Delete,
            _ => {
                Event::Update(Some(at + 2).filter(|_| tokens.is(at + 1, "of")).and_then(|at| tokens.name(at)))
            }
        };
        let on = tokens.find(at..rest.end, "on")?;
        let table = if tokens.is(on + 2, ".") { on + 3 } else { on + 1 };
        DeferredKind::Trigger(event, tokens.get(table)?.name()?)
    } else {
        return None;
    };
    Some(Deferred { name: tokens.get(name)?.name()?, statement: statement.clone(), kind })
}
