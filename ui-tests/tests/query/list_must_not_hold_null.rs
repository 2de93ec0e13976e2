use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select title from todos where id in (:ids)")]
    pub(crate) fn among(db: &Db, ids: &[Option<i64>]) -> Result<Vec<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::among;
}
