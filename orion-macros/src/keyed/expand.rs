//! Writes what is keyed: data only, and none where nothing is.

use super::Keyed;
use crate::data::literal;

/// The call on `SLICE`; cannot fail.
pub(crate) fn expand(keyed: &[Keyed]) -> String {
    let entries = keyed.iter().map(|Keyed { table, column, .. }| {
        format!("__orion::Keyed::new({}, {})", literal(table), literal(column))
    });
    let entries: Vec<String> = entries.collect();
    if entries.is_empty() { String::new() } else { format!(".keyed(&[{}])", entries.join(", ")) }
}
