//! Slices that are listed by the paths of their modules.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Path, Token};

use crate::errors::Errors;
use crate::spelling::spell;

/// The paths, each once; `help` says how to write them.
pub(crate) fn slices(cx: &mut Errors, list: TokenStream, help: &str) -> Vec<Path> {
    let paths = match Punctuated::<Path, Token![,]>::parse_terminated.parse2(list) {
        Ok(paths) => paths,
        Err(error) => {
            if error.to_string() == "expected `,`" {
                cx.at_span(error.span(), "a comma is missing between two slices").help(help);
            } else {
                cx.at_span(error.span(), "a slice is listed by the path of its module").help(help);
            }
            return Vec::new();
        }
    };
    let mut once: Vec<Path> = Vec::new();
    for path in paths {
        let name = spell(&path);
        if let Some(first) = once.iter().find(|first| spell(first) == name) {
            cx.at(first, format!("slice `{name}` is listed here first"));
            cx.at(&path, format!("slice `{name}` is listed twice")).help("remove one of the two");
        } else {
            once.push(path);
        }
    }
    once
}
