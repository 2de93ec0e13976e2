//! What somebody sees who has a page open, and half a sentence written, while others write and the process is replaced.

use orion_tests::process::Launch;
use orion_tests::{App, Browser, Load, Proxy, Window, binary};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const ITEMS: &str = "#todos-list li";
const FIELD: &str = "input";
/// Steadily, and few enough that the list stays one that a browser shows at once.
const PAUSE: Duration = Duration::from_millis(50);

/// Keeps what the page's stream said, and marks the document: another one has no mark.
const RECORD: &str = "
    window.mark = true;
    window.heard = [];
    document.addEventListener('datastar-fetch', ({ detail: { type } }) => heard.push(type));
";

fn todos() -> Launch {
    App::of(binary("todos")).env("ORION_DEVELOPMENT", "false").env("ORION_LOG", "warn")
}

/// A page with half a sentence in its field, and somebody who writes all the time.
struct Scene {
    app: App,
    anna: Window,
    load: Load,
}

impl Scene {
    /// `origin` is where the page is opened; the writer speaks with the application itself.
    async fn open(app: App, origin: &str) -> Self {
        let anna = Browser::start().await.window(origin).await;
        anna.goto("/").await;
        anna.eval(RECORD, json!(null)).await;
        let load = Load::start(&app.client(), 1, PAUSE);
        anna.type_into(FIELD, "half a sen").await;
        load.goes_on().await;
        Self { app, anna, load }
    }

    /// The process is there again: waits until the page shows what was written from now on, and prints how long that took.
    async fn recovers(&self, case: &str) {
        let (since, title) = (Instant::now(), format!("after {case}"));
        assert_eq!(self.app.client().post("/todos").form(&[("title", &*title)]).send().await.status, 303);
        self.anna.wait_text("#todos-list", &title).await;
        println!("{case}: a right screen {} ms after the process was there", since.elapsed().as_millis());
        self.load.goes_on().await;
    }

    async fn still_half_typed(&self) {
        self.anna.wait_value(FIELD, "half a sen").await;
    }

    /// Sends what was typed.
    async fn finish_the_sentence(&self) {
        self.anna.type_into(FIELD, "tence").await;
        self.anna.click("form button").await;
        self.anna.wait_text("#todos-list", "half a sentence").await;
        self.anna.wait_value(FIELD, "").await;
    }

    /// Nothing that was answered is lost, and no screen is stale: the page shows what a fresh visit shows.
    async fn ends(self, case: &str) {
        self.load.stop_and_count(case).await;
        let page = self.app.client().get("/").send().await.text();
        let list = page.split("<ul>").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a list");
        let items = list.split("</button></li>").filter_map(|item| item.rsplit_once('>'));
        let truth: Vec<&str> = items.map(|(_, title)| title).collect();
        self.anna.wait_texts(ITEMS, &truth[..]).await;
        println!("{case}: {} items on the screen, which is what a fresh visit shows", truth.len());
        assert_eq!(self.anna.console_errors().await, [""; 0]);
    }
}

#[tokio::test]
async fn a_graceful_restart() {
    let case = "graceful restart";
    let app = todos().activated().start().await;
    let origin = app.url();
    let mut scene = Scene::open(app, &origin).await;
    scene.app.restart().await;
    scene.recovers(case).await;
    scene.still_half_typed().await;
    scene.finish_the_sentence().await;
    assert_eq!(scene.anna.eval("return window.mark", json!(null)).await, true, "the same build: no reload");
    scene.ends(case).await;
}

#[tokio::test]
async fn a_kill() {
    let case = "kill -9";
    let app = todos().activated().start().await;
    let origin = app.url();
    let mut scene = Scene::open(app, &origin).await;
    scene.app.kill9();
    scene.app.restart().await;
    scene.recovers(case).await;
    scene.still_half_typed().await;
    scene.finish_the_sentence().await;
    scene.ends(case).await;
}

#[tokio::test]
async fn a_restart_behind_a_proxy_that_answers_502_meanwhile() {
    let case = "restart behind a proxy";
    let app = todos().activated().start().await;
    let proxy = Proxy::start(app.port()).await;
    let mut scene = Scene::open(app, &proxy.url()).await;
    proxy.bad_gateway();
    assert_eq!(scene.app.term().await.code(), Some(0));
    let refused = |seen: &orion_tests::proxy::Seen| seen.refused >= 2;
    proxy.wait_until("the page was told 502, and came again", refused).await;
    scene.app.restart().await;
    proxy.pass();
    scene.recovers(case).await;
    scene.still_half_typed().await;
    scene.finish_the_sentence().await;
    scene.ends(case).await;
}

