//! Which statements a `#[query]` may hold: exactly one, that reads or changes rows, with parameters that have names.

use std::ops::Range;

use super::error::SqlError;
use super::tokens::{Class, Tokens};
use crate::spelling::list;

/// The tokens of the one statement, without semicolons.
pub(super) fn only(tokens: &Tokens<'_>, arguments: &[String]) -> Result<Range<usize>, SqlError> {
    refuse_nul(tokens.sql())?;
    let mut statements =
        tokens.split(tokens.all(), ";").into_iter().filter(|statement| !statement.is_empty());
    let Some(only) = statements.next() else {
        return Err(
            SqlError::new("the statement is empty").help("write a `select`, `insert`, `update` or `delete`")
        );
    };
    refuse_kind(tokens, only.start)?;
    if let Some(second) = statements.next() {
        return Err(SqlError::new("more than one statement")
            .at(tokens.bytes(second.start..second.start + 1))
            .help("write one statement in each query; a function body can run several"));
    }
    refuse_parameters(tokens, only.clone(), arguments)?;
    Ok(only)
}

/// SQLite reads a text only as far as its first NUL character: what follows would silently not count.
pub(super) fn refuse_nul(sql: &str) -> Result<(), SqlError> {
    match sql.find('\0') {
        Some(at) => Err(SqlError::new("a NUL character in SQL").at(at..at + 1).help("take it out")),
        None => Ok(()),
    }
}

/// Refuses what is no data statement, by its first word.
fn refuse_kind(tokens: &Tokens<'_>, first: usize) -> Result<(), SqlError> {
    let Some(word) = tokens.get(first).filter(|token| token.class == Class::Word) else { return Ok(()) };
    let keyword = word.text.to_ascii_lowercase();
    let help = match keyword.as_str() {
        "create" | "alter" | "drop" | "reindex" | "analyze" => "schema changes belong in a `#[migration]`",
        "begin" | "commit" | "end" | "rollback" | "savepoint" | "release" => {
            "a `&Tx` is a transaction already: it is committed when the command succeeds and rolled back when it does not"
        }
        "pragma" | "attach" | "detach" | "vacuum" => {
            "the store sets up and keeps its connections; a query reads or changes rows"
        }
        "explain" => "take `explain` away",
        _ => return Ok(()),
    };
    Err(SqlError::new(format!("`{keyword}` is no statement for a query")).at(word.range()).help(help))
}

/// Refuses parameters that cannot be the name of an argument.
fn refuse_parameters(
    tokens: &Tokens<'_>,
    statement: Range<usize>,
    arguments: &[String],
) -> Result<(), SqlError> {
    // The first one is refused: without a number it is the first argument.
    let meant = |number: &str| {
        let at = number.parse::<usize>().unwrap_or(1).checked_sub(1)?;
        arguments.get(at).map(String::as_str)
    };
    for at in statement {
        let Some(token) = tokens.get(at).filter(|token| token.class == Class::Parameter) else { continue };
        let (sigil, name) = token.text.split_at(1);
        let (message, help) = if sigil == "?" || name.starts_with(|first: char| first.is_ascii_digit()) {
            let help = match (meant(name), arguments) {
                (Some(argument), _) => format!("name it after the argument: `:{argument}`"),
                (None, []) => "name it, `:title`, and take an argument of that name".to_owned(),
                (None, _) => {
                    let names: Vec<String> = arguments.iter().map(|name| format!(":{name}")).collect();
                    format!("name it after an argument: {}", list(names.iter().map(String::as_str)))
                }
            };
            ("a parameter without a name".to_owned(), help)
        } else if let Some((name, kind)) = name.split_once("::") {
            (
                format!("`{}` is not SQLite's way to cast", token.text),
                format!("write `cast(:{name} as {kind})`"),
            )
        } else if sigil != ":" {
            (format!("`{}` is not how orion writes a parameter", token.text), format!("write `:{name}`"))
        } else if name.contains('$') {
            (
                format!("`{}` cannot be the name of an argument", token.text),
                "use letters, digits and `_`".to_owned(),
            )
        } else {
            continue;
        };
        return Err(SqlError::new(message).at(token.range()).help(help));
    }
    Ok(())
}
