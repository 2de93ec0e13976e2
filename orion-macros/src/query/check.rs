//! Judges a query: its signature by itself, its SQL by SQLite, then each against the other.

mod columns;
mod parameters;
mod signature;

use std::ops::Range;

use syn::LitStr;

use super::model::{Access, Query, Sound};
use super::parse::Written;
use crate::argument::Argument;
use crate::errors::Errors;
use crate::row::Rows;
use crate::schema::{self, Schema};
use crate::spelling;
use crate::sql::with_lists;

use signature::Signature;

/// Checks a query against the slice's schema and its row structs.
pub(crate) fn check(cx: &mut Errors, written: Written, schema: &Schema, rows: &mut Rows) -> Query {
    let Written { function, sql } = written;
    let what = format!("query `{}`", function.name());
    let before = cx.count();
    let signature = signature::check(cx, &what, &function);
    let arguments = signature.iter().flat_map(|signature| signature.arguments.iter().map(Argument::name));
    let arguments: Vec<String> = arguments.collect();
    let statement = sql.as_ref().and_then(|sql| Some((sql, schema.check(cx, &what, sql, &arguments)?)));
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
        let mut found = Errors::new();
        let row = (&returns, &output);
        let later = columns::check(&mut found, &what, sql, &statement.columns, row, rows.when(&function));
        match statement.run_together.first() {
            Some(together) if found.count() > 0 => {
                found.forget();
                lacks_comma(cx, &what, sql, together);
            }
            _ => cx.absorb(found),
        }
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

/// `select id name`: one column, and what follows from that is no other mistake.
fn lacks_comma(cx: &mut Errors, what: &str, sql: &LitStr, together: &Range<usize>) {
    let text = sql.value();
    let written = text.get(together.clone()).unwrap_or_default();
    let (before, last) = written.rsplit_once(char::is_whitespace).unwrap_or((written, ""));
    let (before, message) =
        (before.trim_end(), format!("{what} takes `{written}` for one column, called `{last}`"));
    cx.at(sql, schema::quote(sql, Some(together.clone()), message)).help(format!(
        "is a comma missing? write `{before}, {last}`; or `{before} as {last}`, if that was meant"
    ));
}
