//! What every case has: the application, a page that shows it, and what the list must show.

use orion::decl::Statement;
use orion::store::sqlite::{Options, Sqlite};
use orion::{Tx, Value};
use orion_tests::process::Launch;
use orion_tests::{App, Browser, Proxy, Window, binary};
use serde_json::json;
use std::time::SystemTime;

/// What the page's list consists of.
pub(crate) const ITEMS: &str = "#todos-list li";

/// What is shown while the connection is lost.
pub(crate) const BANNER: &str = "#orion-banner";

/// Keeps, in the page, what became of its stream and of its commands, when each item was first shown, and which timers are pending.
const RECORD: &str = "
    window.heard = [];
    window.commands = [];
    document.addEventListener('datastar-fetch', ({ detail: { el, type } }) => {
        (el.id === 'orion-live' ? heard : commands).push(type);
    });

    window.shownAt = {};
    const look = () => all('#todos-list li').forEach((e) => {
        shownAt[shown(e)] ??= performance.timeOrigin + performance.now();
    });
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    look();

    window.timers = new Map();
    const { setTimeout: set, clearTimeout: clear } = window;
    window.setTimeout = (f, time, ...args) => {
        const id = set(() => { timers.delete(id); f(...args); }, time);
        timers.set(id, time);
        return id;
    };
    window.clearTimeout = (id) => { timers.delete(id); clear(id); };
";

const INSERT: Statement = Statement::new("insert into todos (title) values (:title)").writes(&["todos"]);

/// Options of an application whose end waits for nothing, and whose end the test would notice if it did.
pub(crate) fn todos() -> Launch {
    App::of(binary("todos")).env("ORION_SHUTDOWN_TIMEOUT", "3600").env("ORION_DEVELOPMENT", "false")
}

pub(crate) struct Scene {
    pub(crate) app: App,
    pub(crate) anna: Window,
    /// What the list shows, when it is right.
    pub(crate) titles: Vec<String>,
}

impl Scene {
    /// A page that speaks with the application itself.
    pub(crate) async fn direct() -> Self {
        let app = todos().start().await;
        let origin = app.url();
        Self::open(app, &origin).await
    }

    /// A page that speaks with it through a proxy.
    pub(crate) async fn behind_a_proxy() -> (Self, Proxy) {
        let app = todos().start().await;
        let proxy = Proxy::start(app.port()).await;
        (Self::open(app, &proxy.url()).await, proxy)
    }

    /// A page whose stream is open.
    pub(crate) async fn open(app: App, origin: &str) -> Self {
        let anna = Browser::start().await.window(origin).await;
        anna.goto("/").await;
        let mut scene = Self { app, anna, titles: Vec::new() };
        scene.record().await;
        scene.change("first").await;
        scene.is_right().await;
        scene
    }

    /// Begins to record what happens in the page, after it was loaded.
    pub(crate) async fn record(&self) {
        self.anna.eval(RECORD, json!(null)).await;
    }

    /// Somebody else, whom no proxy stands in the way of, adds an item.
    pub(crate) async fn change(&mut self, title: &str) {
        let answer = self.app.client().post("/todos").form(&[("title", title)]).send().await;
        assert_eq!(answer.status, 303);
        self.titles.push(title.to_owned());
    }

    /// An item is added while no process runs: nobody hears of it.
    pub(crate) async fn change_the_file(&mut self, title: &'static str) {
        // It takes the lock of a process that runs: that none does is proven by the way.
        let store = Sqlite::open(self.app.folder().join("todos.db"), &Options::default()).unwrap();
        let insert = move |tx: &Tx| tx.execute(&INSERT, &[Value::Text(title)]).map(|_| ());
        orion::store::write(&store, insert).await.unwrap();
        store.close();
        self.titles.push(title.to_owned());
    }

    /// The page says that the connection is lost.
    pub(crate) async fn is_lost(&self) {
        self.anna.wait_text(BANNER, "The connection is lost. Trying to reconnect …").await;
    }

    /// The list shows what it must.
    pub(crate) async fn is_right(&self) {
        let titles: Vec<&str> = self.titles.iter().map(String::as_str).collect();
        self.anna.wait_texts(ITEMS, &titles).await;
    }

    /// The page becomes right by itself. Prints how long after `reachable` that was, by the time of the last item.
    pub(crate) async fn recovers(&self, case: &str, reachable: SystemTime) {
        self.is_right().await;
        let shown = self.anna.eval("return shownAt[args]", json!(self.titles.last())).await;
        let since = reachable.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
        println!("{case}: right {:.0} ms after it could be reached", shown.as_f64().unwrap() - since);
        self.anna.wait_gone(BANNER).await;
    }

    /// From here on all is as it was before: every change comes once, through one stream; commands go through; nothing
    /// was wrong on the way.
    pub(crate) async fn goes_on(mut self) {
        // Pending timers are attempts yet to come; those of whoever waits in the page are longer.
        let quiet = "return [...timers.values()].every((time) => time > 10000)";
        self.anna.wait_until("no further attempt was pending", quiet, json!(null)).await;
        self.anna.eval("heard.length = 0", json!(null)).await;
        for title in ["further", "and further"] {
            self.change(title).await;
            self.is_right().await;
        }
        assert_eq!(
            self.anna.eval("return heard", json!(null)).await,
            json!(["datastar-patch-elements", "datastar-patch-elements"])
        );
        let open = self.titles.len() - 1;
        self.anna.click("#todo-1 button").await;
        self.anna.wait_text("#todos-list", &format!("{open} remaining")).await;
        self.is_right().await;
        assert_eq!(self.anna.console_errors().await, [""; 0]);
    }
}
