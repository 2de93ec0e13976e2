//! Reads the fields of a configuration one after the other, so that each problem is found.

use std::net::{AddrParseError, IpAddr};
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::said::{Said, Setting};

/// The longest time that can be set: one that is added to now must not be too much for a clock.
const LONGEST: Duration = Duration::from_hours(365 * 24);

/// What was taken so far, and what was wrong with it.
pub(super) struct Fields {
    said: Said,
    known: Vec<&'static str>,
    pub(super) problems: Vec<String>,
}

impl Fields {
    pub(super) fn new(mut said: Said) -> Self {
        let problems = std::mem::take(&mut said.problems);
        Self { said, known: Vec::new(), problems }
    }

    pub(super) fn take<T: DeserializeOwned>(&mut self, name: &'static str, must_be: &str, into: &mut T) {
        if let Some(setting) = self.read(name, into) {
            let problem = format!("{name}: must be {must_be}, not {}{}", setting.written(), setting.place);
            self.problems.push(problem);
        }
    }

    /// What nobody is to read in a log.
    pub(super) fn take_secret<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        must_be: &str,
        into: &mut T,
    ) {
        if let Some(setting) = self.read(name, into) {
            let problem = format!("{name}: must be {must_be}{}", setting.place);
            self.problems.push(problem);
        }
    }

    /// Reads what is said; gives it back if it is no `T`.
    fn read<T: DeserializeOwned>(&mut self, name: &'static str, into: &mut T) -> Option<&Setting> {
        self.known.push(name);
        let setting = self.said.find(name)?;
        let Some(value) = setting.read() else { return Some(setting) };
        *into = value;
        None
    }

    pub(super) fn take_seconds(&mut self, name: &'static str, into: &mut Duration) {
        let mut seconds = into.as_secs_f64();
        self.take(name, "a number of seconds above 0", &mut seconds);
        let problem = match Duration::try_from_secs_f64(seconds) {
            Ok(duration) if duration > LONGEST => {
                format!("must be at most {} seconds, a year", LONGEST.as_secs())
            }
            Ok(duration) if !duration.is_zero() => {
                *into = duration;
                return;
            }
            _ => "must be a number of seconds above 0".to_owned(),
        };
        let place = self.said.find(name).map(|setting| setting.place.as_str()).unwrap_or_default();
        self.problems.push(format!("{name}: {problem}{place}"));
    }

    pub(super) fn take_networks(&mut self, name: &'static str, into: &mut Vec<IpNet>) {
        let mut said = None::<Vec<Network>>;
        let must_be = "a list of addresses or networks, such as [\"10.0.0.7\", \"172.16.0.0/12\"]";
        self.take(name, must_be, &mut said);
        if let Some(said) = said {
            *into = said.into_iter().map(|network| network.0).collect();
        }
    }

    pub(super) fn refuse_unknown(&mut self) {
        for (name, setting) in self.said.all() {
            if !self.known.contains(&name) {
                let known = self.known.join(", ");
                self.problems
                    .push(format!("{name}: there is no such setting{}; there are {known}", setting.place));
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
