//! From the suite's descriptions of events to the events.

#[cfg(test)]
mod golden;

use std::fmt;
use std::time::Duration;

use orion::prelude::*;
use orion::wire::{Event, ExecuteScript, Mode, Namespace, PatchElements, PatchSignals};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

/// What the signals of a request hold.
#[derive(Debug, Deserialize)]
pub(crate) struct Batch {
    events: Vec<Description>,
}

impl Batch {
    /// The events in their order.
    pub(crate) fn reply(self) -> Result<Reply> {
        self.events.into_iter().try_fold(Reply::done(), |reply, event| Ok(reply.and(event.event()?)))
    }
}

/// An event as the suite describes it.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Description {
    PatchElements {
        #[serde(default)]
        elements: String,
        selector: Option<String>,
        #[serde(default)]
        mode: Mode,
        #[serde(default)]
        use_view_transition: bool,
        view_transition_selector: Option<String>,
        #[serde(default)]
        namespace: Namespace,
        event_id: Option<String>,
        retry_duration: Option<u64>,
    },
    PatchSignals {
        #[serde(default)]
        signals: Map<String, Value>,
        /// Text that is sent as it is, instead of `signals`.
        #[serde(rename = "signals-raw")]
        signals_raw: Option<String>,
        #[serde(default)]
        only_if_missing: bool,
        event_id: Option<String>,
        retry_duration: Option<u64>,
    },
    ExecuteScript {
        script: String,
        #[serde(default)]
        attributes: Attributes,
        auto_remove: Option<bool>,
        event_id: Option<String>,
        retry_duration: Option<u64>,
    },
}

impl Description {
    fn event(self) -> Result<Event<'static>> {
        Ok(match self {
            Self::PatchElements {
                elements,
                selector,
                mode,
                use_view_transition,
                view_transition_selector,
                namespace,
                event_id,
                retry_duration,
            } => {
                let patch = PatchElements::new(PreEscaped(elements))
                    .mode(mode)
                    .use_view_transition(use_view_transition)
                    .namespace(namespace);
                let patch = set(patch, selector, PatchElements::selector);
                let patch = set(patch, view_transition_selector, PatchElements::view_transition_selector);
                let patch = set(patch, event_id, PatchElements::id);
                set(patch, wait(retry_duration), PatchElements::retry).into()
            }
            Self::PatchSignals { signals, signals_raw, only_if_missing, event_id, retry_duration } => {
                let patch = match signals_raw {
                    Some(text) => PatchSignals::json(text)?,
                    None => signals.into(),
                };
                let patch = set(patch.only_if_missing(only_if_missing), event_id, PatchSignals::id);
                set(patch, wait(retry_duration), PatchSignals::retry).into()
            }
            Self::ExecuteScript { script, attributes, auto_remove, event_id, retry_duration } => {
                let script = attributes
                    .0
                    .iter()
                    .fold(ExecuteScript::new(script), |script, (name, value)| script.attribute(name, value));
                let script = set(script, auto_remove, ExecuteScript::auto_remove);
                let script = set(script, event_id, ExecuteScript::id);
                set(script, wait(retry_duration), ExecuteScript::retry).into()
            }
        })
    }
}

fn set<E, T>(event: E, value: Option<T>, with: impl FnOnce(E, T) -> E) -> E {
    match value {
        Some(value) => with(event, value),
        None => event,
    }
}

fn wait(milliseconds: Option<u64>) -> Option<Duration> {
    milliseconds.map(Duration::from_millis)
}

/// The attributes of a script's element, in the order of the description.
#[derive(Debug, Default)]
struct Attributes(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Attributes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
                let mut attributes = Vec::new();
                while let Some((name, value)) = map.next_entry()? {
                    let value = match value {
                        Value::String(text) => text,
                        other => other.to_string(),
                    };
                    attributes.push((name, value));
                }
                Ok(Attributes(attributes))
            }
        }

        from.deserialize_map(InOrder)
    }
}
