//! What the environment and the file say about settings, and where.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// What variables of ours begin with.
const PREFIX: &str = "ORION_";
/// Variables of ours that are no settings: where the file is, and one for the build that may still be set.
const OTHERS: [&str; 2] = ["config", "datastar"];

/// What was said, by the names of the settings.
#[derive(Default)]
pub(super) struct Said {
    settings: BTreeMap<String, Setting>,
    pub(super) problems: Vec<String>,
}

/// What was said about one setting.
pub(super) struct Setting {
    written: Written,
    /// For messages, with a space before it.
    pub(super) place: String,
}

enum Written {
    Toml(Value),
    /// What a variable says: `8080` may be a number or a text, as it is asked for.
    Plain(String),
}

impl Said {
    /// Adds what a file says.
    pub(super) fn add_file(&mut self, file: &Path) {
        match std::fs::read_to_string(file) {
            Ok(text) => self.add_toml(&text, &format!(" (in {})", file.display())),
            Err(cause) => self.problems.push(format!("{} cannot be read: {cause}", file.display())),
        }
    }

    /// Adds what TOML says.
    pub(super) fn add_toml(&mut self, text: &str, place: &str) {
        match text.parse::<Table>() {
            Ok(table) => self.settings.extend(table.into_iter().map(|(name, value)| {
                (name, Setting { written: Written::Toml(value), place: place.to_owned() })
            })),
            Err(cause) => self.problems.push(format!("the file cannot be read{place}: {cause}")),
        }
    }

    /// Adds what our own variables say; of the environment, messages tell that it said so.
    pub(super) fn add_environment(&mut self) {
        for (variable, value) in std::env::vars_os() {
            let Some(variable) = variable.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            let place = format!(" ({variable} in the environment)");
            match value.into_string() {
                Ok(value) => self.add_variable(variable, value, place),
                Err(_) => self.problems.push(format!("{variable} in the environment is no UTF-8")),
            }
        }
    }

    /// Adds what a variable says, if it is one of ours.
    pub(super) fn add_variable(&mut self, variable: &str, value: String, place: String) {
        let Some(name) = variable.strip_prefix(PREFIX).map(str::to_lowercase) else { return };
        if !OTHERS.contains(&name.as_str()) {
            self.settings.insert(name, Setting { written: Written::Plain(value), place });
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Setting> {
        self.settings.get(name)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.settings.iter().map(|(name, setting)| (name.as_str(), setting))
    }
}

impl Setting {
    /// What was said as a `T`, if it is one.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        match &self.written {
            Written::Toml(value) => value.clone().try_into().ok(),
            Written::Plain(text) => {
                let value = text.parse::<Value>().ok().and_then(|value| value.try_into().ok());
                value.or_else(|| Value::String(text.clone()).try_into().ok())
            }
        }
    }

    /// As a person wrote it.
    pub(super) fn written(&self) -> String {
        match &self.written {
            Written::Plain(text) | Written::Toml(Value::String(text)) => format!("`{text}`"),
            Written::Toml(Value::Integer(number)) => number.to_string(),
            Written::Toml(Value::Float(number)) => number.to_string(),
            Written::Toml(Value::Boolean(value)) => value.to_string(),
            Written::Toml(_) => "that".to_owned(),
        }
    }
}
