//! Declarations: what the attribute macros write and what a person could write by hand. Plain constant data and function
//! pointers; no socket, no thread, no database crate, so that the same slice compiles for every rung.

mod access;
pub(crate) mod aside;
pub(crate) mod command;
mod keyed;
mod page;
mod reach;
mod reference;
mod region;
mod statement;

pub use access::{Access, Decide, Role};
pub use aside::{At, Place, Places, Sql, Texts};
pub use command::{Command, Method, Run, Running, Write};
pub use keyed::{Affinity, ByKey, Keyed};
pub use page::Page;
pub use reach::Reach;
pub use reference::Reference;
pub use region::{On, Region};
pub use statement::Statement;

/// A feature module: what `#[slice]` makes of it, `pub const SLICE: orion::decl::Slice`.
///
/// By hand:
///
/// ```
/// use orion::decl::{Migration, Slice};
///
/// const NOTES: Slice = Slice::new("notes")
///     .tables(&["notes"])
///     .migrations(&[Migration::new("CREATE", "create table notes (text text not null) strict")]);
/// assert_eq!(NOTES.name, "notes");
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Slice {
    /// Where it is declared.
    pub at: Place,
    /// The name of the slice: unique in an application, the owner's name in the migration ledger.
    pub name: &'static str,
    /// Whether mistakes were found in it: then some of its declarations are missing, and nothing is proven from it.
    pub broken: bool,
    /// What to apply to the store, oldest first.
    pub migrations: &'static [Migration],
    /// The tables that exist once the migrations are applied.
    pub tables: &'static [&'static str],
    /// The tables of them that are watched by a key.
    pub keyed: &'static [Keyed],
    /// The keys that foreign keys of other slices may name, as SQL writes them, `accounts (id)`: in lower case, the columns in the
    /// order of their names.
    pub keys: &'static [&'static str],
    /// The slices whose tables its own refer to by foreign keys.
    pub uses: &'static [&'static str],
    /// Those foreign keys.
    pub references: &'static [Reference],
    /// The modules that its commands, regions and pages name, as they name them, with the slices that these are: embedded, linked to or
    /// asked. Without a name: one that is no slice.
    pub reaches: &'static [(&'static str, &'static str)],
    /// What the paths of its commands and pages begin with, `boards` of `/boards/{id}`, `{}` for a parameter: two slices
    /// that say it and begin differently are not compared further. Empty where nobody said.
    pub beginnings: &'static [&'static str],
    /// The regions, in source order.
    pub regions: &'static [&'static Region],
    /// The commands, in source order.
    pub commands: &'static [&'static Command],
    /// The pages, in source order.
    pub pages: &'static [&'static Page],
    /// The statements, in source order.
    pub statements: &'static [&'static Statement],
    /// The names of the declared topics, in source order.
    pub topics: &'static [&'static str],
}

impl Slice {
    /// An empty slice.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        Self {
            at: Place::here(),
            name,
            broken: false,
            migrations: &[],
            tables: &[],
            keyed: &[],
            keys: &[],
            uses: &[],
            reaches: &[],
            references: &[],
            beginnings: &[],
            regions: &[],
            commands: &[],
            pages: &[],
            statements: &[],
            topics: &[],
        }
    }
    /// Says that declarations of it are missing.
    #[must_use]
    pub const fn broken(self) -> Self {
        Self { broken: true, ..self }
    }
    /// Sets the migrations, oldest first.
    #[must_use]
    pub const fn migrations(self, migrations: &'static [Migration]) -> Self {
        Self { migrations, ..self }
    }
    /// Sets the tables that the migrations leave behind.
    #[must_use]
    pub const fn tables(self, tables: &'static [&'static str]) -> Self {
        Self { tables, ..self }
    }
    /// Sets the tables that are watched by a key.
    #[must_use]
    pub const fn keyed(self, keyed: &'static [Keyed]) -> Self {
        Self { keyed, ..self }
    }
    /// Sets the keys that foreign keys of other slices may name.
    #[must_use]
    pub const fn keys(self, keys: &'static [&'static str]) -> Self {
        Self { keys, ..self }
    }
    /// Sets the names of the slices whose tables its own refer to.
    #[must_use]
    pub const fn uses(self, uses: &'static [&'static str]) -> Self {
        Self { uses, ..self }
    }
    /// Sets the modules that its bodies name, with the slices that these are.
    #[must_use]
    pub const fn reaches(self, reaches: &'static [(&'static str, &'static str)]) -> Self {
        Self { reaches, ..self }
    }
    /// Sets the foreign keys into other slices' tables.
    #[must_use]
    pub const fn references(self, references: &'static [Reference]) -> Self {
        Self { references, ..self }
    }
    /// Sets what its paths begin with: all of them, or routes that clash are found when the router panics.
    #[must_use]
    pub const fn beginnings(self, beginnings: &'static [&'static str]) -> Self {
        Self { beginnings, ..self }
    }
    /// Sets the regions.
    #[must_use]
    pub const fn regions(self, regions: &'static [&'static Region]) -> Self {
        Self { regions, ..self }
    }
    /// Sets the commands.
    #[must_use]
    pub const fn commands(self, commands: &'static [&'static Command]) -> Self {
        Self { commands, ..self }
    }
    /// Sets the pages.
    #[must_use]
    pub const fn pages(self, pages: &'static [&'static Page]) -> Self {
        Self { pages, ..self }
    }
    /// Sets the statements.
    #[must_use]
    pub const fn statements(self, statements: &'static [&'static Statement]) -> Self {
        Self { statements, ..self }
    }
    /// Sets the names of the declared topics.
    #[must_use]
    pub const fn topics(self, topics: &'static [&'static str]) -> Self {
        Self { topics, ..self }
    }
}

/// One entry of a slice's history: forward-only, append-only SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// The name of the constant or file: what a boot error calls it.
    pub name: &'static str,
    /// One or more SQL statements.
    pub sql: &'static str,
}

impl Migration {
    /// An entry.
    pub const fn new(name: &'static str, sql: &'static str) -> Self {
        Self { name, sql }
    }
}
