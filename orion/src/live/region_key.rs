//! The types of a region's arguments.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// A type that an argument of a region can have: it travels in the page's reference, written and read by serde.
///
/// Implemented for every type that serde writes and reads; one trait, so that a type that has neither is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a region",
    label = "not written and read by serde",
    note = "derive it, `#[derive(Serialize, Deserialize)]`, or take an integer, `String` or `&str`"
)]
pub trait RegionKey: Sized {
    /// As JSON.
    ///
    /// # Panics
    /// If it cannot be written as JSON, such as a map whose keys are not text.
    fn write(&self) -> Value;
    /// Reads it back: the next of the arguments.
    fn read(arguments: &mut std::vec::IntoIter<Value>) -> Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> RegionKey for T {
    fn write(&self) -> Value {
        match serde_json::to_value(self) {
            Ok(value) => value,
            Err(cause) => panic!("a region's argument cannot be written as JSON: {cause}"),
        }
    }
    fn read(arguments: &mut std::vec::IntoIter<Value>) -> Result<Self> {
        let value = arguments.next().unwrap_or_default();
        serde_json::from_value(value)
            .map_err(|cause| Error::from(cause).while_doing("reading a region's arguments"))
    }
}
