use orion::prelude::*;

#[orion::slice]
mod shop {
    use super::*;

    #[migration]
    const CREATE: &str = "create table goods (id integer primary key, name text not null) strict";

    #[query("select name from goods order by id")]
    fn names(db: &Db) -> Result<Vec<String>>;

    #[region]
    pub(crate) fn list(db: &Db) -> Result<Markup> {
        Ok(html! { p { (names(db)?.join(", ")) } })
    }

    #[page("/")]
    pub(crate) fn home() -> Markup {
        html! { (list::region()) }
    }
}

orion::main! { slices: [shop] }
