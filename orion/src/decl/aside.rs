//! What is kept beside a declaration, and the declarations that the macros write with it.
//!
//! A constant is worked out again whenever anything changes that its value is made of, and so is every proof that it takes part in. So the
//! two things of a declaration that no proof is about are not in its value: a line that is added, or another `limit` in a query, leaves the
//! proofs of an application as they are.

use std::fmt;
use std::panic::Location;

use maud::Markup;

use super::{Command, Method, Page, Region, Run, Slice, Statement};
use crate::app::Document;
use crate::error::Result;
use crate::live::{Scope, Visit};

/// Where something is declared.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Place {
    /// Here.
    Here(At),
    /// In a list of places, a `static`, as this one of them.
    Listed(&'static Places, usize),
}

/// A place in a file.
pub type At = &'static Location<'static>;

/// The places of a slice's declarations.
pub type Places = &'static [At];

impl Place {
    /// The place of the call.
    #[track_caller]
    pub(crate) const fn here() -> Self {
        Self::Here(here())
    }

    /// File and line. A constant that asks is worked out again when they change.
    pub const fn get(self) -> At {
        match self {
            Self::Here(place) => place,
            Self::Listed(places, at) => places[at],
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// The text of a statement.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Sql {
    /// Here.
    Here(&'static str),
    /// In a list of texts, as this one of them.
    Listed(fn() -> Texts, usize),
}

/// The texts of a slice's statements.
pub type Texts = &'static [&'static str];

impl Sql {
    /// The text.
    pub fn get(self) -> &'static str {
        match self {
            Self::Here(text) => text,
            Self::Listed(texts, at) => texts()[at],
        }
    }
}

impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl PartialEq for Sql {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Sql {}

/// The place of the call.
#[track_caller]
pub const fn here() -> At {
    Location::caller()
}

/// As [`Slice::new`].
pub const fn slice(places: &'static Places, at: usize, name: &'static str) -> Slice {
    Slice { at: Place::Listed(places, at), ..Slice::new(name) }
}

/// As [`Statement::new`], of the function of this name.
pub const fn statement(
    texts: fn() -> Texts,
    at: usize,
    slice: &'static str,
    name: &'static str,
    columns: &'static [&'static str],
    reads: &'static [&'static str],
) -> Statement {
    let statement = Statement::new("").named(slice, name).columns(columns).reads(reads);
    Statement { sql: Sql::Listed(texts, at), ..statement }
}

/// As [`Command::new`], of which it is known what its body reaches: these queries, and what is said besides.
#[expect(
    clippy::too_many_arguments,
    reason = "a call of a builder for each would be worked out at every check"
)]
pub const fn command(
    places: &'static Places,
    at: usize,
    slice: &'static str,
    name: &'static str,
    method: Method,
    path: &'static str,
    calls: &'static [&'static str],
    run: Run,
) -> Command {
    let command = Command::new(slice, name, method, path, run).calls(calls);
    Command { at: Place::Listed(places, at), ..command }
}

/// As [`Region::new`], of which it is known what its body reaches.
pub const fn region(
    places: &'static Places,
    at: usize,
    slice: &'static str,
    name: &'static str,
    calls: &'static [&'static str],
    render: fn(&Scope<'_>) -> Result<Markup>,
) -> Region {
    Region { at: Place::Listed(places, at), ..Region::new(slice, name, render).calls(calls) }
}

/// As [`Page::new`], of which it is known what its body reaches.
pub const fn page(
    places: &'static Places,
    at: usize,
    slice: &'static str,
    name: &'static str,
    path: &'static str,
    calls: &'static [&'static str],
    render: fn(&Visit<'_>) -> Result<Document>,
) -> Page {
    Page { at: Place::Listed(places, at), ..Page::new(slice, name, path, render).calls(calls) }
}
