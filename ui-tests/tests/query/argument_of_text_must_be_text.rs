use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("update todos set title = :title where id = :id")]
    pub(crate) fn rename(tx: &Tx, id: i64, title: i64) -> Result<()>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::rename;
}
