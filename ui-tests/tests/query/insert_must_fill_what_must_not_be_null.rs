use orion::prelude::*;

#[orion::slice]
mod wishes {
    use super::*;

    #[migration]
    const CREATE: &str =
        "create table wishes (id integer primary key, title text not null, price integer not null) strict";

    #[query("insert into wishes (title) values (:title)")]
    pub(crate) fn insert(tx: &Tx, title: &str) -> Result<()>;
}

fn main() {
    let _ = wishes::SLICE;
    let _ = wishes::insert;
}
