//! One Chromium with its own profile, and which of its windows the driver speaks to.

use super::Running;
use super::driver::on_path;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::timeout;

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Instead of a port: without its driver Chromium then ends by itself.
    "--remote-debugging-pipe",
];

/// More than anything takes that Chromium does at once, loading a page on a busy machine included.
const STUCK: Duration = Duration::from_mins(1);

/// A `WebDriver` session. Its windows share it and take turns.
#[derive(Debug)]
pub(super) struct Session {
    client: Client,
    /// The window that commands go to.
    current: Mutex<WindowHandle>,
    /// Keeps chromedriver alive for as long as somebody holds a window.
    _running: Arc<Running>,
}

impl Session {
    pub(super) async fn open(running: Arc<Running>) -> Arc<Self> {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&running.driver.profile()))
            .connect(&running.driver.url())
            .await
            .expect("chromedriver opens a Chromium");
        if let Some(process) = client.capabilities().and_then(|got| got["goog:processID"].as_u64()) {
            running.driver.takes_along(process);
        }
        let current = client.window().await.expect("a new session has a window");
        Arc::new(Self { client, current: Mutex::new(current), _running: running })
    }

    /// The client, speaking to `window` for as long as the guard lives.
    pub(super) async fn speak_to(&self, window: &WindowHandle) -> Spoken<'_> {
        let mut current = self.current.lock().await;
        if *current != *window {
            self.client.switch_to_window(window.clone()).await.expect("the window is still open");
            *current = window.clone();
        }
        Spoken { client: &self.client, _turn: current }
    }

    pub(super) async fn first_window(&self) -> WindowHandle {
        self.current.lock().await.clone()
    }
}

/// A turn at one window of the session.
#[derive(Debug)]
pub(super) struct Spoken<'a> {
    pub(super) client: &'a Client,
    _turn: MutexGuard<'a, WindowHandle>,
}

impl Spoken<'_> {
    /// Waits for what a command answers, but not for a page or a driver that is stuck.
    pub(super) async fn answer<T>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> T {
        let Ok(answer) = timeout(STUCK, command).await else {
            panic!("Chromium did not answer within {STUCK:?}: {what}");
        };
        answer.unwrap_or_else(|error| panic!("Chromium refused: {what}: {error}"))
    }

    /// Sends a command of the Chrome `DevTools` Protocol to the window.
    pub(super) async fn devtools(&self, command: &str, parameters: Json) -> Json {
        self.answer(command, self.try_devtools(command, parameters)).await
    }

    /// Evaluates an expression in the page and waits for the promise that it is.
    ///
    /// Not through the driver's own asynchronous scripts: when the page is left meanwhile, it loses track of those and
    /// sometimes answers a minute later.
    pub(super) async fn promise(&self, expression: String) -> Result<Json, CmdError> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.try_devtools("Runtime.evaluate", parameters).await?;
        if answer.get("exceptionDetails").is_some() {
            return Err(CmdError::NotW3C(answer["exceptionDetails"]["exception"]["description"].take()));
        }
        Ok(answer["result"]["value"].take())
    }

    async fn try_devtools(&self, command: &str, parameters: Json) -> Result<Json, CmdError> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Sends a command that is not part of the `WebDriver` standard.
    pub(super) async fn post(&self, path: &'static str, body: Json) -> Result<Json, CmdError> {
        self.client.issue_cmd(Extension { path, body }).await
    }
}

/// A vendor's command: a POST below the session.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Json,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

fn capabilities(profile: &Path) -> Capabilities {
    let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    let chromium = on_path(&["chromium", "chromium-browser", "google-chrome"]);
    let mut capabilities = Capabilities::new();
    capabilities.insert("goog:chromeOptions".to_owned(), json!({ "binary": chromium, "args": flags }));
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    // A test closes the dialogs it provokes; one it did not expect fails its next step.
    capabilities.insert("unhandledPromptBehavior".to_owned(), json!("ignore"));
    capabilities
}
