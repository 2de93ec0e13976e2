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

    #[query("update people set name = :name where id = :id")]
    pub(crate) fn rename(tx: &Tx, id: i64, name: &str) -> Result<()>;
}

fn main() {
    let _ = (people::SLICE, notes::SLICE);
    let _ = (people::name, notes::rename);
}
