use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select id from todos")]
    pub(crate) fn all(_db: &Db) -> Result<Vec<i64>> {
        _db.all("select id from todos")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
