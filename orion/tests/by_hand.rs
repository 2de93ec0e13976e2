//! An application without a macro: the builder that the macros write for. What it does is what every application does.

use orion::decl::{Command, Method, Migration, Page, Region, Run, Slice, Statement};
use orion::live::{Args, Embed};
use orion::prelude::*;
use orion::testing::{Screen, TestApp};
use orion::wire::{Action, FromInput as _, path};
use orion::{App, ToValue as _, Topic};
use serde_json::json;

const ALL: Statement = Statement::new("select text from notes order by id").reads(&["notes"]);
const INSERT: Statement = Statement::new("insert into notes (text) values (?1)").writes(&["notes"]);

#[derive(Deserialize)]
#[serde(crate = "orion::serde")]
struct Draft {
    text: String,
}

const LIST: Region = Region::new("notes", "list", |scope| {
    let notes: Vec<String> = scope.db.all(&ALL, &[])?;
    Ok(html! { ul { @for note in &notes { li { (note) } } } })
});

const MINE: Region = Region::new("notes", "mine", |scope| {
    let viewer = scope.viewer()?.id();
    let notes: Vec<String> = scope.db.all(&ALL, &[])?;
    Ok(html! { p { (notes.iter().filter(|note| *note == viewer).count()) " of mine" } })
})
.personal();

const TICK: Region = Region::new("notes", "tick", |scope| {
    let (key,): (i64,) = scope.args()?;
    Ok(html! { p { "tick " (key) " " (TICKS.load(std::sync::atomic::Ordering::SeqCst)) } })
})
.on(|args| {
    let (key,): (i64,) = args.read()?;
    Ok(vec![Topic::declared("notes", "Tick", key)])
});
static TICKS: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

const HERE: Region =
    Region::new("notes", "here", |scope| Ok(html! { p { (scope.present.len()) " here" } })).present();

const ADD: Command = Command::new(
    "notes",
    "add",
    Method::Post,
    "/notes",
    Run::Sync(|input| {
        let draft = Signals::<Draft>::from_input(input)?;
        Ok(Box::new(move |tx: &Tx| {
            ensure!(!draft.text.is_empty(), text = "Write something");
            tx.execute(&INSERT, &[draft.text.to_value()])?.one_or(NotFound)?;
            ensure!(draft.text != "fail", Error::internal("the disk is on fire"));
            assert!(draft.text != "panic", "at the disco");
            Ok(Reply::signal("text", ""))
        }))
    }),
);

const TOUCH: Command = Command::new(
    "notes",
    "touch",
    Method::Post,
    "/tick/{key}",
    Run::Async(|cx, input| {
        Box::pin(async move {
            struct Tick(i64);
            impl orion::Announce for Tick {
                fn topic(&self) -> Topic {
                    Topic::declared("notes", "Tick", self.0)
                }
            }
            TICKS.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            cx.publish(Tick(input.path("key")?));
            Ok(Reply::done())
        })
    }),
);

const HOME: Page = Page::new("notes", "home", "/", |_visit| {
    Ok(Document::new(html! {
        (Embed::new(&LIST, Args::none()))
        (Embed::new(&MINE, Args::none()))
        (Embed::new(&TICK, Args::new(&(7,))))
        (Embed::new(&HERE, Args::none()))
    })
    .title("Notes"))
});
const BROKEN: Page = Page::new("notes", "broken", "/broken", |_visit| Err(Error::internal("no ink")));

const NOTES: Slice = Slice::new("notes")
    .tables(&["notes"])
    .migrations(&[Migration::new(
        "CREATE",
        "create table notes (id integer primary key, text text not null) strict",
    )])
    .regions(&[&LIST, &MINE, &TICK, &HERE])
    .commands(&[&ADD, &TOUCH])
    .pages(&[&HOME, &BROKEN]);

fn app() -> App {
    App::new("notes").slice(&NOTES)
}

fn add() -> Action {
    Action::new(Method::Post, path("/notes", &[]))
}

async fn opened(app: &TestApp) -> Screen {
    app.browser().open("/").await
}

