//! Writes `signals()` and what it returns: a struct with a `Signal` for each field, one level deep for each struct.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::model::{Field, Names};
use crate::expanded::{doc, unseen};
use crate::function::Function;

/// `fn signals()` of a command; cannot fail.
pub(crate) fn expand(function: &Function, names: &Names) -> TokenStream {
    let root = root(names);
    let value = write(names, &root, &mut TokenStream::new());
    let doc =
        doc(function, &format!(" The signals that it takes, those of `{}`: `data-bind=(…)`.", names.ident));
    let vis = &function.vis;
    quote! {
        #doc
        #vis fn signals() -> self::__signals::#root { #value }
    }
}

/// The structs that such functions return, each once, in a module of their own, where they hide none of the names that the
/// user's types are written with.
pub(crate) fn structs<'a>(all: impl Iterator<Item = &'a Names>) -> TokenStream {
    let (mut structs, mut written) = (TokenStream::new(), BTreeSet::new());
    for names in all {
        if written.insert(ident_text(&names.ident)) {
            write(names, &root(names), &mut structs);
        }
    }
    if structs.is_empty() {
        return structs;
    }
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types, unreachable_pub)]
        pub mod __signals { #structs }
    }
}

fn root(names: &Names) -> Ident {
    Ident::new(&ident_text(&names.ident), Span::call_site())
}

/// Adds the struct `name` to `structs`; returns the expression of its value.
fn write(names: &Names, name: &Ident, structs: &mut TokenStream) -> TokenStream {
    let (mut types, mut values) = (TokenStream::new(), TokenStream::new());
    for Field { ident, cfg, name: signal, inner, flat, .. } in &names.fields {
        let (ty, value) = match inner {
            Some(inner) => {
                let ty = format_ident!("{name}_{}", ident_text(ident));
                let value = write(inner, &ty, structs);
                (quote!(#ty), value)
            }
            None if *flat => continue,
            None => (quote!(::orion::__private::Signal), quote!(::orion::__private::Signal::new(#signal))),
        };
        types.extend(quote!(#(#cfg)* pub #ident: #ty,));
        let ident = unseen(ident);
        values.extend(quote!(#(#cfg)* #ident: #value,));
    }
    structs.extend(quote!(pub struct #name { #types }));
    quote!(self::__signals::#name { #values })
}

fn ident_text(ident: &Ident) -> String {
    use syn::ext::IdentExt;
    ident.unraw().to_string()
}
