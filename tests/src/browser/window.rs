//! A window: going somewhere, and reading what it shows.

use super::session::{Session, Spoken};
use super::target::{IN_PAGE, Target};
use crate::DEADLINE;
use fantoccini::wd::WindowHandle;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A window of a Chromium.
///
/// What takes a [`Target`] waits until the page has it.
#[derive(Debug, Clone)]
pub struct Window {
    pub(super) session: Arc<Session>,
    pub(super) handle: WindowHandle,
    origin: String,
    pub(super) patience: Duration,
}

/// Opening and going somewhere.
impl Window {
    pub(super) async fn first(session: Arc<Session>, origin: &str) -> Self {
        let handle = session.first_window().await;
        let origin = origin.trim_end_matches('/').to_owned();
        Self { session, handle, origin, patience: DEADLINE }
    }

    /// Waits for `patience` instead of [`DEADLINE`] for what must happen.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Opens a second window of the same profile: the same cookies, both displayed. The two take turns, so a wait in
    /// one holds up the other.
    pub async fn sibling(&self) -> Self {
        let turn = self.turn().await;
        let opened = turn.answer("another window", turn.client.new_window(false)).await;
        Self { handle: opened.handle, ..self.clone() }
    }

    /// Opens a tab of the same profile in front of this one, which is hidden then. Driving it shows it again.
    pub async fn tab(&self) -> Self {
        let opened = self.turn().await.client.new_window(true).await.expect("Chromium opens a tab");
        Self { handle: opened.handle, ..self.clone() }
    }

    /// Closes the window or tab, as a person does who is done with it.
    pub async fn close(self) {
        self.turn().await.client.close_window().await.expect("the window closes");
    }

    /// Opens a path of the origin, or a whole URL, and waits until it is loaded. An open event stream does not keep a
    /// page from being loaded.
    pub async fn goto(&self, path: &str) {
        let url = if path.starts_with('/') { format!("{}{path}", self.origin) } else { path.to_owned() };
        let turn = self.turn().await;
        turn.answer(&format!("opening {url}"), turn.client.goto(&url)).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        let turn = self.turn().await;
        turn.answer("loading the page again", turn.client.refresh()).await;
    }

    /// One page back in the history.
    pub async fn back(&self) {
        let turn = self.turn().await;
        turn.answer("going back", turn.client.back()).await;
    }

    /// Where it is: path and query.
    pub async fn location(&self) -> String {
        text_of(self.eval("return location.pathname + location.search", json!(null)).await)
    }

    pub(super) async fn turn(&self) -> Spoken<'_> {
        self.session.speak_to(&self.handle).await
    }
}

/// Reading.
impl Window {
    /// What `target` shows, blanks collapsed; nothing of what is not displayed.
    pub async fn text(&self, target: impl Into<Target>) -> String {
        text_of(self.of(target.into(), "shown(e)").await)
    }

    /// What each element that matches `css` shows now.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let texts = self.eval("return all(args).map(shown)", json!(css)).await;
        texts.as_array().into_iter().flatten().cloned().map(text_of).collect()
    }

    /// The value of a form field.
    pub async fn value(&self, target: impl Into<Target>) -> String {
        text_of(self.of(target.into(), "e.value").await)
    }

    /// An attribute.
    pub async fn attribute(&self, target: impl Into<Target>, name: &str) -> Option<String> {
        let value = self.of(target.into(), &format!("e.getAttribute({})", json!(name))).await;
        value.as_str().map(str::to_owned)
    }

    /// The element's own HTML.
    pub async fn html(&self, target: impl Into<Target>) -> String {
        text_of(self.of(target.into(), "e.outerHTML").await)
    }

    /// Whether `target` has the focus.
    pub async fn is_focused(&self, target: impl Into<Target>) -> bool {
        self.of(target.into(), "e === document.activeElement").await == true
    }

    /// Whether `target` is there now and displayed.
    pub async fn sees(&self, target: impl Into<Target>) -> bool {
        self.eval("return find(args)?.checkVisibility() ?? false", target.into().argument()).await == true
    }

    /// Runs the body of a function in the page. It sees `args`, and the functions that
    /// [`wait_until`](Self::wait_until) names.
    pub async fn eval(&self, body: &str, args: Json) -> Json {
        let script = format!("{IN_PAGE} const [args] = arguments; {body}");
        let turn = self.turn().await;
        turn.answer(&format!("running `{body}`"), turn.client.execute(&script, vec![args])).await
    }

    /// Writes what is displayed to a PNG file.
    pub async fn screenshot(&self, file: impl AsRef<Path>) {
        let turn = self.turn().await;
        let image = turn.answer("taking a picture", turn.client.screenshot()).await;
        drop(turn);
        std::fs::write(file, image).expect("the picture can be written");
    }

    /// `expression` of the element `e`. Wrapped, because what is waited for must not be falsy.
    async fn of(&self, target: Target, expression: &str) -> Json {
        let condition = format!("const e = find(args); return e && [{expression}]");
        let what = format!("{target} was there");
        self.wait_until(&what, &condition, target.argument()).await[0].take()
    }
}

fn text_of(value: Json) -> String {
    match value {
        Json::String(text) => text,
        other => panic!("the page answered {other} where a text was expected"),
    }
}
