// Accounts, and the sessions that go when their account goes.

use orion::prelude::*;

#[orion::slice]
pub mod accounts {
    use super::*;

    #[migration]
    const CREATE: &str = "create table accounts (id integer primary key, email text not null unique) strict";

    #[query("insert into accounts (email) values (:email) returning id")]
    pub fn insert(tx: &Tx, email: &str) -> Result<i64>;

    #[query("delete from accounts where id = :id")]
    fn delete(tx: &Tx, id: i64) -> Result<Changes>;

    #[command(delete "/accounts/{id}")]
    pub fn close(tx: &Tx, id: i64) -> Result<Reply> {
        delete(tx, id)?.one_or(NotFound)?;
        Ok(Reply::done())
    }
}

#[orion::slice(uses(accounts))]
pub mod sessions {
    use super::*;

    #[migration]
    const CREATE: &str = "create table sessions (
        id integer primary key,
        account integer not null references accounts (id) on delete cascade) strict";

    #[query("select count(*) from sessions")]
    fn count(db: &Db) -> Result<i64>;

    #[query("insert into sessions (account) values (:account)")]
    fn insert(tx: &Tx, account: i64) -> Result<()>;

    #[command(post "/sessions")]
    fn open(tx: &Tx) -> Result<Reply> {
        insert(tx, accounts::insert(tx, "ada@example.org")?)?;
        Ok(Reply::done())
    }

    #[region]
    fn number(db: &Db) -> Result<Markup> {
        Ok(html! { p { (count(db)?) " are signed in" } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            (number::region())
            button data-on:click=(open::action()) { "Sign in" }
            button data-on:click=(accounts::close::action(1)) { "Close the first" }
        }
    }
}

orion::main! { slices: [accounts, sessions] }
