//! Everything that an expansion is made from, as text: if one letter of it is another, nothing is recalled.

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

/// The library that this code is a part of, and when it was made: it is made anew after its macros.
fn macros() -> Option<String> {
    let library = compiler::library()?;
    let file = library.metadata().ok()?;
    Some(format!("{} {} {:?}", library.display(), file.len(), file.modified().ok()?))
}
