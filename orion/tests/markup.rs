//! Markup that the macros read: signals by their typed names, and everything that is right although it looks like a slip.

#![deny(warnings)]
#![warn(clippy::pedantic, unreachable_pub)]

use orion::Signal;
use orion::prelude::*;
use orion::testing::TestApp;

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, title text not null) strict";

    #[derive(Row)]
    pub(crate) struct Note {
        pub(crate) id: i64,
        pub(crate) title: String,
    }

    #[query("select id, title from notes order by id")]
    pub(crate) fn all(db: &Db) -> Result<Vec<Note>>;

    #[query("insert into notes (title) values (:title)")]
    fn insert(tx: &Tx, title: &str) -> Result<()>;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(crate) struct Draft {
        edit: Option<Edit>,
        due_date: String,
        #[serde(rename = "mark", alias = "flag", default)]
        marked: bool,
        #[serde(flatten)]
        who: Who,
        r#type: String,
        add: std::collections::BTreeMap<String, String>,
        #[serde(skip)]
        kept: u8,
        #[cfg(not(all()))]
        never: String,
    }

    #[derive(Deserialize)]
    pub(crate) struct Edit {
        title: String,
    }

    #[derive(Deserialize)]
    pub(crate) struct Who {
        name: String,
    }

    #[command(post "/notes")]
    pub(crate) fn create(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        let Draft { edit, due_date, marked, who, r#type, add, kept, .. } = draft.0;
        let names = create::signals();
        ensure!(edit.is_some(), edit = "Edit something");
        ensure!(!who.name.is_empty(), name = "Who are you?");
        ensure!(!due_date.is_empty(), Error::field("form", "Say when"));
        let title = edit.map_or_else(String::new, |edit| edit.title);
        ensure!(!title.is_empty(), Error::field(names.edit.title, "Say what"));
        insert(tx, &format!("{title} {marked} {type} {} {kept}", add.len()))?;
        Ok(Reply::signal(create::signals().edit.title, "")
            .and_signal(names.add.member("c7"), "")
            .and_signal("added", true))
    }

    #[derive(Deserialize)]
    pub(crate) struct Search {
        term: String,
    }

    #[command(get "/search")]
    pub(crate) fn search(_tx: &Tx, search: Form<Search>) -> Result<Reply> {
        ensure!(!search.term.is_empty(), term = "Say for what");
        Ok(Reply::done())
    }

    #[region]
    pub(crate) fn list(db: &Db) -> Result<Markup> {
        let notes = all(db)?;
        Ok(html! {
            // A row of text is rewritten in place.
            ul { @for note in &notes { li { b { (note.title) } } } }
            // A row with an id in it is found by that.
            ol { @for note in &notes { li { button id={"b-" (note.id)} { (note.title) } } } }
            div { @for note in &notes { (row(note)) } }
            // Always the same.
            @for word in ["a", "b"] { button { (word) } }
            @for number in 1..=3 { button { (number) } }
            // Data, not a program; what nobody types into.
            script type="application/json" { (PreEscaped("{}")) }
            input type="hidden" value="1";
            @match notes.len() {
                0 => p { "Nothing" },
                n if n >= 100 => { p { "Many" } }
                _ => "Some",
            }
        })
    }

    fn row(note: &Note) -> Markup {
        html! { article #{"note-" (note.id)} .note[note.id > 0] { textarea id={"text-" (note.id)} { (note.title) } } }
    }

    /// Nobody calls it in a region.
    fn counter() -> Markup {
        html! { script src="/count.js" {} input; }
    }

    #[page("/")]
    pub(crate) fn home() -> Markup {
        let names = create::signals();
        html! {
            main data-signals="{open: {menu: false}, 'my-page': 1}" data-signals:opened-at="0" data-computed:both="$open.menu" {
                form data-on:submit=(create::action()) data-indicator:sending {
                    input data-bind=(names.edit.title);
                    input data-bind:due-date data-ref="field";
                    input data-bind:mark; input data-bind:flag; input data-bind:name; input data-bind:type;
                    input data-bind={"add.c" (7)}; input data-bind:_local; input data-bind:opened-at;
                    input data-bind:term; input data-bind="open.menu";
                    p data-show={ (names.due_date.expr()) " != ''" } {}
                    p data-show="$dueDate.length > 3 && $_locl && $openedAt && $my-page && $both && !$sending && $field.value" {}
                    p data-show="$elsewhere && $added && 'it costs $marc'" data-mine="$marc $errors.nmae" data-on-sale="yes" data-my:own="x" data-on-interval="$_x++" {}
                    p data-text={ "$add." (7) " + $ed" (1) } data-on:click__debounce="$errors.form = $errors.elsewhere" {}
                    (field_error(names.who.name))
                }
            }
            (counter())
            (list::region())
        }
    }
}

/// What the macro cannot see it does not judge.
#[orion::slice]
mod elsewhere {
    use super::*;

    #[command(post "/elsewhere")]
    fn act(_tx: &Tx, _draft: Signals<super::notes::Edit>) -> Result<Reply> {
        ensure!(true, anything = "x");
        Ok(Reply::signal("titel", ""))
    }

    #[page("/elsewhere")]
    fn home() -> Markup {
        html! { input data-bind:titel; button data-on:click=(act::action()) {} }
    }
}

#[test]
fn signals_have_serdes_names() {
    let names = notes::create::signals();
    let all: Vec<Signal> =
        vec![names.edit.title, names.due_date, names.marked, names.who.name, names.r#type, names.add];
    let all: Vec<&str> = all.iter().map(Signal::name).collect();
    assert_eq!(all, ["edit.title", "dueDate", "mark", "name", "type", "add"]);
}

#[tokio::test]
async fn typed_names_stand_in_markup_and_in_answers() {
    let app = TestApp::start(orion::App::new("notes").slice(&notes::SLICE).slice(&elsewhere::SLICE)).await;
    let mut anna = app.browser();
    let page = anna.get(notes::home::path()).await;
    assert!(page.text.contains(r#"<input data-bind="edit.title">"#), "{}", page.text);
    assert!(page.text.contains(r#"<p data-show="$dueDate != ''">"#), "{}", page.text);
    assert!(page.text.contains(r#"id="name-error""#), "{}", page.text);

    let mut draft = serde_json::json!({ "edit": { "title": "" }, "dueDate": "now", "name": "Anna", "type": "", "add": {} });
    let refused = anna.act(notes::create::action(), &draft).await;
    assert!(refused.text.contains(r#"{"errors":{"edit":{"title":"Say what"}}}"#), "{}", refused.text);
    draft["edit"]["title"] = "Milk".into();
    let done = anna.act(notes::create::action(), &draft).await;
    assert!(done.text.contains(r#"{"add":{"c7":""},"added":true,"edit":{"title":""}}"#), "{}", done.text);
}

/// Markup that the macro cannot see: it comes from outside of the slice.
#[orion::slice]
mod hidden {
    use super::*;

    #[migration]
    const CREATE: &str = "create table things (id integer primary key) strict";

    #[query("select count(*) from things")]
    fn count(db: &Db) -> Result<i64>;

    #[query("insert into things default values")]
    pub(crate) fn insert(tx: &Tx) -> Result<()>;

    #[region]
    pub(crate) fn list(db: &Db) -> Result<Markup> {
        Ok(super::view(count(db)?))
    }

    #[page("/hidden")]
    pub(crate) fn home() -> Markup {
        html! { (list::region()) }
    }
}

fn view(rows: i64) -> Markup {
    html! { ul { @for row in 0..rows { li { button { (row) } } } } textarea {} }
}

#[tokio::test]
async fn in_development_what_the_macro_cannot_see_is_found_when_it_is_rendered() {
    let app = TestApp::start(orion::App::new("hidden").slice(&hidden::SLICE)).await;
    let mut screen = app.browser().open(hidden::home::path()).await;
    let found = app.findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("`hidden::list` has an input without an id"), "{found:#?}");
    assert!(found[0].contains("<textarea>"), "{found:#?}");

    for _ in 0..2 {
        app.write(hidden::insert).await.unwrap();
        screen.next().await;
    }
    let found = app.findings();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[1].contains("rows without ids that come and go"), "{found:#?}");
}
