use orion::prelude::*;

#[orion::slice]
mod guests {
    use std::collections::BTreeMap;

    #[migration]
    const CREATE: &str = "create table guests (id integer primary key, name text not null) strict";

    #[derive(Row)]
    pub(crate) struct Guest {
        pub(crate) id: i64,
        pub(crate) name: String,
    }

    #[query("select id, name from guests order by id")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Guest>>;

    #[query("insert into guests (name) values (:name)")]
    fn insert(tx: &Tx, name: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Entry {
        name: String,
    }

    #[command(post "/guests")]
    fn sign(tx: &Tx, entry: Signals<Entry>) -> Result<Reply> {
        ensure!(!entry.name.is_empty(), name = "Say who you are");
        insert(tx, &entry.name)?;
        Ok(Reply::signal("name", ""))
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        let by: BTreeMap<i64, String> = all(db)?.into_iter().map(|guest| (guest.id, guest.name)).collect();
        Ok(html! { ul { @for name in by.values() { li { (name) } } } })
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
