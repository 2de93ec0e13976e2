use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";

    #[derive(Row)]
    pub struct Note {
        pub id: i64,
        pub text: String,
    }

    #[query("select id, text from notes order by id")]
    pub fn all(db: &Db) -> Result<Vec<Note>>;

    #[query("update notes set text = :text where id = :id")]
    pub fn set(tx: &Tx, id: i64, text: &str) -> Result<Changes>;
}
