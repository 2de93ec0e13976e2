//! Judges a query: its signature by itself, its SQL by SQLite, then each against the other.

mod columns;
mod parameters;
mod signature;

use super::model::{Access, Query, Sound};
use super::parse::Written;
use crate::errors::Errors;
use crate::row::Rows;
use crate::schema::Schema;
use crate::spelling;
use crate::sql::with_lists;

use signature::Signature;

/// Checks a query against the slice's schema and its row structs.
pub(crate) fn check(cx: &mut Errors, written: Written, schema: &Schema, rows: &mut Rows) -> Query {
    let Written { function, sql } = written;
    let what = format!("query `{}`", function.name());
    let before = cx.count();
    let signature = signature::check(cx, &what, &function);
    let statement = sql.as_ref().and_then(|sql| Some((sql, schema.check(cx, &what, sql)?)));
    let sound = signature.zip(statement).and_then(|(signature, (sql, statement))| {
        let Signature { access, store, arguments, returns, output } = signature;
        if access == Access::Db && !statement.read_only {
            let wrote = statement.writes.iter().map(String::as_str);
            cx.at(&store.ty, format!("{what} writes {} and must take `&Tx`", spelling::list(wrote)))
                .help(format!("write `tx: &Tx` in place of `{}: &Db`", store.ident));
        }
        let bound = parameters::check(cx, &what, sql, statement.parameters, &arguments);
        let lists = bound.iter().filter(|bound| bound.element.is_some());
        let places = lists.flat_map(|bound| bound.parameter.listed.clone()).collect();
        let later =
            columns::check(cx, &what, sql, &statement.columns, (&returns, &output), rows.when(&function));
        let sound = || Sound {
            access,
            store: store.ident,
            sql: with_lists(&statement.sql, places),
            bound,
            returns,
            output,
            columns: statement.columns,
            reads: statement.reads,
            by_key: statement.by_key,
            writes: statement.writes,
            removes: statement.removes,
            later,
        };
        (cx.count() == before).then(|| Box::new(sound()))
    });
    Query { function, sql, sound }
}
