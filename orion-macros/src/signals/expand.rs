//! Writes `signals()`: a struct with a `Signal` for each field, one level deep for each struct.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::model::{Field, Names};

/// `fn signals()` and the structs that it returns, for the module of a command; cannot fail.
///
/// The structs stand in a module of their own, where they hide none of the names that the user's types are written with.
pub(crate) fn expand(vis: &TokenStream, names: &Names) -> TokenStream {
    let mut structs = TokenStream::new();
    let root = Ident::new(&ident_text(&names.ident), Span::call_site());
    let value = write(names, &root, &mut structs);
    let doc = format!(" The signals that it takes, those of `{}`: `data-bind=(…)`.", names.ident);
    quote! {
        #[doc = #doc]
        #vis fn signals() -> self::__signals::#root { #value }

        #[doc(hidden)]
        #vis mod __signals { #structs }
    }
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
        values.extend(quote!(#(#cfg)* #ident: #value,));
    }
    structs.extend(quote! {
        #[allow(non_camel_case_types)]
        pub struct #name { #types }
    });
    quote!(self::__signals::#name { #values })
}

fn ident_text(ident: &Ident) -> String {
    use syn::ext::IdentExt;
    ident.unraw().to_string()
}