/// Another build: the same program with another byte at its end.
fn another_build(name: &str, app: &App) -> PathBuf {
    let program = app.folder().join("another");
    std::fs::copy(binary(name), &program).unwrap();
    let mut file = std::fs::File::options().append(true).open(&program).unwrap();
    std::io::Write::write_all(&mut file, b"2").unwrap();
    program
}

/// Waits until the page knows that it may load itself again. From then on only somebody who is busy with it holds it back.
async fn is_due(anna: &Window) {
    anna.wait_visible("html[data-orion-outdated]").await;
}

async fn was_loaded_again(anna: &Window) {
    let again = "return !window.mark && performance.getEntriesByType('navigation')[0].type === 'reload'";
    anna.wait_until("the page was loaded again", again, json!(null)).await;
}

#[tokio::test]
async fn a_new_build_is_loaded_once_and_not_before_the_draft_was_sent() {
    let case = "new build";
    let app = todos().activated().start().await;
    let origin = app.url();
    let mut scene = Scene::open(app, &origin).await;
    let program = another_build("todos", &scene.app);
    scene.app.deploy(program);
    scene.app.restart().await;
    scene.recovers(case).await;
    is_due(&scene.anna).await;
    // Neither in the field nor busy any more: only the draft holds the page back.
    scene.anna.click("h1").await;
    let quiet = "window.since ??= performance.now(); return performance.now() - since > 4000";
    scene.anna.wait_until("nobody had done anything for a while", quiet, json!(null)).await;
    scene.still_half_typed().await;
    assert_eq!(scene.anna.eval("return window.mark", json!(null)).await, true, "not before it was sent");

    scene.finish_the_sentence().await;
    was_loaded_again(&scene.anna).await;
    scene.anna.eval(RECORD, json!(null)).await;
    // Its stream is of this build, from its beginning to its end: there is nothing to load again.
    scene.app.restart().await;
    scene.recovers("the same build again").await;
    let told = "return heard.includes('datastar-build')";
    assert_eq!(scene.anna.eval(told, json!(null)).await, false, "once");
    scene.ends(case).await;
}

#[tokio::test]
async fn a_page_that_an_old_cache_gives_is_not_loaded_again_for_ever() {
    let app = todos().activated().start().await;
    let origin = app.url();
    let mut scene = Scene::open(app, &origin).await;
    // It was tried for this build before, as if the page had come from a cache; and whatever waits does not any more.
    let tried = "document.addEventListener('datastar-fetch', ({ detail: { type, argsRaw } }) => {
        if (type !== 'datastar-build') return;
        sessionStorage.setItem('orion-build', argsRaw.id);
        const { setTimeout: set } = window;
        window.setTimeout = (f) => set(f, 0);
    }, true)";
    scene.anna.eval(tried, json!(null)).await;
    scene.anna.clear(FIELD).await;
    let program = another_build("todos", &scene.app);
    scene.app.deploy(program);
    scene.app.restart().await;
    scene.recovers("new build behind a cache").await;
    assert_eq!(scene.anna.eval("return heard.includes('datastar-build')", json!(null)).await, true);
    assert!(!scene.anna.sees("html[data-orion-outdated]").await);
    scene.ends("new build behind a cache").await;
}

#[tokio::test]
async fn what_was_sent_is_no_draft_and_the_focus_stays_where_it_was() {
    let mut app = App::of(binary("cells")).env("ORION_LOG", "warn").activated().start().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    anna.eval(RECORD, json!(null)).await;
    anna.click("#c0-7").await;
    anna.wait_visible("#c0-7[checked]").await;
    let program = another_build("cells", &app);
    app.deploy(program);
    app.restart().await;
    was_loaded_again(&anna).await;
    anna.wait_until("the focus was there", "return document.activeElement.id === 'c0-7'", json!(null)).await;
    assert_eq!(anna.console_errors().await, [""; 0]);
}

/// Whoever did something two seconds ago is not busy, whatever the clock said when they did it.
#[tokio::test]
async fn a_new_build_is_loaded_though_the_visitors_clock_was_put_back() {
    let mut app = todos().activated().start().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    anna.eval(RECORD, json!(null)).await;
    anna.click("h1").await;
    anna.eval("const now = Date.now; Date.now = () => now() - 5 * 3600000", json!(null)).await;
    let program = another_build("todos", &app);
    app.deploy(program);
    app.restart().await;
    was_loaded_again(&anna).await;
}
