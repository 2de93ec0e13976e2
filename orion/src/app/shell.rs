//! The document shell: what every page has around its body.

use maud::{DOCTYPE, Markup, html};

use super::Document;
use super::files::{Files, Script};
use crate::live::markup::ELEMENT;
use crate::nonce::Nonce;

/// The whole document. `live` is the element that holds the page's stream; empty where the page has no region.
pub(crate) fn shell(document: &Document, files: &Files, app: &str, live: &Markup, nonce: &Nonce) -> Markup {
    html! {
        (DOCTYPE)
        // By this attribute Datastar does without `eval`: it compiles expressions as scripts with the nonce, and takes it away.
        html lang="en" data-nonce=(nonce) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (document.title.as_deref().unwrap_or(app)) }
                link rel="icon" href=(files.icon);
                @for path in &files.styles { link rel="stylesheet" href=(path); }
                // Before the script whose events it hears.
                @if !live.0.is_empty() { script type="module" nonce=(nonce) src=(files.page) {} }
                @match &files.script {
                    Script::Embedded(path) => script type="module" nonce=(nonce) src=(path) {},
                    Script::Cdn { url, integrity } => {
                        script type="module" nonce=(nonce) src=(url) integrity=(integrity) crossorigin="anonymous" {}
                    }
                }
                (document.head)
            }
            body {
                (document.body)
                div id="orion-toasts" aria-live="polite" { (refusal()) }
                (live)
            }
        }
    }
}

/// Tells the actor that a command was refused: Datastar's client reads bodies of status 200 only, so the page must say it. The
/// next command that starts takes the words away.
fn refusal() -> Markup {
    // The live stream has its own words for what happens to it.
    let hear = format!(
        "evt.detail.el.id !== '{ELEMENT}' && (evt.detail.type === 'error' ? $_refused = Number(evt.detail.argsRaw.status) \
         : evt.detail.type === 'started' && ($_refused = 0))"
    );
    html! {
        div id="orion-refusal" class="orion-toast" role="alert" hidden
            data-signals:_refused="0"
            data-on:datastar-fetch=(hear)
            data-attr:hidden="!$_refused"
            data-text="({403: 'You may not do this.', 404: 'That is not there any more.', 413: 'That is too large.', \
                503: 'The server is busy. Try again in a moment.'})[$_refused] || 'That did not work.'" {}
    }
}

/// The page that says that there is none: one sentence, and in development the whole chain of causes.
pub(crate) fn failure(status: u16, sentence: &str, chain: Option<&str>) -> Document {
    Document::new(html! {
        main class="orion-failure" {
            h1 { (status) }
            p { (sentence) }
            @if let Some(chain) = chain { pre { (chain) } }
            p { a href="/" { "Back to the start" } }
        }
    })
    .title(format!("{status}"))
}
