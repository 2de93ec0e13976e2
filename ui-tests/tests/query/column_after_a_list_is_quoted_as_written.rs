use orion::prelude::*;

#[derive(Value)]
pub struct Day(pub String);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("delete from todos where id in (:ids) returning date(title)")]
    pub(crate) fn days(tx: &Tx, ids: &[i64]) -> Result<Vec<Day>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::days;
}
