use orion::prelude::*;

#[derive(Clone, Copy, Value)]
pub struct Id(pub i64);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select title from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Id>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
