use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (id integer primary key, title text not null) strict";

    #[query("select id from todos where title = :title")]
    pub(crate) fn named(db: &Db, titel: &str) -> Result<Option<i64>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::named;
}
