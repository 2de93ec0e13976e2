//! The file of one slice: what it was made from, and what was made.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

use super::Before;
use super::bytes::{Reader, Writer};
use crate::compiler;

/// Where the expansion of a slice is kept; `None` where the compiler keeps nothing.
pub(super) fn of(item: &TokenStream) -> Option<PathBuf> {
    let memory = compiler::memory()?;
    let mut tokens = item.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word == "mod"))?;
    let name = tokens.next()?;
    // Two slices may be called the same in two modules: `slice`.
    let mut source = DefaultHasher::new();
    name.span().local_file()?.hash(&mut source);
    let file = format!("{}-{name}-{:016x}", compiler::crate_name(), source.finish());
    Some(memory.join("orion").join(file))
}

/// What is known there of the slice.
pub(super) fn read(file: &Path, seen: &str) -> Before {
    let Ok(kept) = fs::read(file) else { return Before::Nothing };
    let mut reader = Reader(&kept);
    if reader.text() == Some(seen) { Before::Same(reader.0.to_vec()) } else { Before::Another }
}

/// Keeps it, all at once: two compilers may be at it. Where that cannot be done there is nothing to be recalled.
pub(super) fn write(file: &Path, seen: &str, made: &[u8]) {
    let mut writer = Writer::default();
    writer.text(seen);
    writer.0.extend_from_slice(made);
    let unfinished = file.with_extension(std::process::id().to_string());
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&unfinished, &writer.0))
        .and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
}
