use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select id from todos where id = :id")]
    pub(crate) fn one(id: i64, db: &Db) -> Result<i64>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::one;
}
