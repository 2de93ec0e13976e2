//! The arguments of a region: its key, in a form that can be compared, signed and sent.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// The plain arguments of a region, as the text of a JSON array. Two cells with the same region and text are the same cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Args(Arc<str>);

impl Args {
    /// No arguments.
    pub fn none() -> Self {
        Self("[]".into())
    }

    /// Arguments from a tuple.
    ///
    /// # Panics
    /// If a value cannot be written as JSON, such as a map whose keys are not text.
    pub fn new<T: Serialize>(tuple: &T) -> Self {
        match serde_json::to_string(tuple) {
            // The empty tuple.
            Ok(text) if text == "null" => Self::none(),
            Ok(text) => Self(text.into()),
            Err(cause) => panic!("a region's argument cannot be written as JSON: {cause}"),
        }
    }

    /// Arguments from the values of each, as the macros write them.
    ///
    /// # Panics
    /// Never: JSON can always be written.
    pub fn of(values: &[Value]) -> Self {
        Self(serde_json::to_string(values).expect("JSON can be written").into())
    }

    /// The values again, one after the other.
    pub fn values(&self) -> Result<std::vec::IntoIter<Value>> {
        Ok(self.read::<Vec<Value>>()?.into_iter())
    }

    /// Arguments that were [`Args::as_str`] once.
    pub fn from_wire(text: &str) -> Self {
        Self(text.into())
    }

    /// Reads them back into a tuple.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.0)
            .map_err(|cause| Error::from(cause).while_doing("reading a region's arguments"))
    }

    /// The text of the JSON array.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
