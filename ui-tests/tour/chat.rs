// A chat with a region that has more in it than it should.

use orion::prelude::*;

#[orion::slice]
pub mod chat {
    use super::*;

    #[migration]
    const CREATE: &str =
        "create table lines (id integer primary key, viewer text not null, text text not null) strict";

    #[derive(Row)]
    pub struct Line {
        pub id: i64,
        pub viewer: String,
        pub text: String,
    }

    #[query("select id, viewer, text from lines order by id desc limit 50")]
    pub fn latest(db: &Db) -> Result<Vec<Line>>;

    #[query("insert into lines (viewer, text) values (:viewer, :text)")]
    fn insert(tx: &Tx, viewer: &str, text: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Draft {
        text: String,
    }

    #[command(post "/lines")]
    fn say(tx: &Tx, viewer: &Viewer, draft: Signals<Draft>) -> Result<Reply> {
        insert(tx, viewer.id(), &draft.text)?;
        Ok(Reply::signal("text", ""))
    }

    #[region(shared)]
    fn lines(db: &Db, viewer: &Viewer) -> Result<Markup> {
        Ok(html! {
            ol { @for line in latest(db)? { li id={"line-" (line.id)} class=[(line.viewer == viewer.id()).then_some("mine")] { (line.text) } } }
            script { "window.scrollTo(0, document.body.scrollHeight)" }
        })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:submit=(say::action()) { input data-bind:text; button { "Say" } }
            (lines::region())
        }
    }
}

orion::main! { slices: [chat] }
