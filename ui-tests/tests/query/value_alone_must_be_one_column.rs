use orion::prelude::*;

#[derive(Value)]
pub struct Title(pub String);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select id, title from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Title>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
