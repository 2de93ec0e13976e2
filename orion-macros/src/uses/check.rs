//! Judges what the migrations refer to: each table that is not the slice's own is said to be another's.

use proc_macro2::Span;

use super::model::{Reference, Uses, columns};
use crate::errors::{Errors, Mistake};
use crate::options::Written;
use crate::schema::Schema;
use crate::{listed, nearest, sql};

/// What the option says, compared with what the migrations have made.
pub(crate) fn check(cx: &mut Errors, option: Option<&Written>, schema: &Schema) -> Uses {
    const HELP: &str = "write `uses(accounts)` with the path of the slice's module";
    let before = cx.count();
    let paths = match option.map(|option| (option, option.list())) {
        Some((_, Some(list))) if !list.is_empty() => listed::slices(cx, list, HELP),
        Some((option, _)) => {
            cx.at(option.wrong(), "option `uses` must list slices").help(HELP);
            return Uses::default();
        }
        None => Vec::new(),
    };
    let Some(found) = schema.references() else { return Uses { paths, references: Vec::new() } };
    if option.is_none() {
        undeclared(cx, schema, &found);
        return Uses::default();
    }
    if found.is_empty() && cx.count() == before {
        for path in &paths {
            cx.warn(path, "no foreign key of the slice refers to a table of this one")
                .help("remove it from `uses`: another slice's queries and links need no `uses`");
        }
    }
    let references = found.into_iter().filter_map(|reference| self::reference(cx, schema, &reference));
    Uses { references: references.collect(), paths }
}

fn reference(cx: &mut Errors, schema: &Schema, reference: &sql::Reference) -> Option<Reference> {
    let sql::Reference { table, columns: own, parent, key, .. } = reference;
    let from = columns(table, own);
    if key.is_empty() {
        blame(cx, schema, parent, &format!("`{from}` must say which column of `{parent}` it refers to"))
            .help(format!(
                "write `references {parent} (id)`: this slice cannot see what the key of another's table is"
            ));
        return None;
    }
    let mut key: Vec<String> = key.iter().map(|column| column.to_ascii_lowercase()).collect();
    // As the slice that has the table says it.
    key.sort_unstable();
    let table = parent.to_ascii_lowercase();
    Some(Reference { key: columns(&table, &key), from, table, changed: schema.consequences(reference) })
}

/// Each table once, where the last migration refers to it.
fn undeclared(cx: &mut Errors, schema: &Schema, found: &[sql::Reference]) {
    let mut told: Vec<String> = Vec::new();
    for sql::Reference { table, columns: own, parent, .. } in found {
        if told.contains(&parent.to_ascii_lowercase()) {
            continue;
        }
        told.push(parent.to_ascii_lowercase());
        let from = columns(table, own);
        let owner = schema.owner(parent);
        let tables = schema.tables();
        let near = nearest::nearest(parent, tables.iter().map(String::as_str));
        let (whose, help) = match (owner, near) {
            (Some((slice, path)), _) => (
                format!("which belongs to slice `{slice}`"),
                format!(
                    "say on slice `{}` that it refers to it: `#[orion::slice(uses({path}))]`",
                    schema.slice()
                ),
            ),
            (None, near) => (
                "which no migration of the slice creates".to_owned(),
                near.map_or_else(
                    || {
                        "create it before; if it is another slice's, say whose: `#[orion::slice(uses(…))]`"
                            .to_owned()
                    },
                    |near| format!("did you mean `{near}`?"),
                ),
            ),
        };
        blame(cx, schema, parent, &format!("`{from}` refers to `{parent}`, {whose}")).help(help);
    }
}

/// A mistake on the migration that refers to the table.
fn blame<'a>(cx: &'a mut Errors, schema: &Schema, parent: &str, message: &str) -> &'a mut Mistake {
    match schema.referring(parent) {
        Some((migration, at)) => cx.at(migration.literal(), migration.quote(at, message.to_owned())),
        // A migration that only renames it.
        None => cx.at_span(Span::call_site(), message),
    }
}
