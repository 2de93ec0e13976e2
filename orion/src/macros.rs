//! The macros, documented where their examples can be compiled.

mod derives;
mod slice;

pub use derives::{Row, Value};
pub use slice::slice;

/// One entry of a slice's history: SQL that is applied once, in the order of the source.
///
/// ```
/// # use orion::prelude::*;
/// #[orion::slice]
/// mod notes {
///     use super::*;
///
///     #[migration]
///     const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";
///
///     #[migration]
///     const PINNED: &str = "alter table notes add pinned integer not null default 0";
/// }
/// # fn main() { assert_eq!(notes::SLICE.migrations.len(), 2); }
/// ```
///
/// History is append-only: an entry that was applied somewhere is never edited, another one follows it. The store keeps the
/// checksum of each, and an edited one stops the boot.
///
/// The SQL is a literal, because it is applied while compiling. A table that is left without `strict` is a warning: SQLite keeps any value
/// in any of its columns, so what is proven of them need not hold.
pub use orion_macros::migration;

/// A function whose body is SQL: `#[query("…")] fn name(…) -> Result<…>;`.
///
/// ```
/// # use orion::prelude::*;
/// # #[orion::slice]
/// # pub mod notes {
/// #   use super::*;
/// #   #[migration]
/// #   const CREATE: &str = "create table notes (id integer primary key, text text not null, pinned integer) strict";
/// #[derive(Row)]
/// pub struct Note {
///     pub id: i64,
///     pub text: String,
///     pub pinned: Option<bool>,
/// }
///
/// #[query("select id, text, pinned from notes where text like :pattern order by id")]
/// pub fn matching(db: &Db, pattern: &str) -> Result<Vec<Note>>;
///
/// #[query("select count(*) from notes")]
/// pub fn count(db: &Db) -> Result<i64>;
///
/// #[query("insert into notes (text) values (:text) returning id")]
/// pub fn insert(tx: &Tx, text: &str) -> Result<i64>;
///
/// #[query("delete from notes where id = :id")]
/// pub fn delete(tx: &Tx, id: i64) -> Result<Changes>;
/// # }
/// # fn main() { assert_eq!(notes::SLICE.statements.len(), 4); }
/// ```
///
/// The first argument is the store: `&Db` reads, `&Tx` writes. Every other argument is a parameter of the SQL by its name,
/// of any type that is [`ToValue`](crate::ToValue): what SQLite can store, and types of your own that derive
/// [`Value`](macro@crate::Value). A list, `ids: &[i64]`, stands alone inside `in (:ids)`; it may be of any length, also empty.
///
/// | returned | holds |
/// |---|---|
/// | `Result<Vec<T>>` | every row |
/// | `Result<Option<T>>` | the first row, if there is one; of a single value that is null, `None` as well |
/// | `Result<T>` | the first row; [`NotFound`](crate::NotFound) where there is none |
/// | `Result<Changes>` | how many rows were changed |
/// | `Result<()>` | nothing |
///
/// `T` is a struct with [`#[derive(Row)]`](macro@crate::Row), whose fields are the columns by name in any order, or a single
/// value for a single column. What is never null, whatever the tables hold, may be plain; everything else is read into an `Option`.
/// Where you know better the name of the column says so: `max(at) as "last!"` is never null, `at as "at?"` may be. The mark is no
/// part of the name. A promise that is not kept is an error when the row is read.
///
/// Checked while compiling: the SQL, the names and number of parameters and columns, their types where they are known, and whether
/// they may be null; and that what writes takes `&Tx`.
pub use orion_macros::query;

