use orion::prelude::*;

#[orion::slice]
mod basket {
    use super::*;

    #[migration]
    const CREATE: &str = "create table items (name text not null) strict";

    #[query("select name from items")]
    pub(crate) fn all(db: &Db) -> Result<Vec<String>>;

    #[query("insert into items (name) values ('pear')")]
    fn insert(tx: &Tx) -> Result<()>;

    #[command(post "/items")]
    pub(crate) fn add(tx: &Tx) -> Result<Reply> {
        insert(tx)?;
        Ok(Reply::done())
    }

    #[region]
    pub(crate) fn list(db: &Db) -> Result<Markup> {
        Ok(html! { p { (all(db)?.len()) } })
    }
}

#[orion::slice]
mod goods {
    use super::*;

    #[page("/")]
    fn home() -> Markup {
        html! { button data-on:click=(basket::add::action()) {} (basket::list::region()) }
    }
}

orion::main! { slices: [goods] }
