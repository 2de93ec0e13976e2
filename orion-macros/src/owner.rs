//! Who owns a table that the slice has not. A slice's macro sees that slice only, so where SQLite knows no such table the
//! sources of the crate that is being compiled are read: for the message, and for nothing else.

mod modules;
mod source;

use proc_macro2::Span;

use crate::compiler;
use crate::sql::{SqlError, Use, use_of};
use source::{Owner, Question, owner};

/// The mistake in the words of ownership, if a slice of the crate other than `slice` owns the table that SQLite misses. `what`
/// is whose SQL it is: "query `all`".
pub(crate) fn explain(slice: &str, what: &str, error: &SqlError, sql: &str, place: Span) -> Option<SqlError> {
    let missed = error.message.strip_prefix("no such table: ")?;
    // So SQLite names a table that the statement does not.
    let (indirect, table) = missed.strip_prefix("main.").map_or((false, missed), |table| (true, table));
    let owner = find(Question { table, by: slice }, place)?;
    let (does, way) = if what.starts_with("migration") {
        let way = format!("what is done to it stands in the migrations of slice `{}`", owner.slice);
        (format!("{what} touches"), way)
    } else if indirect {
        let does = format!("{what}: a foreign key, view or trigger of the slice refers to");
        (does, "keep the key itself, without `references`".to_owned())
    } else {
        by_query(what, &owner, use_of(sql, table))
    };
    Some(SqlError {
        message: format!("{does} `{table}`, which belongs to slice `{}`", owner.slice),
        at: error.at.clone(),
        help: Some(format!("a slice touches only its own tables: {way}")),
    })
}

/// The slice that owns a table which `slice` has not: its name, and the path of its module.
pub(crate) fn of(slice: &str, table: &str, place: Span) -> Option<(String, String)> {
    find(Question { table, by: slice }, place).map(|owner| (owner.slice, owner.path))
}

fn find(question: Question<'_>, place: Span) -> Option<Owner> {
    let in_crate = compiler::root().and_then(|root| owner(modules::slices(&root), question));
    // A file that no `mod` leads to: one that is included.
    in_crate.or_else(|| owner(modules::slices(&place.local_file()?), question))
}

/// What a query does, and which to call instead.
fn by_query(what: &str, owner: &Owner, used: Option<Use>) -> (String, String) {
    let (verb, query) = match used {
        Some(Use::Writes) => ("writes", &owner.write),
        Some(Use::Reads) | None => ("reads", &owner.read),
    };
    let way = match query {
        Some(query) => {
            let call = format!("call `{}::{}({})`", owner.path, query.name, query.arguments);
            if query.public { call } else { format!("{call}, and make it `pub` there") }
        }
        None => format!("add a query to slice `{}` and call that", owner.slice),
    };
    (format!("{what} {verb}"), way)
}
