//! What the macros write names everything from the root, so that nothing of the application's own can get in between.

#![deny(warnings)]
#![no_implicit_prelude]

mod traps {
    //! Names that the expansion would find if it used any without its path.
    #![allow(dead_code)]
    pub(crate) struct Option;
    pub(crate) struct Vec;
    pub(crate) struct Box;
    pub(crate) struct Ok;
    pub(crate) mod orion {}
    pub(crate) mod core {}
    pub(crate) mod std {}
}

#[::orion::slice]
mod notes {
    #[allow(unused_imports)]
    use super::traps::*;
    use ::orion::prelude::{Changes, Cx, Db, Document, Markup, Query, Reply, Signals, Tx, Viewer};
    use ::orion::prelude::{command, migration, page, query, region, topic};
    use ::orion::{Result, Row, Value};
    use ::std::iter::Iterator;
    use ::std::string::String;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null, at text) strict";

    #[derive(Row)]
    struct Note {
        text: String,
        at: ::std::option::Option<String>,
    }

    #[query("select text, at from notes")]
    fn all(db: &Db) -> Result<::std::vec::Vec<Note>>;

    #[query("select at from notes where id = :id")]
    fn at(db: &Db, id: i64) -> Result<::std::option::Option<String>>;

    #[query("insert into notes (text, at) values (:text, :at)")]
    fn insert(tx: &Tx, text: &str, at: ::std::option::Option<&str>) -> Result<()>;

    #[query("delete from notes")]
    fn clear(tx: &Tx) -> Result<Changes>;

    #[derive(Value)]
    struct Id(i64);

    #[derive(Value)]
    enum Shade {
        Light,
        VeryDark,
    }

    #[derive(Row)]
    struct Shaded {
        text: Shade,
        at: ::std::option::Option<Shade>,
    }

    #[query("select text, at from notes where id = :id and text in (:shades)")]
    fn shaded(db: &Db, id: &Id, shades: &[Shade]) -> Result<::std::option::Option<Shaded>>;

    #[query("select max(id) as \"id!\" from notes")]
    fn last(db: &Db) -> Result<Id>;

    #[derive(::orion::serde::Deserialize)]
    struct Draft {
        text: String,
    }

    #[command(post "/notes")]
    fn add(tx: &Tx, draft: Signals<Draft>, viewer: &Viewer) -> Result<Reply> {
        insert(tx, &draft.text, ::std::option::Option::Some(viewer.id()))?;
        if let ::std::option::Option::Some(found) = shaded(tx, &last(tx)?, &[Shade::Light, Shade::VeryDark])?
        {
            let _ = (found.text, found.at);
        }
        let _ =
            (all(tx)?.iter().all(|note| note.at.is_some() && note.text.is_empty()), at(tx, 1)?, clear(tx)?);
        ::std::result::Result::Ok(Reply::done())
    }

    #[command(get "/notes/{id}/{name}")]
    async fn look(cx: Cx, id: i64, name: &str, query: Query<Draft>) -> Result<()> {
        let _ = (&query.text, cx, id, name);
        ::std::result::Result::Ok(())
    }

    #[region(on(Changed(id)))]
    fn list(db: &Db, id: i64, name: &str) -> Result<Markup> {
        let _ = (db, id, name);
        ::std::result::Result::Ok(::orion::maud::PreEscaped(String::new()))
    }

    #[page("/notes/{id}", title = "Note")]
    fn note(id: i64) -> Document {
        let _ = (id, note::path(id), add::action(), list::region(id, ""));
        Document::new(::orion::maud::PreEscaped(String::new()))
    }

    #[topic]
    struct Changed(i64);
}

#[test]
fn it_compiles() {
    ::std::assert_eq!(notes::SLICE.name, "notes");
}
