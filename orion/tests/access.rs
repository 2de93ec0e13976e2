//! Who may: asked before anything runs, in the same truth as what is done, and told nothing but no.

#![allow(clippy::unnecessary_wraps, reason = "a role decides with a `Result`")]

use orion::prelude::*;
use orion::testing::{Browser, TestApp};
use serde_json::json;

mod people {
    use orion::prelude::*;

    #[orion::slice(name = "people")]
    pub(crate) mod slice {
        use super::*;

        #[migration]
        const CREATE: &str = "
            create table admins (viewer text primary key not null) strict;
            create table members (board integer not null, viewer text not null) strict;";

        #[query("insert into admins (viewer) values (:viewer)")]
        pub(crate) fn promote(tx: &Tx, viewer: &str) -> Result<()>;

        #[query("delete from admins")]
        pub(crate) fn demote_all(tx: &Tx) -> Result<Changes>;

        #[query("insert into members (board, viewer) values (:board, :viewer)")]
        pub(crate) fn join(tx: &Tx, board: i64, viewer: &str) -> Result<()>;

        #[query("select count(*) from admins where viewer = :viewer")]
        fn admins(db: &Db, viewer: &str) -> Result<i64>;

        #[query("select count(*) from members where board = :board and viewer = :viewer")]
        fn members(db: &Db, board: i64, viewer: &str) -> Result<i64>;

        pub(crate) fn admin(db: &Db, viewer: &Viewer) -> Result<bool> {
            Ok(admins(db, viewer.id())? > 0)
        }

        pub(crate) fn member(db: &Db, viewer: &Viewer, board: i64) -> Result<bool> {
            Ok(members(db, board, viewer.id())? > 0)
        }

        pub(crate) fn named(_db: &Db, viewer: &Viewer, name: &str) -> Result<bool> {
            Ok(viewer.id() == name)
        }

        pub(crate) fn nobody(_db: &Db, _viewer: &Viewer) -> Result<bool> {
            Err(Error::internal("the book of roles is closed"))
        }
    }
}

#[orion::slice]
mod notes {
    use super::people::slice::{admin, member, named, nobody};
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";

    #[query("insert into notes (text) values (:text)")]
    fn insert(tx: &Tx, text: &str) -> Result<()>;

    #[query("select text from notes order by id")]
    pub(crate) fn all(db: &Db) -> Result<Vec<String>>;

    #[derive(Deserialize)]
    struct Draft {
        text: String,
    }

    #[command(post "/boards/{board}/notes", allow(admin, member(board)))]
    pub(crate) fn add(tx: &Tx, board: i64, draft: Signals<Draft>) -> Result<Reply> {
        ensure!(!draft.text.is_empty(), text = "Write something");
        insert(tx, &format!("{board}: {}", draft.text))?;
        Ok(Reply::done())
    }

    #[command(post "/import", allow(crate::people::slice::admin))]
    pub(crate) async fn import(cx: Cx, draft: Signals<Draft>) -> Result<Reply> {
        cx.write(move |tx| insert(tx, &draft.text)).await?;
        Ok(Reply::done())
    }

    /// Whoever runs it has no role any more when it runs the next time.
    #[command(post "/abdicate", allow(admin))]
    pub(crate) fn abdicate(tx: &Tx) -> Result<Reply> {
        crate::people::slice::demote_all(tx)?.one_or(NotFound)?;
        insert(tx, "abdicated")?;
        Ok(Reply::done())
    }

    #[command(put "/homes/{name}", allow(named(name)))]
    pub(crate) fn furnish(tx: &Tx, name: &str) -> Result<Reply> {
        insert(tx, name)?;
        Ok(Reply::done())
    }

    #[command(post "/closed", allow(nobody, admin))]
    pub(crate) fn closed(tx: &Tx) -> Result<Reply> {
        insert(tx, "closed")?;
        Ok(Reply::done())
    }

    #[command(post "/open", public)]
    pub(crate) fn open(_tx: &Tx) -> Result<Reply> {
        Ok(Reply::done())
    }

    /// Asks for the role itself, so it is rendered again when that changes.
    #[region]
    fn secrets(db: &Db, viewer: &Viewer) -> Result<Markup> {
        if !admin(db, viewer)? {
            return Ok(html! { "Not any more." });
        }
        Ok(html! { ul { @for note in all(db)? { li { (note) } } } })
    }

    #[page("/admin", title = "Admin", allow(admin))]
    pub(crate) fn desk() -> Markup {
        html! { h1 { "The desk" } (secrets::region()) }
    }

    #[page("/boards/{board}", allow(member(board)))]
    pub(crate) fn board(board: i64) -> Markup {
        html! { h1 { "Board " (board) } }
    }

    #[page("/", public)]
    pub(crate) fn home() -> Markup {
        html! { h1 { "Home" } }
    }
}

/// An application, somebody with a role that `give` gives, and somebody without.
async fn with(give: impl Fn(&Tx, &str) -> Result<()> + Send + 'static) -> (TestApp, Browser, Browser) {
    let app =
        TestApp::start(orion::App::new("notes").slice(&people::slice::SLICE).slice(&notes::SLICE)).await;
    let (mut some, mut other) = (app.browser(), app.browser());
    for browser in [&mut some, &mut other] {
        browser.get(notes::home::path()).await.expect_status(200..=200);
    }
    let viewer = some.viewer().expect("a page makes a viewer");
    app.write(move |tx| give(tx, viewer.id())).await.expect("a role");
    (app, some, other)
}

async fn admin() -> (TestApp, Browser, Browser) {
    with(people::slice::promote).await
}

