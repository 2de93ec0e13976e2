// Two features, of which one reaches into the other's table.

use orion::prelude::*;

#[orion::slice]
pub mod goods {
    use super::*;

    #[migration]
    const CREATE: &str = "create table goods (id integer primary key, name text not null) strict";

    #[query("select name from goods where id = :id")]
    pub fn name(db: &Db, id: i64) -> Result<Option<String>>;

    #[query("insert into goods (name) values (:name)")]
    fn insert(tx: &Tx, name: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Good {
        name: String,
    }

    #[command(post "/goods")]
    fn offer(tx: &Tx, good: Signals<Good>) -> Result<Reply> {
        insert(tx, &good.name)?;
        Ok(Reply::signal("name", ""))
    }

    #[page("/")]
    fn home() -> Markup {
        html! { form data-on:submit=(offer::action()) { input data-bind:name; button { "Offer" } } (basket::list::region()) }
    }
}

#[orion::slice]
pub mod basket {
    use super::*;

    #[migration]
    const CREATE: &str = "create table basket (id integer primary key, good integer not null) strict";

    #[query("select good from basket order by id")]
    fn chosen(db: &Db) -> Result<Vec<i64>>;

    #[query("insert into basket (good) values (:good)")]
    fn insert(tx: &Tx, good: i64) -> Result<()>;

    #[command(post "/basket/{good}")]
    pub fn put(tx: &Tx, good: i64) -> Result<Reply> {
        insert(tx, good)?;
        Ok(Reply::done())
    }

    #[region]
    pub fn list(db: &Db) -> Result<Markup> {
        let names = chosen(db)?.into_iter().map(|id| goods::name(db, id)).collect::<Result<Vec<_>>>()?;
        let names: Vec<String> = names.into_iter().flatten().collect();
        Ok(html! { p { (names.join(", ")) } button data-on:click=(put::action(1)) { "The first, please" } })
    }
}

orion::main! { slices: [goods, basket] }
