use orion::prelude::*;

#[orion::slice]
mod people {
    use super::*;

    #[migration]
    const CREATE: &str = "create table people (id integer primary key, name text not null) strict";

    #[migration]
    const MEMBERS: &str = "
        create table members (id integer primary key, name text not null) strict;
        insert into members select id, name from people;
        drop table people";

    #[query("select name from people where id = :id")]
    pub(crate) fn name(db: &Db, id: i64) -> Result<Option<String>>;
}

fn main() {
    let _ = people::SLICE;
    let _ = people::name;
}
