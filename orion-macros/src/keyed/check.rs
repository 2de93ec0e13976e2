//! Judges the keys: each is a column of a table of the slice, each table has one, and some query reads by it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};

use super::model::Keyed;
use crate::errors::Errors;
use crate::nearest;
use crate::options;
use crate::query::Query;
use crate::schema::Schema;
use crate::sql::Unkeyable;

const HELP: &str =
    "write `keyed(cards.board_id)`: a table and the column by which its changes are told apart";

/// `cards.board_id`
struct Entry {
    table: Ident,
    column: Ident,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let table = input.call(Ident::parse_any)?;
        input.parse::<Token![.]>()?;
        Ok(Self { table, column: input.call(Ident::parse_any)? })
    }
}

/// What the option says, compared with what the migrations have made.
pub(crate) fn check(cx: &mut Errors, option: Option<&options::Written>, schema: &mut Schema) -> Vec<Keyed> {
    let Some(option) = option else { return Vec::new() };
    let Some(list) = option.list().filter(|list| !list.is_empty()) else {
        cx.at(option.wrong(), "option `keyed` must list keys").help(HELP);
        return Vec::new();
    };
    let mut once: Vec<Entry> = Vec::new();
    let mut keyed = Vec::new();
    for entry in entries(cx, list) {
        let table = name(&entry.table);
        if let Some(first) = once.iter().find(|first| name(&first.table).eq_ignore_ascii_case(&table)) {
            cx.at(&first.table, format!("table `{table}` is keyed here first"));
            cx.at(&entry.table, format!("table `{table}` is keyed twice"))
                .help("a table has one key: remove one of the two");
            continue;
        }
        keyed.extend(key(cx, &entry, schema));
        once.push(entry);
    }
    keyed
}

/// What stands between the commas, as far as it is a key.
fn entries(cx: &mut Errors, list: TokenStream) -> Vec<Entry> {
    let mut entries: Vec<Vec<TokenTree>> = vec![Vec::new()];
    for token in list {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => entries.push(Vec::new()),
            token => entries.last_mut().expect("there is one from the start").push(token),
        }
    }
    if entries.last().is_some_and(Vec::is_empty) {
        entries.pop();
    }
    let read = entries.into_iter().filter_map(|tokens| {
        let tokens: TokenStream = tokens.into_iter().collect();
        let entry = syn::parse2(tokens.clone());
        if entry.is_err() {
            cx.at(tokens, "a key must be a table and a column of it").help(HELP);
        }
        entry.ok()
    });
    read.collect()
}

fn key(cx: &mut Errors, entry: &Entry, schema: &mut Schema) -> Option<Keyed> {
    let (table, column) = (name(&entry.table), name(&entry.column));
    let (wrong, message, help) = match schema.key(&table, &column)? {
        Ok((table, column)) => return Some(Keyed { table, column, place: entry.column.clone() }),
        Err(Unkeyable::NoTable) => {
            let (message, help) = unknown(schema, entry);
            (&entry.table, message, help)
        }
        Err(Unkeyable::View) => (
            &entry.table,
            format!("`{table}` is a view, and only a table has a key"),
            "key the tables that it reads".to_owned(),
        ),
        Err(Unkeyable::Virtual) => (
            &entry.table,
            format!("`{table}` is a virtual table and cannot have a key"),
            "SQLite does not tell which of its rows change: take it out of `keyed`".to_owned(),
        ),
        Err(Unkeyable::NoColumn) => {
            let columns = schema.columns(&table);
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            let message = format!("table `{table}` has no column `{column}`");
            (&entry.column, message, nearest::hint(&column, &columns))
        }
        Err(Unkeyable::Collated(collation)) => (
            &entry.column,
            format!(
                "`{table}.{column}` cannot be a key: `collate {collation}` finds texts equal that differ"
            ),
            "key the table by a column that is compared as it is, or leave `collate` out of its declaration"
                .to_owned(),
        ),
    };
    cx.at(wrong, message).help(help);
    None
}

/// What to say of a table that the slice has not.
fn unknown(schema: &Schema, Entry { table: place, column }: &Entry) -> (String, String) {
    let table = name(place);
    if let Some((slice, path)) = schema.owner_of(&table, place.span()) {
        let message = format!("table `{table}` belongs to slice `{slice}`");
        let help = format!("a slice keys only its own tables: write `keyed({table}.{column})` on `{path}`");
        return (message, help);
    }
    let tables = schema.tables();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    (format!("there is no table `{table}` to key"), nearest::hint(&table, &tables))
}

/// A key that no query reads by is one that the author expects something of.
pub(crate) fn needed(cx: &mut Errors, keyed: &[Keyed], queries: &[&Query]) {
    // Of one that is wrong it is not known.
    if queries.iter().any(|query| query.sound.is_none()) {
        return;
    }
    for Keyed { table, column, place } in keyed {
        let mut read =
            queries.iter().filter_map(|query| query.sound.as_ref()).flat_map(|sound| &sound.by_key);
        if !read.any(|by| by.table == *table) {
            cx.warn(place, format!("no query reads `{table}` by this key: each of its changes is everybody's")).help(
                format!("compare it with a parameter wherever a query reads the table: `where {table}.{column} = :{column}`"),
            );
        }
    }
}

fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}
