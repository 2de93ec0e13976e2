//! Everything that an expansion is made from, as text: if one letter of it is another, nothing is recalled.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use proc_macro2::{TokenStream, TokenTree};

use crate::{compiler, folder, inside};

/// The tokens, the files that they name, what the compiler was told and the macros themselves; `None` where one of them
/// cannot be had.
pub(super) fn all(args: &TokenStream, item: &TokenStream) -> Option<String> {
    // Who looks inside wants to see what is written.
    if inside::asked().is_some() {
        return None;
    }
    let files = match migrations(args) {
        Some(folder) => folder::seen(&folder)?,
        None => String::new(),
    };
    Some(format!("{}\n{}\n{files}\n{args}\n{item}", macros()?, compiler::answers()))
}

/// The folder of the slice's migrations.
fn migrations(args: &TokenStream) -> Option<String> {
    let mut tokens = args.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(key) if key == "migrations"))?;
    let folder: syn::LitStr = syn::parse2(tokens.nth(1)?.into()).ok()?;
    Some(folder.value())
}

/// The file that has this code, and when it was written.
fn macros() -> Option<&'static str> {
    static MACROS: OnceLock<Option<String>> = OnceLock::new();
    let found = MACROS.get_or_init(|| {
        let mut found = String::new();
        for folder in compiler::dependencies() {
            stamps(&folder, &mut found);
        }
        (!found.is_empty()).then_some(found)
    });
    found.as_deref()
}

/// Of several that are there, one is ours: no other may be newer either.
fn stamps(folder: &Path, found: &mut String) {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut stamps: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_ours = name.contains("orion_macros-") && name.ends_with(std::env::consts::DLL_SUFFIX);
            let known = is_ours.then(|| entry.metadata().ok())??;
            Some(format!("{name} {} {:?}", known.len(), known.modified().ok()?))
        })
        .collect();
    stamps.sort();
    let _ = write!(found, "{}", stamps.join(" "));
}