/// A live part of a page: a function from the store to markup that is called again when what it read has changed.
///
/// ```
/// # use orion::prelude::*;
/// # #[orion::slice]
/// # pub mod boards {
/// #   use super::*;
/// #   #[migration]
/// #   const CREATE: &str = "create table cards (id integer primary key, board integer not null, title text not null) strict";
/// #[query("select title from cards where board = :board order by id")]
/// fn titles(db: &Db, board: i64) -> Result<Vec<String>>;
///
/// /// Rendered once for everybody who looks at this board.
/// #[region]
/// fn cards(db: &Db, board: i64) -> Result<Markup> {
///     Ok(html! { ul { @for title in titles(db, board)? { li { (title) } } } })
/// }
///
/// /// Rendered for each viewer, because it takes one; listens to a topic as well.
/// #[region(on(Moved(board)))]
/// fn hello(db: &Db, viewer: &Viewer, board: i64) -> Result<Markup> {
///     Ok(html! { p { (viewer.id()) ": " (titles(db, board)?.len()) " cards" } })
/// }
///
/// #[topic]
/// struct Moved(i64);
///
/// #[page("/boards/{board}")]
/// fn page(board: i64) -> Markup {
///     html! { (cards::region(board)) (hello::region(board)) }
/// }
/// # }
/// # fn main() { assert!(boards::SLICE.regions[1].personal); }
/// ```
///
/// A region takes `&Db` first and is not async: nothing waits between the store and the markup. `&Viewer` makes it
/// *personal*, `&Present` tells it who has it open; every other argument is its key, owned or `&str`, and serde must be able to
/// write and read it. It returns `Markup` or `Result<Markup>`.
///
/// Its markup, and that of functions beside it that it calls, is morphed: a script in it is an error, because it would run twice; an
/// input without an id, and rows without ids that hold a button or the like, are warnings, because another element could be taken for
/// them.
///
/// `#[region(shared)]` says that it is rendered once for everybody: then `&Viewer` is an error.
///
/// `#[region(every = "2s")]` says how often it is rendered at most, from `16ms` to `10s`: changes within that time become one frame.
/// Left out, it is the 16 ms of the engine.
///
/// Beside it stands `name::region(key…)`, an [`Embed`](crate::live::Embed) for the markup of a page or of another region.
pub use orion_macros::region;

/// Something that a viewer can do: validate, write, reply.
///
/// ```
/// # use orion::prelude::*;
/// # #[orion::slice]
/// # pub mod notes {
/// #   use super::*;
/// #   #[migration]
/// #   const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";
/// #   #[query("update notes set text = :text where id = :id")]
/// #   fn set(tx: &Tx, id: i64, text: &str) -> Result<Changes>;
/// #[derive(Deserialize)]
/// struct Draft {
///     text: String,
/// }
///
/// #[command(patch "/notes/{id}")]
/// fn edit(tx: &Tx, id: i64, draft: Signals<Draft>) -> Result<Reply> {
///     ensure!(!draft.text.is_empty(), text = "Write something");
///     set(tx, id, &draft.text)?.one_or(NotFound)?;
///     Ok(Reply::done())
/// }
///
/// /// Waits for somebody else without holding the store.
/// #[command(post "/notes/{id}/translate")]
/// async fn translate(cx: Cx, id: i64) -> Result<Reply> {
///     let text = std::future::ready("…").await;
///     cx.write(move |tx| set(tx, id, text)?.one_or(NotFound)).await?;
///     Ok(Reply::done())
/// }
///
/// #[page("/")]
/// fn home() -> Markup {
///     html! { input data-bind:text; button data-on:click=(edit::action(1)) { "Save" } }
/// }
/// # }
/// # fn main() { assert_eq!(notes::SLICE.commands.len(), 2); }
/// ```
///
/// The method is `get`, `post`, `put`, `patch` or `delete`. A synchronous command takes `&Tx` first and runs inside the writer's
/// transaction; an async one takes [`Cx`](crate::Cx) first and opens its transactions itself. After that, in any order: the
/// parameters of the path by their names (`{*rest}` takes all that is left), `&Viewer`, and what the request carries,
/// [`Signals<T>`](crate::Signals) or [`Form<T>`](crate::Form), and [`Query<T>`](crate::Query).
///
/// After the path stands who may: `public`, or `allow(editor)`, a function in scope that decides,
/// `fn editor(db: &Db, viewer: &Viewer) -> Result<bool>`; `allow(editor(board), admin)` asks `editor` about a parameter of the path, and lets
/// in who has one of the two roles. It is asked before anything of the command runs, in the command's own transaction; who may not gets
/// status 403. Where neither is said everybody may.
///
/// Beside it stand `name::action(parameters…)`, the value of a `data-on:…` attribute, and `name::path(parameters…)`. If it takes
/// `Signals<T>` of a struct of the slice also `name::signals()`, a struct with a [`Signal`](crate::Signal) for each of its fields, under the
/// name that serde gives it: `input data-bind=(edit::signals().text)`.
///
/// The names are checked: `data-bind:tekst` and `$tekst` in the slice's markup, the field of `ensure!(…, tekst = "…")`, and a name in
/// `Reply::signal("tekst", …)` that is nearly one of them. A signal that no command takes is declared, `data-signals:open="false"`,
/// or begins with `_`.
pub use orion_macros::command;

