//! The whole language in one slice: it compiles without a warning, and `SLICE` says what was declared.

#![deny(warnings)]
#![warn(clippy::pedantic, missing_docs, unreachable_pub)]

use orion::prelude::*;

/// The slice of the design, with what it leaves out.
#[orion::slice]
pub mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null default 0) strict";

    #[migration]
    const DUE: &str = "alter table todos add due text";

    /// Something to do.
    #[derive(Debug, Row)]
    pub struct Todo {
        /// Its key.
        pub id: i64,
        /// What to do.
        pub title: String,
        /// Whether it was done.
        pub done: bool,
    }

    /// Every todo, oldest first.
    #[query("select id, title, done from todos order by id")]
    pub fn all(db: &Db) -> Result<Vec<Todo>>;

    #[query("select due from todos where id = :id")]
    pub(super) fn due(db: &Db, id: i64) -> Result<Option<String>>;

    #[query("select id, title, done from todos where title = :title")]
    pub(crate) fn named(db: &Db, title: &str) -> Result<Option<super::Elsewhere>>;

    #[query("insert into todos (title) values (:title) returning id")]
    fn insert(tx: &Tx, title: &str) -> Result<i64>;

    /// The key of a todo.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Value)]
    pub struct Id(i64);

    /// Whether there is something left to do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Value)]
    pub enum State {
        /// There is.
        Open,
        /// There is not.
        Done,
    }

    /// A todo in short.
    #[derive(Debug, Row)]
    pub struct Short {
        /// Its key.
        pub id: Id,
        /// Whether it was done.
        pub state: State,
        /// When it is due.
        pub due: String,
    }

    /// Those with one of these titles.
    #[query(
        "select id, case when done then 'done' else 'open' end as state, due as \"due!\" from todos
         where title in (:titles) and id not in (:hidden) and due is not null and :state is not null"
    )]
    pub fn short(db: &Db, titles: &[&str], hidden: &[Id], state: State) -> Result<Vec<Short>>;

    #[query("update todos set done = not done where id = :id")]
    fn flip(tx: &Tx, id: i64) -> Result<Changes>;

    #[query("delete from todos where done")]
    fn clear(tx: &Tx) -> Result<()>;

    #[derive(Deserialize)]
    struct Draft {
        title: String,
    }

    #[derive(Deserialize)]
    struct Filter {
        done: Option<bool>,
    }

    #[command(post "/todos")]
    fn create(tx: &Tx, draft: Signals<Draft>, viewer: &Viewer) -> Result<Reply> {
        let title = draft.title.trim();
        ensure!(!title.is_empty(), title = "Say what there is to do");
        let id = insert(tx, title)?;
        tx.publish(Seen { id, by: viewer.id().to_owned() });
        Ok(Reply::signal("title", ""))
    }

    #[command(post "/todos/{id}/toggle")]
    fn toggle(tx: &Tx, id: i64) -> Result<Reply> {
        flip(tx, id)?.one_or(NotFound)?;
        Ok(Reply::done())
    }

    #[command(delete "/todos/done")]
    fn sweep(tx: &Tx) -> Result<()> {
        clear(tx)
    }

    /// Asks somebody else what there is to do.
    #[command(put "/import/{source}/{*path}")]
    pub async fn import(cx: Cx, source: &str, path: String, form: Form<Draft>) -> Result<Reply> {
        let title = format!("{source}/{path}: {}", form.title);
        cx.write(move |tx| insert(tx, &title)).await?;
        cx.publish(Board(1));
        Ok(Reply::done())
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        let todos = all(db)?;
        Ok(html! {
            p role="status" { (todos.iter().filter(|t| !t.done).count()) " remaining" }
            ul { @for t in &todos { li id={"todo-" (t.id)} { button data-on:click=(toggle::action(t.id)) { (t.title) } } } }
        })
    }

    /// What only its viewer sees.
    #[region(on(Board(board), Seen { id: board, by: name.to_owned() }, Anything))]
    pub fn mine(db: &Db, board: i64, name: &str, viewer: &Viewer, present: &Present) -> Result<Markup> {
        let due = due(db, board)?;
        Ok(html! { (name) (viewer.id()) (present.len()) @if let Some(due) = due { (due) } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! { h1 { "Todos" } form data-on:submit=(create::action()) { input data-bind:title; button { "Add" } } }
    }

    /// One board.
    #[page("/boards/{id}", title = "Board")]
    pub fn board(db: &Db, viewer: &Viewer, id: i64, filter: Query<Filter>) -> Result<Document> {
        let count = all(db)?.iter().filter(|todo| filter.done.is_none_or(|done| todo.done == done)).count();
        Ok(Document::new(
            html! { (viewer.id()) (count) a href=(board::path(id + 1)) { "next" } a href=(home::path()) {} },
        ))
    }

    /// A board that changed.
    #[topic]
    pub struct Board(pub i64);

    #[topic]
    struct Seen {
        id: i64,
        by: String,
    }

    #[topic]
    struct Anything;
}

/// A slice in a file of its own.
mod board {
    use orion::prelude::*;

    #[orion::slice(name = "board")]
    pub(crate) mod slice {
        #![allow(clippy::unreadable_literal)]

        use super::*;

        #[migration]
        const CREATE: &str = "create table cards (id integer primary key, type text not null) strict";

        #[query("select id from cards where type = :type and id < :most")]
        fn of(db: &Db, r#type: &str, most: i64) -> Result<Vec<i64>>;

        #[page("/cards/{type}")]
        pub(crate) fn cards(db: &Db, r#type: String) -> Result<Markup> {
            Ok(html! { (of(db, &r#type, 1000000)?.len()) })
        }

        #[cfg(unix)]
        #[region]
        fn system(_db: &Db) -> Markup {
            html! { "unix" }
        }

        #[cfg(not(unix))]
        #[region]
        fn system(_db: &Db, _drive: char) -> Markup {
            html! { "another one" }
        }

        #[region]
        pub(crate) fn count(db: &Db) -> Result<Markup> {
            Ok(html! { (crate::todos::all(db)?.len()) })
        }
    }
}

/// A slice that another macro writes.
macro_rules! counter {
    ($name:ident, $sql:literal, $ty:ty, $region:item) => {
        #[orion::slice]
        mod $name {
            use orion::prelude::*;

            #[migration]
            const CREATE: &str = $sql;

            #[query("select count(*) from clicks")]
            fn count(db: &Db) -> $ty;

            #[command(post "/clicks")]
            pub(crate) fn click(_tx: &Tx) -> Result<()> {
                Ok(())
            }

            $region
        }
    };
}
counter!(
    clicks,
    "create table clicks (id integer primary key) strict",
    Result<i64>,
    #[region]
    fn shown(db: &Db) -> Result<Markup> {
        Ok(html! { (count(db)?) })
    }
);

/// A private query that nobody calls is dead code, as any function is.
#[orion::slice]
mod unused {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table unused (id integer primary key) strict";

    #[expect(dead_code, reason = "nobody calls it")]
    #[query("select id from unused")]
    fn all(db: &Db) -> Result<Vec<i64>>;
}

/// A row that the slice's macro cannot see.
#[derive(Debug, Row)]
pub struct Elsewhere {
    /// What to do.
    pub title: String,
    /// Its key.
    pub id: i64,
    /// Whether it was done.
    pub done: bool,
}

/// Without an import of the attributes.
#[orion::slice]
mod qualified {
    use orion::maud::{Markup, html};

    #[orion::page("/qualified")]
    fn home() -> Markup {
        html! { a href=(home::path()) { "Here" } }
    }
}

#[test]
fn attributes_may_be_written_with_their_path() {
    assert_eq!(format!("{:?}", qualified::SLICE.pages), "[Page(qualified::home: /qualified)]");
}

#[test]
fn a_slice_lists_what_it_declares_in_source_order() {
    let slice = todos::SLICE;
    assert_eq!(
        (slice.name, slice.tables, slice.topics),
        ("todos", &["todos"][..], &["Board", "Seen", "Anything"][..])
    );
    assert_eq!(
        slice.migrations.iter().map(|migration| migration.name).collect::<Vec<_>>(),
        ["CREATE", "DUE"]
    );
    assert_eq!(
        format!("{:?}", slice.commands),
        "[Command(todos::create: POST /todos), Command(todos::toggle: POST /todos/{id}/toggle), \
         Command(todos::sweep: DELETE /todos/done), Command(todos::import: PUT /import/{source}/{*path})]"
    );
    assert_eq!(format!("{:?}", slice.pages), "[Page(todos::home: /), Page(todos::board: /boards/{id})]");
    assert_eq!(format!("{:?}", slice.regions), "[Region(todos::list), Region(todos::mine)]");
    assert_eq!((board::slice::SLICE.name, board::slice::SLICE.regions.len()), ("board", 2));
    assert_eq!((clicks::SLICE.tables, clicks::SLICE.regions.len()), (&["clicks"][..], 1));
}

#[test]
fn a_statement_knows_what_it_reads_and_writes() {
    let [all, due, named, insert, short, flip, clear] = todos::SLICE.statements else {
        panic!("seven statements")
    };
    assert_eq!((short.reads, short.columns), (&["todos"][..], &["id", "state", "due"][..]));
    assert!(short.sql.get().contains("in (select value from json_each(:titles))"), "{}", short.sql.get());
    assert_eq!((all.reads, all.writes, all.columns), (&["todos"][..], &[][..], &["id", "title", "done"][..]));
    assert_eq!((insert.writes, insert.columns), (&["todos"][..], &["id"][..]));
    assert_eq!((flip.writes, clear.writes), (&["todos"][..], &["todos"][..]));
    assert_eq!((due.columns, named.columns), (&["due"][..], &["id", "title", "done"][..]));
}

#[test]
fn links_are_typed_and_filled_in_the_order_of_the_path() {
    assert_eq!(todos::import::path("a b", "c".to_owned()), "/import/a%20b/c");
    assert_eq!(todos::import::action("a", "b".to_owned()).method(), orion::decl::Method::Put);
    assert!(todos::import::action("a", "b".to_owned()).is_form());
    assert_eq!(todos::board::path(7), "/boards/7");
    assert_eq!(board::slice::cards::path("a".to_owned()), "/cards/a");
    assert_eq!(clicks::click::path(), "/clicks");
}

#[test]
fn a_regions_signature_says_who_it_is_rendered_for_and_when() {
    let [list, mine] = todos::SLICE.regions else { panic!("two regions") };
    assert_eq!((list.personal, list.present, list.on.is_some()), (false, false, false));
    assert_eq!((mine.personal, mine.present), (true, true));
    let topics =
        mine.on.expect("it listens")(&orion::live::Args::new(&(3, "x"))).expect("arguments of its own");
    let topics: Vec<&str> = topics.iter().map(orion::Topic::as_str).collect();
    assert_eq!(topics, ["todos::Board(3)", "todos::Seen(3,x)", "todos::Anything()"]);
    let _ = (todos::mine::region(3, "x"), todos::named, unused::SLICE);
}
