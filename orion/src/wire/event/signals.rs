//! `datastar-patch-signals`: merges values into the page's signals (RFC 7386).

use std::borrow::Cow;
use std::time::Duration;

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::{Head, PATCH_SIGNALS};
use crate::error::{Error, Result};
use crate::wire::encode::{self, Buffer, Encode};

/// Changes signals: objects merge, `null` removes, anything else replaces (RFC 7386).
///
/// Always strict JSON. The client would run anything else as JavaScript.
///
/// ```
/// use orion::wire::{Encode, PatchSignals};
/// use serde_json::json;
///
/// let patch = PatchSignals::new(&json!({ "title": "", "draft": null }))?;
/// assert_eq!(patch.encode(), "event: datastar-patch-signals\ndata: signals {\"draft\":null,\"title\":\"\"}\n\n");
/// # Ok::<(), orion::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a patch does nothing until it is sent"]
pub struct PatchSignals<'a> {
    head: Head<'a>,
    only_if_missing: bool,
    signals: Cow<'a, str>,
}

impl<'a> PatchSignals<'a> {
    /// Sets signals from anything that becomes a JSON object: a struct, a map, `json!({…})`.
    pub fn new<T: Serialize + ?Sized>(signals: &T) -> Result<Self> {
        let text = serde_json::to_string(signals)
            .map_err(|cause| Error::from(cause).while_doing("writing signals as JSON"))?;
        Self::object(text.into())
    }

    /// Sets signals from the text of a JSON object, sent as it is.
    pub fn json(text: impl Into<Cow<'a, str>>) -> Result<Self> {
        let text = text.into();
        serde_json::from_str::<IgnoredAny>(&text)
            .map_err(|cause| Error::from(cause).while_doing("reading signals as JSON"))?;
        Self::object(text)
    }

    fn object(signals: Cow<'a, str>) -> Result<Self> {
        if signals.trim_start().starts_with('{') {
            Ok(Self { head: Head::default(), only_if_missing: false, signals })
        } else {
            Err(Error::internal("signals are a JSON object: a struct, a map or `json!({…})`"))
        }
    }

    /// Leaves the signals alone that the page already has.
    pub fn only_if_missing(self, yes: bool) -> Self {
        Self { only_if_missing: yes, ..self }
    }

    /// Sets the id that a client sends back as `last-event-id` when it reconnects. Line breaks and NUL are taken out.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.head.id = Some(encode::id(id.into()));
        self
    }

    /// Sets how long a client waits before it reconnects, as [`Retry`](super::Retry) does; 1 s, the default, is not written.
    pub fn retry(mut self, wait: Duration) -> Self {
        self.head.retry = Some(wait);
        self
    }
}

impl From<Map<String, Value>> for PatchSignals<'_> {
    fn from(signals: Map<String, Value>) -> Self {
        let signals = Value::Object(signals).to_string().into();
        Self { head: Head::default(), only_if_missing: false, signals }
    }
}

impl Encode for PatchSignals<'_> {
    fn encode_into(&self, out: &mut impl Buffer) {
        self.head.encode_into(PATCH_SIGNALS, out);
        if self.only_if_missing {
            encode::line(out, "data: onlyIfMissing ", "true");
        }
        encode::data(out, "signals ", &self.signals);
        out.put("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_json_object_is_a_patch() {
        assert!(PatchSignals::json(" {\n\"a\": 1}").is_ok());
        for text in
            ["", "[]", "1", "null", "{a: 1}", "{} {}", "{}; alert(1)", "{\"a\": 1,}", "{\"a\": \"\n\"}"]
        {
            assert_eq!(PatchSignals::json(text).map_err(|error| error.status()), Err(500), "{text}");
        }
        assert!(PatchSignals::new(&7).is_err());
        assert!(PatchSignals::new(&[("a", 1)]).is_err());
    }
}