/// A document at a path. Its first paint is complete; its regions then stay live.
///
/// ```
/// # use orion::prelude::*;
/// # #[orion::slice]
/// # pub mod notes {
/// #   use super::*;
/// #   #[migration]
/// #   const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";
/// #   #[query("select text from notes where id = :id")]
/// #   fn text(db: &Db, id: i64) -> Result<String>;
/// #[page("/", title = "Notes")]
/// fn home() -> Markup {
///     html! { a href=(note::path(1)) { "The first note" } }
/// }
///
/// #[page("/notes/{id}")]
/// fn note(db: &Db, id: i64) -> Result<Document> {
///     let text = text(db, id)?;
///     Ok(Document::new(html! { p { (text) } }).title(text))
/// }
/// # }
/// # fn main() { assert_eq!(notes::SLICE.pages.len(), 2); }
/// ```
///
/// A page takes, in any order: the parameters of the path by their names, `&Db`, `&Viewer`, and
/// [`Query<T>`](crate::Query) for what follows the `?`. It is not async, and it returns `Markup`, [`Document`](crate::Document), or a
/// `Result` of either. `title` is for documents that set none themselves.
///
/// `public` and `allow(role)` say who may see it, as for a [`command`](macro@crate::command). A page that was opened by somebody who may keeps its
/// stream when the role is taken away: a region that shows what not everybody may see asks for itself.
///
/// Beside it stands `name::path(parameters…)`, the value of an `href`.
pub use orion_macros::page;

/// The name of something that changes and that no table holds, or for which a table is too coarse.
///
/// ```
/// # use orion::prelude::*;
/// # #[orion::slice]
/// # pub mod chess {
/// #   use super::*;
/// #[topic]
/// pub struct Clock(pub i64);
///
/// #[command(post "/games/{game}/tick")]
/// fn tick(tx: &Tx, game: i64) -> Result<Reply> {
///     tx.publish(Clock(game));
///     Ok(Reply::done())
/// }
///
/// #[region(on(Clock(game)))]
/// fn clock(_db: &Db, game: i64) -> Markup {
///     html! { "It ticked in game " (game) }
/// }
/// # #[page("/")] fn home() -> Markup { html! { (clock::region(1)) button data-on:click=(tick::action(1)) {} } }
/// # }
/// # fn main() { assert_eq!(chess::SLICE.topics, ["Clock"]); }
/// ```
///
/// The struct implements [`Announce`](crate::Announce): `tx.publish(…)` announces it when, and only if, the write commits,
/// `cx.publish(…)` at once. Its fields are its key and are printed with `Display`. The topic says that something changed, never
/// what it changed to: the region reads that for itself.
pub use orion_macros::topic;

/// The composition root: `fn main`, and `fn app`, the same application for tests.
///
/// ```
/// # mod application {
/// # use orion::prelude::*;
/// # #[orion::slice] pub mod todos { use super::*; #[page("/")] fn home() -> Markup { html! {} } }
/// # mod board { use orion::prelude::*; #[orion::slice(name = "board")] pub mod slice { use super::*; #[page("/b")] fn b() -> Markup { html! {} } } }
/// orion::main! {
///     slices: [todos, board::slice],
///     name: "Todos",
/// }
/// # }
/// ```
///
/// | option | |
/// |---|---|
/// | `slices` | the modules of the slices, each once; a slice that is not listed is not there |
/// | `name` | the title of pages that set none; else the name of the package |
/// | `static` | the folder beside `Cargo.toml` whose files are embedded; else `static`, if there is one. Hidden files are left out |
/// | `access` | `required`: every command and page must say who may, `allow(role)` or `public` |
///
/// What no slice can know of itself is proven here, in constants, on the entry of the list that is wrong: two slices of one name, a
/// table with two owners, routes that a request could both be for, a path that is orion's own, a topic that is published and that no region
/// hears, a region that nothing can change.
///
/// Files that change are noticed; for a file that is added or removed this macro has to be compiled again.
pub use orion_macros::main;
