//! Makes a type of form fields: all there is are texts, so numbers and booleans are parsed from them.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Fields, Value};

/// Reads the fields as a struct or a map.
pub(super) fn deserializer<'de>(fields: Fields) -> impl Deserializer<'de, Error = Error> {
    MapDeserializer::new(fields.0.into_iter().map(|(name, values)| (name, Field(values))))
}

/// The values of one field: a list of all, or for anything else the last.
struct Field(Vec<Value>);

impl Field {
    fn text(mut self) -> Result<String, Error> {
        match self.0.pop() {
            Some(Value::Text(text)) => Ok(text),
            Some(Value::File(_)) => Err(wanted("text")),
            None => Ok(String::new()),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|value| matches!(value, Value::Text(text) if text.is_empty()))
    }
}

/// In the words that serde has for it, without the value.
fn wanted(kind: &str) -> Error {
    Error::custom(format_args!("another value, expected {kind}"))
}

macro_rules! parsed {
    ($($method:ident => $visit:ident: $type:ty,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.text()?.trim().parse::<$type>() {
                Ok(number) => visitor.$visit(number),
                Err(_) => Err(wanted(stringify!($type))),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    parsed! {
        deserialize_i8 => visit_i8: i8,
        deserialize_i16 => visit_i16: i16,
        deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64,
        deserialize_i128 => visit_i128: i128,
        deserialize_u8 => visit_u8: u8,
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
        deserialize_u64 => visit_u64: u64,
        deserialize_u128 => visit_u128: u128,
        deserialize_f32 => visit_f32: f32,
        deserialize_f64 => visit_f64: f64,
    }

    /// A box that is checked sends `on` unless it has a value.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text()?.as_str() {
            "true" | "on" => visitor.visit_bool(true),
            "false" | "off" | "" => visitor.visit_bool(false),
            _ => Err(wanted("a boolean")),
        }
    }

    /// A field that was left empty is `None`.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter().map(|value| Field(vec![value]))))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.0.pop() {
            Some(Value::File(file)) => visitor.visit_map(MapDeserializer::new(
                [
                    ("name", Part::Text(file.name)),
                    ("content_type", Part::Text(file.content_type)),
                    ("bytes", Part::Bytes(file.bytes.into())),
                ]
                .into_iter(),
            )),
            Some(Value::Text(text)) => visitor.visit_string(text),
            None => visitor.visit_string(String::new()),
        }
    }

    forward_to_deserialize_any! { char str string bytes byte_buf map struct identifier }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

impl IntoDeserializer<'_> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// One of the three parts of a file.
enum Part {
    Text(String),
    Bytes(Vec<u8>),
}

impl<'de> Deserializer<'de> for Part {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            Self::Bytes(bytes) => visitor.visit_byte_buf(bytes),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_> for Part {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
