//! An application that does what no application should: it shows what it is given as markup, and has renders that do not end. What
//! orion does about that is tested on it.

use orion::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

#[orion::slice]
mod wall {
    use super::*;

    #[migration]
    const CREATE: &str = "create table said (id integer primary key, text text not null) strict";

    #[derive(Row)]
    struct Said {
        id: i64,
        text: String,
    }

    #[query("select id, text from said order by id")]
    fn all(db: &Db) -> Result<Vec<Said>>;

    #[query("insert into said (text) values (:text)")]
    fn insert(tx: &Tx, text: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Draft {
        text: String,
    }

    #[command(post "/said")]
    fn say(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        insert(tx, &draft.text)?;
        Ok(Reply::done())
    }

    #[command(post "/told")]
    fn tell(_tx: &Tx) -> Reply {
        Reply::script("document.documentElement.dataset.told = 'yes'")
    }

    /// Whether renders end.
    static ENDLESS: AtomicBool = AtomicBool::new(false);

    #[command(post "/endless/{yes}")]
    fn endless(tx: &Tx, yes: bool) -> Result<Reply> {
        ENDLESS.store(yes, Ordering::Relaxed);
        insert(tx, "once more")?;
        Ok(Reply::done())
    }

    #[query(
        "with recursive count (n) as (select 1 union all select n + 1 from count where n < :most) select max(n) as \"most!\" from count"
    )]
    fn count(db: &Db, most: i64) -> Result<i64>;

    /// A query that does not end, where renders do not.
    #[region]
    fn counted(db: &Db) -> Result<Markup> {
        let said = all(db)?.len();
        let most = count(db, if ENDLESS.load(Ordering::Relaxed) { i64::MAX } else { 1 })?;
        Ok(html! { p { "counted to " (most) " with " (said) } })
    }

    /// A loop that does not.
    #[region]
    fn looped(db: &Db) -> Result<Markup> {
        let said = all(db)?.len();
        while ENDLESS.load(Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        Ok(html! { p { "looped with " (said) } })
    }

    #[page("/counted")]
    fn counting() -> Markup {
        html! { (counted::region()) }
    }

    #[page("/looped")]
    fn looping() -> Markup {
        html! { (looped::region()) }
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        let said = all(db)?;
        Ok(html! { ul { @for said in &said { li id={"said-" (said.id)} { (PreEscaped(&said.text)) } } } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            h1 data-signals:_clicks="0" data-text="'clicks: ' + $_clicks" {}
            button id="click" data-on:click="$_clicks++" { "Click" }
            button id="tell" data-on:click=(tell::action()) { "Tell me" }
            form data-on:submit=(say::action()) { input data-bind:text=""; button id="say" { "Say" } }
            script nonce=(orion::nonce()) { "document.documentElement.dataset.own = 'yes'" }
            (list::region())
        }
    }

    /// What was said, in the page itself and with pictures from anywhere.
    #[page("/raw")]
    fn raw(db: &Db) -> Result<Document> {
        let said: String = all(db)?.into_iter().map(|said| said.text).collect();
        Ok(Document::new(html! { main { (PreEscaped(said)) } }).allow("img-src", "https://pictures.example"))
    }
}

orion::main! { slices: [wall] }
