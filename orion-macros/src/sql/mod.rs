//! SQL while compiling: a slice's migrations are applied to a SQLite database in memory and every statement is prepared
//! there, so that a mistake in SQL is a compile error in SQLite's own words.
//!
//! [`Schema::apply`] takes one migration after the other; [`Schema::check`] then answers, for one statement, what an
//! expansion needs: parameters, result columns, and the tables that it reads and writes. A check runs
//!
//! ```text
//! tokens ─► statement ─► SQLite: prepare ─► access    (read and write sets, from the authorizer)
//!                                │      └─► analysis ─► columns     (kind and nullability)
//!                                ▼                 ├──► parameters  (kind and nullability)
//!                            diagnose ─► SqlError  └──► keyed       (the keys by which tables are read)
//! ```
//!
//! SQLite is the judge of what a statement means; `analysis` adds only what SQLite does not tell, whether a result column
//! can be NULL, and says [`Nullable::Unknown`] wherever it is not sure. Nothing here knows Rust's syntax or spans: texts go
//! in, texts and byte positions come out. Only `schema`, `access`, `catalog`, `lacking` and `reference` name rusqlite.

mod access;
mod analysis;
mod catalog;
mod columns;
mod common;
mod diagnose;
mod error;
mod expression;
mod functions;
mod keyed;
mod lacking;
mod marks;
mod migration;
mod model;
mod named;
mod operators;
mod parameters;
mod reference;
mod schema;
mod scope;
mod select;
mod sources;
mod statement;
mod tokens;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use error::SqlError;
pub(crate) use keyed::Unkeyable;
#[cfg(test)]
pub(crate) use model::Affinity;
pub(crate) use model::{ByKey, Changed, Checked, Column, Kind, Nullable, Parameter};
pub(crate) use named::{Use, steps, use_of};
pub(crate) use parameters::with_lists;
pub(crate) use reference::{Reference, referred};
pub(crate) use schema::Schema;
