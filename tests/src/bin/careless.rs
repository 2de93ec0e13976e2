//! An application that does what no application should: it shows what it is given as markup, and has renders that do not end. What
//! orion does about that is tested on it.

use orion::prelude::*;

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
