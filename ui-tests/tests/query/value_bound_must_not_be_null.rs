use orion::prelude::*;

#[derive(Value)]
pub struct Title(pub Option<String>);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("update todos set title = :title where id = :id")]
    pub(crate) fn set(tx: &Tx, id: i64, title: &Title) -> Result<()>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::set;
}
