//! Foreign keys from slice to slice: what goes with a row of another slice is seen on streams that are open.

#![allow(unreachable_pub, missing_docs, reason = "an application says `pub` of what its slice offers")]

use orion::decl::{Migration, Slice};
use orion::prelude::*;
use orion::store::sqlite::{Options, Sqlite};
use orion::testing::TestApp;

#[orion::slice]
pub mod accounts {
    use super::*;

    #[migration]
    const CREATE: &str =
        "create table accounts (id integer primary key, email text not null unique, name text) strict";

    #[query("insert into accounts (email) values (:email) returning id")]
    pub fn insert(tx: &Tx, email: &str) -> Result<i64>;

    #[query("delete from accounts where id = :id")]
    fn delete(tx: &Tx, id: i64) -> Result<()>;

    #[query("update accounts set name = :name where id = :id")]
    fn set_name(tx: &Tx, name: &str, id: i64) -> Result<()>;

    #[query("update accounts set email = :email where id = :id")]
    fn set_email(tx: &Tx, email: &str, id: i64) -> Result<()>;

    #[command(delete "/accounts/{id}")]
    pub fn close(tx: &Tx, id: i64) -> Result<Reply> {
        delete(tx, id)?;
        Ok(Reply::done())
    }

    #[command(post "/accounts/{id}/name")]
    pub fn rename(tx: &Tx, id: i64) -> Result<Reply> {
        set_name(tx, "Ada", id)?;
        Ok(Reply::done())
    }

    #[command(post "/accounts/{id}/email")]
    pub fn move_to(tx: &Tx, id: i64) -> Result<Reply> {
        set_email(tx, "new@example.org", id)?;
        Ok(Reply::done())
    }
}

pub mod signed_in {
    #[orion::slice(uses(super::accounts), name = "sessions")]
    pub mod slice {
        use orion::prelude::*;

        #[migration]
        const CREATE: &str = "
            create table sessions (
                id integer primary key,
                account integer not null references Accounts (id) on delete cascade) strict;
            create table ended (at integer not null) strict;
            create trigger end after delete on sessions begin
                insert into ended values (old.id);
            end;";

        #[query("insert into sessions (account) values (:account) returning id")]
        pub fn insert(tx: &Tx, account: i64) -> Result<i64>;

        #[query("select count(*) from ended")]
        fn ended(db: &Db) -> Result<i64>;

        #[region]
        pub fn number(db: &Db) -> Result<Markup> {
            Ok(html! { p { "ended " (ended(db)?) } })
        }
    }
}

#[orion::slice(uses(signed_in::slice, accounts))]
pub mod carts {
    use super::*;

    #[migration]
    const CREATE: &str = "create table carts (
        session integer primary key references sessions (id) on delete cascade,
        contact text references accounts (email) on update cascade on delete set null) strict";

    #[query("insert into carts (session, contact) values (:session, :contact)")]
    pub fn insert(tx: &Tx, session: i64, contact: &str) -> Result<()>;

    #[query("select contact from carts")]
    fn contacts(db: &Db) -> Result<Vec<Option<String>>>;

    #[region]
    pub fn list(db: &Db) -> Result<Markup> {
        let contacts = contacts(db)?;
        Ok(
            html! { p { (contacts.len()) " carts" @for contact in contacts.iter().flatten() { " of " (contact) } } },
        )
    }

    #[page("/")]
    pub fn home() -> Markup {
        html! { (signed_in::slice::number::region()) (list::region()) }
    }
}

/// Listed with the users first: what they refer to is made before them all the same.
async fn start() -> (TestApp, i64) {
    let app = orion::App::new("shop").slices(&[&carts::SLICE, &signed_in::slice::SLICE, &accounts::SLICE]);
    let app = TestApp::start(app).await;
    let account = app.write(|tx| {
        let account = accounts::insert(tx, "old@example.org")?;
        carts::insert(tx, signed_in::slice::insert(tx, account)?, "old@example.org")?;
        Ok(account)
    });
    let account = account.await.expect("the rows are right");
    (app, account)
}

#[tokio::test]
async fn what_goes_with_another_slices_row_repaints_an_open_stream() {
    let (app, account) = start().await;
    let mut screen = app.browser().open(carts::home::path()).await;
    assert!(screen.shows("carts-list").contains("<p>1 carts of old@example.org</p>"));
    app.browser().act(accounts::close::action(account), ()).await.expect_status(200..=204);
    screen.until("carts-list", "<p>0 carts</p>").await;
    screen.until("sessions-number", "<p>ended 1</p>").await;
}

#[tokio::test]
async fn a_key_that_changes_repaints_what_follows_it() {
    let (app, account) = start().await;
    let mut screen = app.browser().open(carts::home::path()).await;
    assert!(screen.shows("carts-list").contains("<p>1 carts of old@example.org</p>"));
    app.browser().act(accounts::move_to::action(account), ()).await.expect_status(200..=204);
    screen.until("carts-list", "<p>1 carts of new@example.org</p>").await;
}

#[test]
fn only_what_removes_rows_or_changes_a_key_can_take_something_with_it() {
    let statements = accounts::SLICE.statements.iter();
    let removing =
        statements.filter(|statement| !statement.removes.is_empty()).map(|statement| statement.name);
    assert_eq!(removing.collect::<Vec<_>>(), ["delete", "set_email"]);
}

/// As `accounts` was before addresses were unique, and what uses them since.
#[test]
fn a_key_is_there_before_it_is_referred_to_whatever_the_order_of_the_list() {
    const FIRST: Migration = Migration::new("CREATE", "create table people (email text) strict");
    const UNIQUE: Migration = Migration::new("UNIQUE", "create unique index by_email on people (email)");
    static OLD: Slice = Slice::new("people").tables(&["people"]).migrations(&[FIRST]);
    static NEW: Slice = Slice::new("people").tables(&["people"]).migrations(&[FIRST, UNIQUE]);
    static PETS: Slice =
        Slice::new("pets").tables(&["pets"]).uses(&["people"]).migrations(&[Migration::new(
            "CREATE",
            "create table pets (owner text references people (email)) strict",
        )]);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(folder.path().join("app.db"), &Options::default()).expect("a file");
    store.migrate(&[&OLD]).expect("it is right");
    let applied = store.migrate(&[&PETS, &NEW]).expect("a key that is there");
    assert_eq!(applied.iter().map(|entry| entry.slice).collect::<Vec<_>>(), ["people", "pets"]);
}
