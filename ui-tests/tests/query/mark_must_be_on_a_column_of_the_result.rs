use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select due from (select max(due) as \"due!\" from todos)")]
    pub(crate) fn last(db: &Db) -> Result<Option<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::last;
}
