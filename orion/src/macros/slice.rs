//! `#[slice]`, documented where its examples can be compiled.

/// A feature module: owns its migrations, tables, queries, regions, commands, pages and topics.
///
/// ```
/// use orion::prelude::*;
///
/// #[orion::slice]
/// pub mod notes {
///     use super::*;
///
///     #[migration]
///     const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";
///
///     #[derive(Row)]
///     pub struct Note {
///         pub id: i64,
///         pub text: String,
///     }
///
///     #[query("select id, text from notes order by id")]
///     pub fn all(db: &Db) -> Result<Vec<Note>>;
///
///     #[region]
///     fn list(db: &Db) -> Result<Markup> {
///         Ok(html! { ul { @for note in all(db)? { li id={ "note-" (note.id) } { (note.text) } } } })
///     }
///
///     #[page("/")]
///     fn home() -> Markup {
///         html! { (list::region()) }
///     }
/// }
///
/// # fn main() {
/// assert_eq!(notes::SLICE.tables, ["notes"]);
/// # }
/// ```
///
/// The module comes out as it was written, followed by what its declarations mean: a body for each query, a module with
/// typed links beside each query, command, region and page, and `pub const SLICE`, which is plain data
/// ([`decl::Slice`](crate::decl::Slice)) and what [`main!`](crate::main!) lists.
///
/// The migrations are applied to a SQLite in the compiler's memory, and every query is prepared there. What is wrong with it is an
/// error at the place where it is written, and mistakes do not hide each other.
///
/// A slice is written in place: an attribute cannot see into `mod notes;`. In a file of its own it says its name, and
/// `main!` lists `notes::slice`:
///
/// ```
/// // notes.rs
/// use orion::prelude::*;
///
/// #[orion::slice(name = "notes")]
/// pub mod slice {
///     use super::*;
///     // …
/// #   #[page("/")] fn home() -> Markup { html! {} }
/// }
/// # fn main() { assert_eq!(slice::SLICE.name, "notes"); }
/// ```
///
/// A long history is kept in files, `#[slice(migrations = "db/notes")]`: the files `1_create.sql`, `2_pinned.sql` of that folder of the
/// package, in the order of their numbers. The package needs a `build.rs` that prints `cargo::rerun-if-changed=db/notes`, so that a new
/// file is noticed.
///
/// The tables of a slice are its own. A foreign key may refer to another slice's, if the slice says so: `uses(accounts)`, with the
/// path of the module. What then goes with a row over there repaints the pages that show it here.
///
/// ```
/// # use orion::prelude::*;
/// #[orion::slice]
/// mod accounts {
///     use super::*;
///
///     #[migration]
///     const CREATE: &str = "create table accounts (id integer primary key, email text not null unique) strict";
/// }
///
/// #[orion::slice(uses(accounts))]
/// mod sessions {
///     use super::*;
///
///     #[migration]
///     const CREATE: &str = "create table sessions (
///         id integer primary key,
///         account integer not null references accounts (id) on delete cascade) strict";
/// }
/// # fn main() { assert_eq!(sessions::SLICE.references[0].key, "accounts (id)"); }
/// ```
///
/// A table can be *keyed*: `keyed(cards.board, notes.author)`. Then a commit announces which keys the rows have that it inserted, updated
/// or deleted, and a query that compares the column with a parameter, `where board = :board`, reads that key only: a change of one
/// board leaves alone whoever looks at another. A query that does not, or of which the compiler is not sure, reads the whole
/// table and hears every change.
///
/// ```
/// # use orion::prelude::*;
/// #[orion::slice(keyed(cards.board))]
/// mod boards {
///     use super::*;
///
///     #[migration]
///     const CREATE: &str =
///         "create table cards (id integer primary key, board integer not null, title text not null) strict";
///
///     #[query("select title from cards where board = :board order by id")]
///     fn titles(db: &Db, board: i64) -> Result<Vec<String>>;
/// }
/// # fn main() { assert_eq!(boards::SLICE.statements[0].by_key[0].table, "cards"); }
/// ```
///
/// Types in a slice that derive `Serialize` or `Deserialize` find serde through orion; elsewhere add
/// `#[serde(crate = "orion::serde")]`, or depend on serde.
pub use orion_macros::slice;
