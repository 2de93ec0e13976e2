use orion::prelude::*;

#[derive(Row)]
pub struct Todo {
    pub id: i64,
    pub title: String,
}

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select id, title, done from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Todo>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = |todo: Todo| (todo.id, todo.title);
    let _ = todos::all;
}
