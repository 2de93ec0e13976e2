//! Writes a migration: the constant as it is, and its entry.

use super::model::Migration;
use crate::data::literal;
use crate::declared::Data;
use crate::expanded::Expanded;

/// The migration's expansion; cannot fail.
pub(crate) fn expand(migration: &Migration) -> Expanded {
    let Migration { item, cfg, sound } = migration;
    let entry = |ident: &proc_macro2::Ident| {
        let name = literal(&ident.to_string());
        Data::entry(cfg, &format!("__orion::Migration::new({name}, {ident})"))
    };
    Expanded::alone(item, sound.as_ref().map(entry))
}
