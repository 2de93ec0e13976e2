use orion::prelude::*;

#[derive(Value)]
pub struct Due(pub Option<String>);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select title from todos where due in (:dues)")]
    pub(crate) fn on(db: &Db, dues: &[Due]) -> Result<Vec<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::on;
}
