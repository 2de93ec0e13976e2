//! Waiting inside the page: a condition is looked at after every change of the document, where it happens.

use super::Window;
use super::target::{IN_PAGE, Target};
use fantoccini::error::CmdError;
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Looks at `check` after each mutation; and every 25 ms, because a property such as `value` changes without one. A
/// condition that throws does not hold yet; its error is told if it never does.
const WATCH: &str = "
    let error = null;
    const look = () => {
        try {
            const value = check();
            if (value) finish({ value });
        } catch (thrown) {
            error = String(thrown);
        }
    };
    const observer = new MutationObserver(look);
    const finish = (result) => {
        observer.disconnect();
        clearInterval(poll);
        clearTimeout(timer);
        done(result);
    };
    const poll = setInterval(look, 25);
    const timer = setTimeout(() => finish({ error }), patience);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
";

/// How long a page may take to answer when its own time limit is over: not for ever if it is stuck, or runs no timers
/// because JavaScript is off.
const ANSWER: Duration = Duration::from_secs(5);

impl Window {
    /// Waits until `condition` holds in the page and returns what it returned. It is the body of a JavaScript
    /// function which sees `args`, and the functions `find([css, text])`, `all(css)` and `shown(element)`. `what` says
    /// it in words, for the one who reads the failure.
    ///
    /// A page that reloads while it is waited on goes on being waited on.
    pub async fn wait_until(&self, what: &str, condition: &str, args: Json) -> Json {
        let start = Instant::now();
        loop {
            let left = self.patience.saturating_sub(start.elapsed());
            let patience = left.as_millis();
            let script = format!(
                "new Promise((done) => {{
                    const args = {args}, patience = {patience};
                    {IN_PAGE}
                    const check = () => {{ {condition} }};
                    {WATCH}
                }})"
            );
            let Ok(result) = timeout(left + ANSWER, self.promise(script)).await else {
                self.fail(what, Some("the page did not answer")).await;
            };
            match result {
                Ok(mut result) if result.get("value").is_some() => return result["value"].take(),
                Ok(result) => self.fail(what, result["error"].as_str()).await,
                // The document went away while it was waited on.
                Err(error) if error.is_unknown_error() && !left.is_zero() => {}
                Err(error) => self.fail(what, Some(&error.to_string())).await,
            }
        }
    }

    /// Waits until `target` shows `text` somewhere in it.
    pub async fn wait_text(&self, target: impl Into<Target>, text: &str) {
        let target = target.into();
        let condition = "const e = find(args[0]); return e && shown(e).includes(args[1])";
        let what = format!("{target} showed {text:?}");
        self.wait_until(&what, condition, json!([target.argument(), text])).await;
    }

    /// Waits until the elements that match `css` show exactly `texts`, in this order.
    pub async fn wait_texts(&self, css: &str, texts: &[&str]) {
        let condition = "return JSON.stringify(all(args[0]).map(shown)) === JSON.stringify(args[1])";
        let what = format!("the texts of `{css}` were {texts:?}");
        self.wait_until(&what, condition, json!([css, texts])).await;
    }

    /// Waits until `count` elements match `css`.
    pub async fn wait_count(&self, css: &str, count: usize) {
        let what = format!("there were {count} of `{css}`");
        self.wait_until(&what, "return all(args[0]).length === args[1]", json!([css, count])).await;
    }

    /// Waits until a form field holds exactly `value`.
    pub async fn wait_value(&self, target: impl Into<Target>, value: &str) {
        let target = target.into();
        let what = format!("the value of {target} was {value:?}");
        self.wait_until(&what, "return find(args[0])?.value === args[1]", json!([target.argument(), value]))
            .await;
    }

    /// Waits until `target` is there and displayed.
    pub async fn wait_visible(&self, target: impl Into<Target>) {
        let target = target.into();
        let what = format!("{target} could be seen");
        self.wait_until(&what, "return find(args)?.checkVisibility()", target.argument()).await;
    }

    /// Waits until `target` is not there, or not displayed.
    pub async fn wait_gone(&self, target: impl Into<Target>) {
        let target = target.into();
        let what = format!("{target} was gone");
        self.wait_until(&what, "return !find(args)?.checkVisibility()", target.argument()).await;
    }

    /// Ends the test with all that can be known about the page.
    pub(super) async fn fail(&self, what: &str, error: Option<&str>) -> ! {
        let page = timeout(ANSWER, self.describe()).await;
        let page = page.unwrap_or_else(|_| "a page that does not answer".to_owned());
        let error = error.map(|error| format!("\n--- because: {error}")).unwrap_or_default();
        panic!("it did not happen within {:?} that {what}{error}\n--- {page}", self.patience);
    }

    /// The page and its console as a person sees them.
    async fn describe(&self) -> String {
        let page =
            "return [location.href, document.hidden ? ' (hidden)' : '', document.body?.innerText ?? '']";
        let page = self.eval(page, Json::Null).await;
        let part = |part: usize| page[part].as_str().unwrap_or_default();
        let console: Vec<String> = self.console().await.iter().map(ToString::to_string).collect();
        format!("{}{}:\n{}\n--- console:\n{}", part(0), part(1), cut(part(2)), console.join("\n"))
    }

    async fn promise(&self, expression: String) -> Result<Json, CmdError> {
        self.turn().await.promise(expression).await
    }
}

/// As much of a long page as is worth printing.
fn cut(text: &str) -> &str {
    text.char_indices().nth(2000).map_or(text, |(end, _)| &text[..end])
}
