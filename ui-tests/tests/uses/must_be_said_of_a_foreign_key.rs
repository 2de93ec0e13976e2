#[orion::slice]
mod accounts {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str =
        "create table accounts (id integer primary key, email text not null unique) strict";
}

#[orion::slice]
mod sessions {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table sessions (
        id integer primary key,
        account integer not null references accounts (id) on delete cascade) strict";

    #[query("select count(*) from sessions")]
    fn count(db: &Db) -> Result<i64>;

    #[region]
    fn number(db: &Db) -> Result<Markup> {
        Ok(html! { p { (count(db)?) } })
    }
}

fn main() {}
