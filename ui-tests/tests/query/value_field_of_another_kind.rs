use orion::prelude::*;

#[derive(Clone, Copy, Value)]
pub enum Priority {
    Low,
    High,
}

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[derive(Row)]
    pub(crate) struct Todo {
        pub(crate) id: i64,
        pub(crate) done: Priority,
    }

    #[query("select id, done from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Todo>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = |todo: todos::Todo| (todo.id, todo.done);
    let _ = todos::all;
    let _ = (Priority::Low, Priority::High);
}
