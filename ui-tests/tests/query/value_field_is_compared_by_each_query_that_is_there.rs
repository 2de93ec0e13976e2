use orion::prelude::*;

#[derive(Value)]
pub struct Due(pub String);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[derive(Row)]
    pub(crate) struct Todo {
        pub(crate) id: i64,
        pub(crate) due: Due,
    }

    #[cfg(any())]
    #[query("select id, due from todos")]
    pub(crate) fn not_here(db: &Db) -> Result<Vec<Todo>>;

    #[query("select id, due from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Todo>>;

    #[query("select id, due from todos order by id")]
    pub(crate) fn sorted(db: &Db) -> Result<Vec<Todo>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = |todo: todos::Todo| (todo.id, todo.due);
    let _ = (todos::all, todos::sorted);
}
