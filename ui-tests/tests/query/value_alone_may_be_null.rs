use orion::prelude::*;

#[derive(Clone, Copy, Value)]
pub struct Id(pub i64);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select max(id) from todos")]
    pub(crate) fn last(db: &Db) -> Result<Id>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::last;
}
