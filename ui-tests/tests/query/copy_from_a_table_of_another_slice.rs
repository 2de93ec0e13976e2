use orion::prelude::*;

#[orion::slice]
mod people {
    use super::*;

    #[migration]
    const CREATE: &str = "create table People (id integer primary key, name text not null) strict";

    #[query("insert into people (name) values (:name)")]
    pub(crate) fn insert(tx: &Tx, name: &str) -> Result<()>;

    #[query("select name from people order by id")]
    pub(crate) fn names(db: &Db) -> Result<Vec<String>>;
}

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, author text not null) strict";

    #[query("insert into notes (author) select replace(name, 'update', '') from people")]
    pub(crate) fn copy(tx: &Tx) -> Result<()>;
}

fn main() {
    let _ = (people::SLICE, notes::SLICE);
    let _ = (people::insert, people::names, notes::copy);
}
