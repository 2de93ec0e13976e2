//! The functions by which other code refers to a command or a page: `path`, and what is like it.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::argument::{Argument, By};
use crate::expanded::{doc, located};
use crate::function::Function;
use crate::route::{Filled, Route};

/// The arguments as parameters of a generated function: `id: i64, slug: &str`.
pub(crate) fn parameters(arguments: &[Argument]) -> TokenStream {
    let parameters = arguments.iter().map(|argument| {
        let (mut ident, ty) = (argument.ident.clone(), &argument.ty);
        ident.set_span(located(&ident));
        quote!(#ident: #ty)
    });
    quote!(#(#parameters),*)
}

/// The name of a generated function, at the place of the user's: a call that is wrong is shown beside that.
pub(crate) fn name(name: &str, function: &Function) -> Ident {
    Ident::new(name, function.sig.ident.span())
}

/// `fn path(…) -> String`.
pub(crate) fn path(function: &Function, method: &str, route: &Route, filled: &Filled) -> TokenStream {
    let doc = doc(function, &format!(" The path of `{method} {}`.", route.literal.value()));
    let (path, parameters) = (name("path", function), parameters(&filled.arguments));
    let (body, vis) = (path_of(route, filled), &function.vis);
    quote! {
        #doc
        #vis fn #path(#parameters) -> ::std::string::String { #body }
    }
}

/// The route with its parameters filled.
pub(crate) fn path_of(route: &Route, Filled { arguments, fits }: &Filled) -> TokenStream {
    let literal = route.literal.value();
    let values = arguments.iter().map(Argument::unseen).map(|argument| {
        let (ident, ty) = (&argument.ident, &argument.ty);
        // What is surely written as text; or a reference to something else, which was reported.
        if argument.by != By::Value || argument.is_plain() {
            return quote!(&#ident);
        }
        quote_spanned!(located(ty)=> <#ty as __orion::PathParameter>::shown(&#ident))
    });
    if *fits {
        quote!(__orion::path(#literal, &[#(#values),*]))
    } else {
        let unused = arguments.iter().map(|argument| argument.unseen().ident);
        quote!(let _ = (#(#unused,)*); ::core::unimplemented!())
    }
}
