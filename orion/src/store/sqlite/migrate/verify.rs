//! Compares a slice's entries with what was applied of them. Plain data; touches no database.

use super::error::MigrateError;
use super::ledger::{Applied, checksum};
use super::reason::Edit;
use crate::decl::Slice;
use crate::store::sqlite::text::same_but_for_layout;

/// Says whether what was applied is still the beginning of the slice's history. An entry is its text and its place: under
/// a new name it is the same.
pub(super) fn verify(slice: &Slice, applied: &[Applied]) -> Result<(), MigrateError> {
    let checksums: Vec<_> = slice.migrations.iter().map(|migration| checksum(migration.sql)).collect();
    for (at, done) in applied.iter().enumerate() {
        if checksums.get(at) != Some(&done.checksum) {
            return Err(differs(slice, &checksums, applied, at));
        }
    }
    Ok(())
}

fn differs(slice: &Slice, checksums: &[String], applied: &[Applied], at: usize) -> MigrateError {
    let done = &applied[at];
    let (name, entry) = (slice.name.to_owned(), done.name.clone());
    if let Some(now) = checksums.iter().position(|checksum| *checksum == done.checksum) {
        return MigrateError::Moved { slice: name, entry, was: at + 1, now: now + 1 };
    }
    if let Some(now) = slice.migrations.iter().find(|migration| migration.name == done.name) {
        return MigrateError::Edited { slice: name, entry, edit: edit(&done.sql, now.sql) };
    }
    if at >= checksums.len() {
        let entries = applied[at..].iter().map(|done| done.name.clone()).collect();
        return MigrateError::Older { slice: name, entries };
    }
    MigrateError::Missing { slice: name, entry, position: at + 1 }
}

fn edit(was: &str, now: &str) -> Edit {
    if same_but_for_layout(was, now) {
        return Edit::Layout;
    }
    let (mut was_lines, mut now_lines) = (was.lines(), now.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (was, now) = (was_lines.next(), now_lines.next());
        if was != now || was.is_none() {
            let text = |line: Option<&str>| line.unwrap_or_default().trim().to_owned();
            return Edit::Text { line, was: text(was), now: text(now) };
        }
    }
}
