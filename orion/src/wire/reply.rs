//! What a command answers its actor with. Shared truth reaches everyone, the actor too, through their live stream.

use std::fmt::Display;

use maud::html;
use serde::Serialize;
use serde_json::{Map, Value};

use super::event::{Event, ExecuteScript, Mode, PatchElements};
use super::location::Location;
use super::signal_name;
use crate::error::{Error, Result};

/// The answer to a command, for the actor only.
///
/// ```
/// use orion::prelude::*;
///
/// let nothing = Reply::done();
/// let cleared = Reply::signal("title", "").and_signal("draft.open", false).and_toast("Saved");
/// let away = Reply::redirect("/boards/7");
/// # let _ = (nothing, cleared, away);
/// ```
///
/// Signals are sent first, in one patch; then the events, in their order; then the redirect. A client without Datastar gets
/// the redirect only, and where there is none it is sent back to the page it came from.
#[derive(Debug, Clone, Default)]
#[must_use = "a reply does nothing until the command returns it"]
pub struct Reply {
    pub(super) signals: Map<String, Value>,
    pub(super) events: Vec<Event<'static>>,
    pub(super) redirect: Option<Location>,
    /// The first thing that cannot be sent. Reported when the command returns, so that nothing it wrote is kept.
    fault: Option<String>,
}

impl Reply {
    /// Nothing to say: the change itself arrives through the live stream.
    pub fn done() -> Self {
        Self::default()
    }

    /// Sets a signal of the page. Dots nest: `address.street`. The name is a text, or a [`Signal`](super::Signal) of a command:
    /// `create::signals().title`.
    ///
    /// A value that cannot be written as JSON makes the command fail.
    pub fn signal(name: impl AsRef<str>, value: impl Serialize) -> Self {
        Self::done().and_signal(name, value)
    }

    /// Sets another signal.
    pub fn and_signal(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        let name = name.as_ref();
        match serde_json::to_value(value) {
            Ok(value) => signal_name::set(&mut self.signals, name, value),
            Err(cause) => self.fail(format!("the signal `{name}` cannot be written as JSON: {cause}")),
        }
        self
    }

    /// Shows a short message for five seconds, in the page's `#orion-toasts`.
    pub fn toast(text: impl Display) -> Self {
        Self::done().and_toast(text)
    }

    /// Shows a short message as well.
    pub fn and_toast(self, text: impl Display) -> Self {
        let toast = html! {
            div class="orion-toast" role="status" "data-init__delay.5s"="el.remove()" { (text.to_string()) }
        };
        self.and(PatchElements::new(toast).selector("#orion-toasts").mode(Mode::Append))
    }

    /// Sends the browser elsewhere: to a path of this site, `/boards/7`, or to an `http:` or `https:` URL.
    ///
    /// Anything else, `javascript:` for one, makes the command fail.
    pub fn redirect(target: impl AsRef<str>) -> Self {
        Self::done().and_redirect(target)
    }

    /// Sends the browser elsewhere after everything else; of two places the last counts.
    pub fn and_redirect(mut self, target: impl AsRef<str>) -> Self {
        match Location::new(target.as_ref()) {
            Some(location) => self.redirect = Some(location),
            None => self.fail(format!(
                "a reply redirects to a path that begins with `/` or to an http(s) URL, not to {:?}",
                target.as_ref()
            )),
        }
        self
    }

    /// Runs JavaScript in the page. Values belong into the text as JSON, never by pasting.
    pub fn script(text: impl Into<String>) -> Self {
        Self::done().and_script(text)
    }

    /// Runs JavaScript as well.
    pub fn and_script(self, text: impl Into<String>) -> Self {
        self.and(ExecuteScript::new(text.into()))
    }

    /// Patches elements of the actor's page.
    pub fn elements(patch: PatchElements<'static>) -> Self {
        Self::done().and(patch)
    }

    /// Sends any event of Datastar's.
    pub fn and(mut self, event: impl Into<Event<'static>>) -> Self {
        self.events.push(event.into());
        self
    }

    /// The reply, or why it cannot be sent.
    pub(super) fn checked(self) -> Result<Self> {
        match self.fault {
            None => Ok(self),
            Some(fault) => Err(Error::internal(fault)),
        }
    }

    fn fail(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}

/// What a command may return.
#[diagnostic::on_unimplemented(
    message = "a command cannot return `{Self}`",
    label = "not a reply",
    note = "return `Result<Reply>`; for nothing to say, `Ok(Reply::done())`"
)]
pub trait IntoReply {
    /// The reply, or an error where it cannot be sent.
    fn into_reply(self) -> Result<Reply>;
}

impl IntoReply for Reply {
    fn into_reply(self) -> Result<Reply> {
        self.checked()
    }
}

impl IntoReply for Result<Reply> {
    fn into_reply(self) -> Result<Reply> {
        self?.checked()
    }
}

impl IntoReply for Result<()> {
    fn into_reply(self) -> Result<Reply> {
        self.map(|()| Reply::done())
    }
}
