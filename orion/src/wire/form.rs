//! The fields of a form or a query, whichever way they were sent.

mod de;
mod multipart;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::rejection::Rejection;
use super::shape;
use super::upload::Upload;

/// The most fields that a form or a query may have.
pub(super) const MOST_FIELDS: usize = 1000;

/// The values of each field, in the order they were sent.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Vec<Value>>);

/// One value of a field.
#[derive(Debug)]
enum Value {
    Text(String),
    File(Upload),
}

impl Fields {
    /// Reads a query or a body of type `application/x-www-form-urlencoded` (WHATWG URL, section 5). What is not UTF-8 in it
    /// becomes U+FFFD, as that section has it.
    pub(super) fn urlencoded(text: &[u8]) -> Result<Self, Rejection> {
        let mut fields = Self::default();
        for (at, (name, value)) in form_urlencoded::parse(text).enumerate() {
            fields.add(at, name.into_owned(), Value::Text(value.into_owned()))?;
        }
        Ok(fields)
    }

    /// Reads a body of type `multipart/form-data` (RFC 7578).
    pub(super) fn multipart(content_type: &str, body: &Bytes) -> Result<Self, Rejection> {
        multipart::read(content_type, body)
    }

    /// The names of the fields, each once.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Makes a `T` of them.
    pub(super) fn read<T: DeserializeOwned>(self, whole: &str) -> Result<T, Rejection> {
        shape::read(de::deserializer(self), whole)
    }

    fn add(&mut self, at: usize, name: String, value: Value) -> Result<(), Rejection> {
        if at >= MOST_FIELDS {
            return Err(Rejection::TooManyFields { limit: MOST_FIELDS });
        }
        self.0.entry(name).or_default().push(value);
        Ok(())
    }
}
