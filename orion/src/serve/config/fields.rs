//! Reads the fields of a configuration one after the other, so that each problem is found.

use std::net::{AddrParseError, IpAddr};
use std::time::Duration;

use figment::value::Value;
use figment::{Figment, Provider as _};
use ipnet::IpNet;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The longest time that can be set: one that is added to now must not be too much for a clock.
const LONGEST: Duration = Duration::from_hours(365 * 24);

/// What was taken so far, and what was wrong with it.
pub(super) struct Fields<'a> {
    figment: &'a Figment,
    known: Vec<&'static str>,
    pub(super) problems: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(figment: &'a Figment) -> Self {
        Self { figment, known: Vec::new(), problems: Vec::new() }
    }

    pub(super) fn take<T: DeserializeOwned>(&mut self, name: &'static str, must_be: &str, into: &mut T) {
        let Some(value) = self.find(name) else { return };
        let written = written(&value);
        if let Ok(value) = value.deserialize() {
            *into = value;
        } else {
            let place = self.place(name);
            self.problems.push(format!("{name}: must be {must_be}, not {written}{place}"));
        }
    }

    /// Text that may look like a number.
    pub(super) fn take_text(&mut self, name: &'static str, into: &mut Option<String>) {
        if let Some(value) = self.find(name) {
            *into = Some(value.as_str().map_or_else(|| written(&value), ToOwned::to_owned));
        }
    }

    pub(super) fn take_seconds(&mut self, name: &'static str, into: &mut Duration) {
        let mut seconds = into.as_secs_f64();
        self.take(name, "a number of seconds above 0", &mut seconds);
        match Duration::try_from_secs_f64(seconds) {
            Ok(duration) if duration > LONGEST => {
                let (place, most) = (self.place(name), LONGEST.as_secs());
                self.problems.push(format!("{name}: must be at most {most} seconds, a year{place}"));
            }
            Ok(duration) if !duration.is_zero() => *into = duration,
            _ => {
                let place = self.place(name);
                self.problems.push(format!("{name}: must be a number of seconds above 0{place}"));
            }
        }
    }

    pub(super) fn take_networks(&mut self, name: &'static str, into: &mut Vec<IpNet>) {
        let mut said = None::<Vec<Network>>;
        let must_be = "a list of addresses or networks, such as [\"10.0.0.7\", \"172.16.0.0/12\"]";
        self.take(name, must_be, &mut said);
        if let Some(said) = said {
            *into = said.into_iter().map(|network| network.0).collect();
        }
    }

    fn find(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.figment.find_value(name).ok()
    }

    /// Where the value came from, for the message.
    fn place(&self, name: &str) -> String {
        match self.figment.find_metadata(name) {
            Some(from) if from.name.contains("environment") => {
                format!(" (ORION_{} in the environment)", name.to_uppercase())
            }
            Some(from) => from.source.as_ref().map(|source| format!(" (in {source})")).unwrap_or_default(),
            None => String::new(),
        }
    }

    pub(super) fn refuse_unknown(&mut self) {
        let Ok(all) = self.figment.data() else {
            let cause = self.figment.extract::<figment::value::Dict>().err().map(|cause| cause.to_string());
            self.problems.push(format!("the file cannot be read: {}", cause.unwrap_or_default()));
            return;
        };
        for name in all.values().flat_map(figment::value::Dict::keys) {
            if !self.known.contains(&name.as_str()) {
                let known = self.known.join(", ");
                self.problems
                    .push(format!("{name}: there is no such setting{}; there are {known}", self.place(name)));
            }
        }
    }
}

/// A network, or one address.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Network(IpNet);

impl TryFrom<String> for Network {
    type Error = AddrParseError;

    fn try_from(text: String) -> Result<Self, AddrParseError> {
        Ok(Self(text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from))?))
    }
}

/// A value as a person wrote it.
fn written(value: &Value) -> String {
    match value {
        Value::String(_, text) => format!("`{text}`"),
        Value::Num(_, number) => number
            .to_i128()
            .map(|n| n.to_string())
            .or_else(|| number.to_f64().map(|x| x.to_string()))
            .unwrap_or_default(),
        Value::Bool(_, value) => value.to_string(),
        _ => "that".to_owned(),
    }
}
