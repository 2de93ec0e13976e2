use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (id integer primary key, title text not null) strict";

    #[query("select title from todos where id = ?3")]
    pub(crate) fn title(db: &Db, id: i64) -> Result<Option<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::title;
}
