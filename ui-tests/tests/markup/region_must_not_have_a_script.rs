#![deny(warnings)]

use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (id integer primary key, title text not null) strict";

    #[derive(Row)]
    struct Todo {
        id: i64,
        title: String,
    }

    #[query("select id, title from todos order by id")]
    fn all(db: &Db) -> Result<Vec<Todo>>;

    #[query("insert into todos (title) values (:title)")]
    fn insert(tx: &Tx, title: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Draft {
        title: String,
    }

    #[command(post "/todos")]
    fn create(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        insert(tx, &draft.title)?;
        Ok(Reply::signal("title", ""))
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        Ok(html! { @for todo in all(db)? { p id={"todo-" (todo.id)} { (todo.title) } } script { (PreEscaped("count()")) } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:submit=(create::action()) { input data-bind:title; }
            (list::region())
        }
    }
}

fn main() {
    let _ = todos::SLICE;
}
