use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, name text not null, note text) strict";

    #[derive(Row)]
    pub(crate) struct Note {
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) note: Option<String>,
    }

    #[query("select id name, note from notes")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Note>>;

    #[query("select id number, name title from notes")]
    pub(crate) fn renamed(db: &Db) -> Result<Vec<Renamed>>;

    #[derive(Row)]
    pub(crate) struct Renamed {
        pub(crate) number: i64,
        pub(crate) title: String,
    }
}

fn main() {
    let _ = notes::SLICE;
    let _ = (notes::all, notes::renamed);
}