async fn notes(app: &TestApp) -> Vec<String> {
    app.read(notes::all).await.expect("notes")
}

#[tokio::test]
async fn a_command_is_for_whoever_has_one_of_its_roles() {
    let (app, mut admin, mut other) = admin().await;
    let draft = json!({"text": "milk"});
    admin.act(notes::add::action(1), &draft).await.expect_status(204..=204);
    let refused = other.act(notes::add::action(1), &draft).await.expect_status(403..=403);
    assert_eq!(refused.text, "You may not do this.");
    assert_eq!(notes(&app).await, ["1: milk"]);
}

#[tokio::test]
async fn a_role_is_asked_about_what_the_path_names() {
    let (app, mut member, _) = with(|tx, viewer| people::slice::join(tx, 1, viewer)).await;
    let draft = json!({"text": "milk"});
    member.act(notes::add::action(1), &draft).await.expect_status(204..=204);
    member.act(notes::add::action(2), &draft).await.expect_status(403..=403);
    assert_eq!(notes(&app).await, ["1: milk"]);
    member.get(notes::board::path(1)).await.expect_status(200..=200);
    member.get(notes::board::path(2)).await.expect_status(403..=403);
    let name = member.viewer().expect("a viewer").id().to_owned();
    member.act(notes::furnish::action(&name), ()).await.expect_status(204..=204);
    member.act(notes::furnish::action("somebody"), ()).await.expect_status(403..=403);
}

#[tokio::test]
async fn who_may_not_is_not_told_what_is_wrong_with_the_draft() {
    let (_app, mut admin, mut other) = admin().await;
    let refusals = [(json!({"text": ""}), 200), (json!({"text": 7}), 422), (json!({}), 422)];
    for (draft, status) in refusals {
        admin.act(notes::add::action(1), &draft).await.expect_status(status..=status);
        let refused = other.act(notes::add::action(1), &draft).await.expect_status(403..=403);
        assert_eq!(refused.text, "You may not do this.");
        other.act(notes::import::action(), &draft).await.expect_status(403..=403);
    }
}

#[tokio::test]
async fn what_cannot_be_asked_about_is_told_as_to_everybody() {
    let (_app, _, mut other) = admin().await;
    let request = axum::http::Request::post("/boards/x/notes").body(axum::body::Body::from("{}")).unwrap();
    let refused = other.ask(request).await.expect_status(400..=400);
    assert_eq!(refused.text, "`board` in the path is not what it should be.");
}

#[tokio::test]
async fn an_asynchronous_command_does_not_begin_for_who_may_not() {
    let (app, mut admin, mut other) = admin().await;
    let draft = json!({"text": "milk"});
    other.act(notes::import::action(), &draft).await.expect_status(403..=403);
    assert!(notes(&app).await.is_empty());
    admin.act(notes::import::action(), &draft).await.expect_status(204..=204);
    assert_eq!(notes(&app).await, ["milk"]);
}

#[tokio::test]
async fn the_decision_and_the_write_are_one_truth() {
    let (app, admin, _) = admin().await;
    let calls = (0..8).map(|_| {
        let mut admin = admin.clone();
        async move { admin.act(notes::abdicate::action(), ()).await.status }
    });
    let mut answers = futures_util::future::join_all(calls).await;
    answers.sort_unstable();
    assert_eq!(answers, [204, 403, 403, 403, 403, 403, 403, 403]);
    assert_eq!(notes(&app).await, ["abdicated"]);
}

#[tokio::test]
async fn a_role_that_cannot_be_asked_refuses() {
    let (app, mut admin, _) = admin().await;
    let answer = admin.act(notes::closed::action(), ()).await.expect_status(500..=500);
    assert_eq!(answer.text, "command notes::closed: role nobody: the book of roles is closed");
    assert!(notes(&app).await.is_empty());
}

#[tokio::test]
async fn a_page_is_painted_for_who_may_see_it() {
    let (_app, mut admin, mut other) = admin().await;
    let page = admin.get(notes::desk::path()).await.expect_status(200..=200);
    assert!(page.text.contains("The desk"), "{}", page.text);
    let refused = other.get(notes::desk::path()).await.expect_status(403..=403);
    assert!(
        refused.text.contains("You may not do this.") && !refused.text.contains("desk"),
        "{}",
        refused.text
    );
    assert!(!refused.text.contains("/_orion/live?page="), "no reference to a region is given out");
    other.act(notes::open::action(), ()).await.expect_status(204..=204);
}

#[tokio::test]
async fn a_region_that_asks_for_the_role_goes_when_the_role_goes() {
    let (app, mut admin, _) = admin().await;
    admin.act(notes::add::action(1), json!({"text": "milk"})).await.expect_status(204..=204);
    let mut screen = admin.open(notes::desk::path()).await;
    assert!(screen.shows("notes-secrets").contains("1: milk"));
    app.write(|tx| people::slice::demote_all(tx).map(drop)).await.expect("demoted");
    screen.until("notes-secrets", "Not any more.").await;
}

#[test]
fn a_declaration_says_who_may() {
    let said: Vec<String> =
        notes::SLICE.commands.iter().map(|command| format!("{:?}", command.access)).collect();
    assert_eq!(
        said,
        [
            "Allow([Role(admin), Role(member)])",
            "Allow([Role(admin)])",
            "Allow([Role(admin)])",
            "Allow([Role(named)])",
            "Allow([Role(nobody), Role(admin)])",
            "Public"
        ]
    );
    assert_eq!(format!("{:?}", notes::SLICE.pages[1].access), "Allow([Role(member)])");
}