#[tokio::test]
async fn the_first_paint_is_complete() {
    let app = TestApp::start(app()).await;
    let mut browser = app.browser();
    browser.act(add(), json!({"text": "milk"})).await.expect_status(200..=200);
    let page = browser.get("/").await.expect_status(200..=200);
    assert!(page.text.contains("<title>Notes</title>"), "{}", page.text);
    assert!(
        page.text.contains(r#"<div id="notes-list" data-orion-region><ul><li>milk</li></ul></div>"#),
        "{}",
        page.text
    );
    assert_eq!(page.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn an_open_screen_sees_what_somebody_else_does() {
    let app = TestApp::start(app()).await;
    let mut screen = opened(&app).await;
    assert_eq!(screen.shows("notes-list"), r#"<div id="notes-list" data-orion-region><ul></ul></div>"#);
    app.browser().act(add(), json!({"text": "milk"})).await.expect_status(200..=200);
    screen.until("notes-list", "<li>milk</li>").await;
}

#[tokio::test]
async fn a_personal_region_is_its_viewers_own() {
    let app = TestApp::start(app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    let (mut annas, mut bens) = (anna.open("/").await, ben.open("/").await);
    let id = anna.viewer().unwrap().id().to_owned();
    ben.act(add(), json!({"text": id})).await.expect_status(200..=200);
    annas.until("notes-mine", "1 of mine").await;
    bens.until("notes-list", &id).await;
    assert!(bens.shows("notes-mine").contains("0 of mine"));
}

#[tokio::test]
async fn a_declared_topic_repaints_the_region_that_listens_to_it() {
    let app = TestApp::start(app()).await;
    let mut screen = opened(&app).await;
    let before = screen.shows("notes-tick-7").to_owned();
    let touch = |key: i64| Action::new(Method::Post, path("/tick/{key}", &[&key]));
    app.browser().act(touch(7), ()).await.expect_status(204..=204);
    while screen.shows("notes-tick-7") == before {
        screen.next().await;
    }
}

#[tokio::test]
async fn who_comes_and_who_goes_is_seen() {
    let app = TestApp::start(app()).await;
    let mut first = opened(&app).await;
    first.until("notes-here", "1 here").await;
    let second = opened(&app).await;
    first.until("notes-here", "2 here").await;
    drop(second);
    first.until("notes-here", "1 here").await;
}

#[tokio::test]
async fn a_message_stands_beside_its_field_and_goes_when_it_no_longer_holds() {
    let app = TestApp::start(app()).await;
    let mut browser = app.browser();
    let refused = browser.act(add(), json!({"text": ""})).await.expect_status(200..=200);
    assert!(refused.text.contains(r#"{"errors":{"text":"Write something"}}"#), "{}", refused.text);
    let accepted = browser.act(add(), json!({"text": "x", "errors": {"text": "Write something"}})).await;
    assert!(accepted.text.contains(r#""errors":{"text":""}"#), "{}", accepted.text);
}

#[tokio::test]
async fn a_form_without_javascript_works_too() {
    let app = TestApp::start(app()).await;
    let mut browser = app.browser();
    let sent = browser.submit("/notes", [("text", "milk")]).await.expect_status(303..=303);
    assert_eq!(sent.header("location"), "/");
    let refused = browser.submit("/notes", [("text", "")]).await.expect_status(422..=422);
    assert!(refused.text.contains("Write something"));
    assert!(browser.get("/").await.text.contains("<li>milk</li>"));
}

#[tokio::test]
async fn a_command_that_fails_or_panics_leaves_nothing_and_others_commit() {
    let app = TestApp::start(app()).await;
    let mut browser = app.browser();
    for (text, word) in [("fail", "the disk is on fire"), ("panic", "at the disco")] {
        let answer = browser.act(add(), json!({"text": text})).await.expect_status(500..=500);
        assert!(answer.text.contains(word), "development shows the cause: {}", answer.text);
    }
    browser.act(add(), json!({"text": "fine"})).await.expect_status(200..=200);
    let notes: Vec<String> = app.read(|db| db.all(&ALL, &[])).await.unwrap();
    assert_eq!(notes, ["fine"]);
}

#[tokio::test]
async fn a_page_that_fails_says_so() {
    let app = TestApp::start(app()).await;
    let page = app.browser().get("/broken").await.expect_status(500..=500);
    assert!(page.text.contains("painting the page notes::broken: no ink"), "{}", page.text);
    let nothing = app.browser().get("/nothing").await.expect_status(404..=404);
    assert!(nothing.text.contains("There is nothing here."), "{}", nothing.text);
}

#[tokio::test]
async fn a_cross_site_request_is_refused_and_writes_nothing() {
    let app = TestApp::start(app()).await;
    let request = axum::http::Request::post("/notes")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("text=spam"))
        .unwrap();
    assert_eq!(app.browser().send(request).await.status(), 403);
    let notes: Vec<String> = app.read(|db| db.all(&ALL, &[])).await.unwrap();
    assert!(notes.is_empty());
}

#[tokio::test]
async fn a_body_that_is_malformed_too_large_or_of_the_wrong_type_is_4xx_and_nothing_is_written() {
    let app = TestApp::start(app()).await;
    let mut browser = app.browser();
    let cases: [(&str, &[u8], u16); 4] = [
        ("application/json", b"{", 400),
        ("text/plain", b"hello", 415),
        ("application/json", br#"{"text": 7}"#, 422),
        ("application/json", &vec![b' '; (1 << 20) + 1], 413),
    ];
    for (kind, body, status) in cases {
        let request = axum::http::Request::post("/notes").header("content-type", kind);
        let response = browser.send(request.body(axum::body::Body::from(body.to_vec())).unwrap()).await;
        assert_eq!(response.status(), status, "{kind}");
    }
    let notes: Vec<String> = app.read(|db| db.all(&ALL, &[])).await.unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    browser.act(add(), json!({"text": "fine"})).await.expect_status(200..=200);
}

#[tokio::test]
async fn a_forged_reference_is_told_204() {
    let app = TestApp::start(app()).await;
    let mut anna = app.browser();
    let page = anna.get("/").await.text;
    let token = page.split_once("/_orion/live?page=").unwrap().1.split('\'').next().unwrap().to_owned();
    let ask = |token: &str| {
        axum::http::Request::get(format!("/_orion/live?page={token}"))
            .body(axum::body::Body::empty())
            .unwrap()
    };
    assert_eq!(anna.send(ask(&token)).await.status(), 200);
    assert_eq!(
        anna.send(ask(&token.replacen(&token[..1], if token.starts_with('A') { "B" } else { "A" }, 1)))
            .await
            .status(),
        204
    );
    assert_eq!(anna.send(ask("")).await.status(), 204);
    let mut ben = app.browser();
    ben.get("/").await;
    assert_eq!(ben.send(ask(&token)).await.status(), 204, "a reference is its viewer's own");
    assert_eq!(app.browser().send(ask(&token)).await.status(), 204, "a stranger has no reference");
}

#[tokio::test]
async fn files_are_served_under_names_that_change_with_their_content() {
    let app = TestApp::start(app().files(&[orion::File::new("site.css", b"p { color: red }")])).await;
    let mut browser = app.browser();
    let page = browser.get("/").await.text;
    let link = page.split_once("/static/site.").unwrap().1.split_once('"').unwrap().0.to_owned();
    let hashed = browser.get(format!("/static/site.{link}")).await.expect_status(200..=200);
    assert_eq!(hashed.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(
        (hashed.header("content-type"), hashed.text.as_str()),
        ("text/css; charset=utf-8", "p { color: red }")
    );
    let plain = browser.get("/static/site.css").await.expect_status(200..=200);
    assert_eq!(plain.header("cache-control"), "no-cache");
    browser.get("/static/../Cargo.toml").await.expect_status(404..=404);
}

#[tokio::test]
async fn two_routes_that_are_one_stop_the_boot() {
    const AGAIN: Slice = Slice::new("again").pages(&[&HOME]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = orion::serve::Config::new("notes");
    config.database = folder.path().join("notes.db");
    let Err(error) = app().slice(&AGAIN).start(&config) else { panic!("it starts") };
    let said = error.to_string();
    assert!(
        said.starts_with("page `notes::home` (") && said.contains(" answers GET /, and page `again::home` ("),
        "{said}"
    );
}

#[tokio::test]
async fn a_file_that_is_named_in_markup_is_served_under_that_name() {
    let path = orion::asset!("src/app", "orion.css");
    let app =
        TestApp::start(app().files(&[orion::File::new("orion.css", include_bytes!("../src/app/orion.css"))]))
            .await;
    let answer = app.browser().get(path).await.expect_status(200..=200);
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
}

#[tokio::test]
async fn a_page_names_the_applications_icon_or_none() {
    let bare = TestApp::start(app()).await;
    assert!(bare.browser().get("/").await.text.contains(r#"<link rel="icon" href="data:,">"#));
    let iconic = TestApp::start(app().files(&[orion::File::new("favicon.svg", b"<svg/>")])).await;
    let page = iconic.browser().get("/").await.text;
    assert!(page.contains(r#"<link rel="icon" href="/static/favicon."#), "{page}");
}
