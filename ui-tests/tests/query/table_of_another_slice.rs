use orion::prelude::*;

#[orion::slice]
mod people {
    use super::*;

    #[migration]
    const CREATE: &str = "create table people (id integer primary key, name text not null) strict";

    #[query("select name from people where id = :id")]
    pub(crate) fn name(db: &Db, id: i64) -> Result<Option<String>>;
}

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, author integer not null) strict";

    #[query("select people.name from notes join people on people.id = notes.author")]
    pub(crate) fn authors(db: &Db) -> Result<Vec<String>>;
}

fn main() {
    let _ = (people::SLICE, notes::SLICE);
    let _ = (people::name, notes::authors);
}
