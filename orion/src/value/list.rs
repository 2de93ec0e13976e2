//! A list as one value: JSON, which `json_each` takes apart again.

use super::{ToValue, Value};
use crate::error::{Error, Result};

/// The list that is bound to a parameter inside `in (…)`.
///
/// # Errors
/// If one of the values is a blob, or a text with a NUL character: JSON cannot carry them to SQLite.
pub fn list<T: ToValue>(parameter: &str, values: &[T]) -> Result<String> {
    let mut json = String::from("[");
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        json.push_str(&element(value.to_value()).map_err(|what| {
            Error::internal(format!(
                "the list `:{parameter}` holds {what}, which `in (…)` cannot compare with"
            ))
        })?);
    }
    json.push(']');
    Ok(json)
}

fn element(value: Value<'_>) -> Result<String, &'static str> {
    match value {
        Value::Null => Ok("null".to_owned()),
        Value::Integer(n) => Ok(n.to_string()),
        // As SQLite binds them: no number is NULL, and what is too large for a literal is an infinity.
        Value::Real(x) if x.is_nan() => Ok("null".to_owned()),
        Value::Real(x) if x.is_infinite() => Ok(if x > 0.0 { "9e999" } else { "-9e999" }.to_owned()),
        Value::Real(x) => Ok(format!("{x:?}")),
        Value::Text(text) if text.contains('\0') => Err("a NUL character"),
        Value::Text(text) => Ok(serde_json::Value::from(text).to_string()),
        Value::Blob(_) => Err("a blob"),
    }
}
