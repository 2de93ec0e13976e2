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

    #[command(post "/todos/{id}")]
    fn touch(tx: &Tx, id: i64) -> Result<Reply> {
        insert(tx, &id.to_string())?;
        Ok(Reply::done())
    }

    #[page("/todos/{id}")]
    fn todo(id: i64) -> Markup {
        html! { (id) (one::region(id)) }
    }

    #[region]
    fn one(db: &Db, id: i64) -> Result<Markup> {
        Ok(html! { @for todo in all(db)? { @if todo.id == id { (todo.title) } } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! { button data-on:click=(touch::action("1")) { "Touch" } }
    }
}

fn main() {
    let _ = todos::SLICE;
}
