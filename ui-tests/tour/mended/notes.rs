// Notes, each on a page of its own.

use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";

    #[query("select id from notes order by id")]
    fn ids(db: &Db) -> Result<Vec<i64>>;

    #[query("select text from notes where id = :id")]
    fn text(db: &Db, id: i64) -> Result<String>;

    #[query("insert into notes (text) values (:text) returning id")]
    fn insert(tx: &Tx, text: &str) -> Result<i64>;

    #[query("delete from notes where id = :id")]
    fn delete(tx: &Tx, id: i64) -> Result<Changes>;

    #[command(post "/notes")]
    fn create(tx: &Tx) -> Result<Reply> {
        let id = insert(tx, "A new note")?;
        Ok(Reply::redirect(note::path(id)))
    }

    #[command(delete "/notes/{id}")]
    fn remove(tx: &Tx, id: i64) -> Result<Reply> {
        delete(tx, id)?.one_or(NotFound)?;
        Ok(Reply::redirect(home::path()))
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        Ok(html! { ul { @for id in ids(db)? { li id={"note-" (id)} { a href=(note::path(id)) { "Note " (id) } } } } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! { (list::region()) button data-on:click=(create::action()) { "New" } }
    }

    #[page("/notes/{id}")]
    fn note(db: &Db, id: i64) -> Result<Markup> {
        Ok(html! { p { (text(db, id)?) } button data-on:click=(remove::action(id)) { "Delete" } })
    }
}

orion::main! { slices: [notes] }
