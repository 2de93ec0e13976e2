//! The row structs of a slice, for comparing their fields with the columns of the slice's queries.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{DeriveInput, LitStr, Type};

use super::check::fields;
use super::model::Field;
use crate::errors::Errors;
use crate::function::Function;
use crate::item::{Item, Shape};
use crate::nearest::{self, Pairs};
use crate::scalar::{self, Scalar};
use crate::schema;
use crate::spelling::{list, spell};
use crate::sql::{Column, Nullable};

/// The row structs that are declared in the slice.
#[derive(Default)]
pub(crate) struct Rows {
    structs: BTreeMap<String, Vec<Field>>,
    /// Fields whose type was reported: a struct may serve several queries.
    reported: BTreeSet<(String, String)>,
    /// The columns that a constant compares with a field, each once; without their places.
    judged: Vec<(String, Column)>,
    /// Whether the query at hand is only there under some `cfg`: then so is its constant, and the next one has to compare too.
    conditional: bool,
}

/// A field whose type this macro does not know, and the column that it is read from.
pub(crate) struct Open {
    pub(crate) row: String,
    pub(crate) ty: Type,
    pub(crate) column: Column,
}

impl Rows {
    /// Remembers the item if it is a struct that derives `Row`. What is wrong with the struct the derive says.
    pub(crate) fn collect(&mut self, item: &Item) {
        if item.shape == Shape::Struct
            && derives(item, "Row")
            && let Ok(input) = syn::parse2::<DeriveInput>(item.to_token_stream())
            && input.generics.params.is_empty()
            && let Some(fields) = fields(&input.data)
        {
            self.structs.insert(input.ident.to_string(), fields);
        }
    }

    /// The same rows, for this query.
    pub(crate) fn when(&mut self, query: &Function) -> &mut Self {
        self.conditional = !query.cfg().is_empty();
        self
    }

    /// Compares the columns of a query with the fields of its row type. Gives back the fields that only their types can judge, each
    /// with its column; `None` where the row type is not declared here.
    pub(crate) fn check(
        &mut self,
        cx: &mut Errors,
        what: &str,
        sql: &LitStr,
        columns: &[Column],
        row: &Type,
    ) -> Option<Vec<Open>> {
        let name = spell(row);
        let fields = self.structs.get(&name)?;
        names(cx, what, sql, columns, &name, fields);
        let mut open = Vec::new();
        for field in fields {
            let Some(column) = columns.iter().find(|column| column.name == field.name) else { continue };
            let seen = self.judged.contains(&(name.clone(), Column { at: None, ..column.clone() }));
            let reported = self.reported.contains(&(name.clone(), field.name.clone()));
            match Scalar::of(&field.ty) {
                _ if reported => {}
                Some(scalar) if !fits(cx, (what, sql), column, &name, field, scalar) => {
                    self.reported.insert((name.clone(), field.name.clone()));
                }
                None if !seen => {
                    if !self.conditional {
                        self.judged.push((name.clone(), Column { at: None, ..column.clone() }));
                    }
                    open.push(Open { row: name.clone(), ty: field.ty.clone(), column: column.clone() });
                }
                _ => {}
            }
        }
        Some(open)
    }
}

/// Every field is a column and every column is a field.
fn names(cx: &mut Errors, what: &str, sql: &LitStr, columns: &[Column], row: &str, fields: &[Field]) {
    let fields: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let all: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let extra = all.iter().copied().filter(|column| !fields.contains(column)).collect();
    let missing = fields.iter().copied().filter(|field| !all.contains(field)).collect();
    let Pairs { both, left: extra, right: missing } = nearest::pair(extra, missing);
    let extra = extra.into_iter().map(|column| (column, None));
    for (column, field) in both.into_iter().map(|(column, field)| (column, Some(field))).chain(extra) {
        let Some(column) = columns.iter().find(|other| other.name == column) else { continue };
        let name = &column.name;
        let message = format!("{what} returns the column `{name}`, and `{row}` has no such field");
        let help = match field {
            Some(field) if column.named => format!("write `{name} as {field}`, or name the field `{name}`"),
            Some(field) => format!("write `{name} as {field}`"),
            None if column.named => format!("add `{name}` to `{row}`, or leave it out of the SQL"),
            None => format!("give it a name, `{name} as …`, and add that to `{row}`"),
        };
        cx.at(sql, schema::quote(sql, column.at.clone(), message)).help(help);
    }
    for field in missing {
        let columns = list(all.iter().copied());
        cx.at(sql, format!("{what} returns no column `{field}`, which is a field of `{row}`"))
            .help(format!("add `{field}` to the SQL, or remove the field; the columns are {columns}"));
    }
}

/// The field's type, where both it and the column's are known.
fn fits(
    cx: &mut Errors,
    (what, sql): (&str, &LitStr),
    column: &Column,
    row: &str,
    field: &Field,
    scalar: Scalar,
) -> bool {
    let (name, ty) = (&field.name, spell(&field.ty));
    if let Some(kind) = column.kind.filter(|kind| !scalar.class.reads(*kind)) {
        let null = scalar.optional || column.nullable != Nullable::Never;
        let (kind, right) = (kind.word(), scalar::owned(kind, null));
        cx.at(&field.ty, format!("field `{name}` of `{row}` must not be `{ty}`: in {what} it is `{kind}`"))
            .help(format!("write `{name}: {right}`"));
        return false;
    }
    if column.nullable != Nullable::Never && !scalar.optional {
        let why = why_null(sql, column, &format!("in {what} it"));
        cx.at(&field.ty, format!("field `{name}` of `{row}` must be an `Option`: {why}"))
            .help(format!("write `{name}: Option<{ty}>`{}", ways_out(&sql.value(), column)));
        return false;
    }
    true
}

/// Why a column must be read as an `Option`, with the place of an expression; `it` is the column.
pub(crate) fn why_null(sql: &LitStr, column: &Column, it: &str) -> String {
    let why = match column.nullable {
        Nullable::Unknown => format!("nothing says that {it} is never null"),
        _ => format!("{it} may be null"),
    };
    let at = column.at.clone().filter(|_| !column.stored);
    schema::quote(sql, at, why)
}

/// What else can be done about it than an `Option`.
pub(crate) fn ways_out(sql: &str, column: &Column) -> String {
    let written = column.at.clone().and_then(|at| sql.get(at)).filter(|written| !written.ends_with('*'));
    let written = written.unwrap_or(&column.name);
    let name = if column.named { &column.name } else { "name" };
    let other = if column.stored { "say `not null` in the table" } else { "give it a value with `coalesce`" };
    format!(", {other}, or promise that it never is: `{written} as \"{name}!\"`")
}

/// Whether the item derives a trait of this name.
pub(crate) fn derives(item: &Item, name: &str) -> bool {
    let mut found = false;
    for attr in item.attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        // What cannot be parsed here rustc reports.
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == name);
            Ok(())
        });
    }
    found
}
