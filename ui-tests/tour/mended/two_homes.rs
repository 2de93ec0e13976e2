// Two features that were written by two people, and put together.

use orion::prelude::*;

#[orion::slice]
pub mod news {
    use super::*;

    #[migration]
    const CREATE: &str = "create table items (id integer primary key, title text not null) strict";

    #[query("insert into items (title) values (:title)")]
    pub fn insert(tx: &Tx, title: &str) -> Result<()>;

    #[command(post "/items/{title}")]
    fn publish(tx: &Tx, title: &str) -> Result<Reply> {
        insert(tx, title)?;
        Ok(Reply::done())
    }

    #[page("/")]
    fn home() -> Markup {
        html! { h1 { "News" } button data-on:click=(publish::action("Hello")) { "Publish" } }
    }
}

#[orion::slice]
pub mod shelf {
    use super::*;

    #[migration]
    const CREATE: &str = "create table books (id integer primary key, name text not null) strict";

    #[query("select name from books order by id")]
    pub fn names(db: &Db) -> Result<Vec<String>>;

    #[page("/shelf")]
    fn home(db: &Db) -> Result<Markup> {
        Ok(html! { h1 { "Shelf" } p { (names(db)?.join(", ")) } })
    }
}

orion::main! { slices: [news, shelf] }
