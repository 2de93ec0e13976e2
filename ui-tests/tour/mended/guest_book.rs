// A guest book: names, and a note if somebody leaves one.

use orion::prelude::*;

#[orion::slice]
pub mod guests {
    use super::*;

    #[migration]
    const CREATE: &str = "create table guests (id integer primary key, name text not null, note text) strict";

    #[derive(Row)]
    pub struct Guest {
        pub id: i64,
        pub name: String,
        pub note: Option<String>,
    }

    #[query("select id, name, note from guests order by id")]
    pub fn all(db: &Db) -> Result<Vec<Guest>>;

    #[query("select id, name, note from guests where name = :name")]
    pub fn named(db: &Db, name: &str) -> Result<Vec<Guest>>;

    #[query("insert into guests (name) values (:name)")]
    fn insert(tx: &Tx, name: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Entry {
        name: String,
    }

    #[command(post "/guests")]
    fn sign(tx: &Tx, entry: Signals<Entry>) -> Result<Reply> {
        insert(tx, &entry.name)?;
        Ok(Reply::signal("name", ""))
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        Ok(html! { ul { @for guest in all(db)? { li id={"guest-" (guest.id)} { (guest.name) } } } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:submit=(sign::action()) { input data-bind:name; button { "Sign" } }
            (list::region())
        }
    }
}

orion::main! { slices: [guests] }
