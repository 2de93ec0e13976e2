//! A shared list of things to do: the whole application.

use orion::prelude::*;

#[orion::slice]
pub mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null default 0) strict";

    #[derive(Row)]
    pub struct Todo {
        pub id: i64,
        pub title: String,
        pub done: bool,
    }

    #[query("select id, title, done from todos order by id")]
    pub fn all(db: &Db) -> Result<Vec<Todo>>;

    #[query("insert into todos (title) values (:title)")]
    fn insert(tx: &Tx, title: &str) -> Result<()>;

    #[query("update todos set done = not done where id = :id")]
    fn flip(tx: &Tx, id: i64) -> Result<Changes>;

    #[derive(Deserialize)]
    struct Draft {
        title: String,
    }

    #[command(post "/todos")]
    fn create(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        let title = draft.title.trim();
        ensure!(!title.is_empty(), title = "Say what there is to do");
        insert(tx, title)?;
        Ok(Reply::signal(create::signals().title, ""))
    }

    #[command(post "/todos/{id}/toggle")]
    fn toggle(tx: &Tx, id: i64) -> Result<Reply> {
        flip(tx, id)?.one_or(NotFound)?;
        Ok(Reply::done())
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        let todos = all(db)?;
        Ok(html! {
            p role="status" { (todos.iter().filter(|t| !t.done).count()) " remaining" }
            ul { @for t in &todos { li id={"todo-" (t.id)} { button aria-pressed=(t.done) data-on:click=(toggle::action(t.id)) { (t.title) } } } }
        })
    }

    #[page("/", title = "Todos")]
    fn home() -> Markup {
        html! { main {
        h1 { "Todos" }
        form method="post" action=(create::path()) data-on:submit=(create::action()) {
            input name="title" aria-label="What is there to do?" placeholder="What is there to do?" data-bind:title;
            button { "Add" } }
        (field_error(create::signals().title))
        (list::region()) } }
    }
}

orion::main! { slices: [todos] }
