//! The functions that stand in a generated module for other code to call: `path`, and what is like it.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::argument::{Argument, By};
use crate::expanded::located;
use crate::function::Function;
use crate::reparent::reparent;
use crate::route::{Filled, Route};

/// The arguments as parameters of a generated function: `id: i64, slug: &str`.
pub(crate) fn parameters(arguments: &[Argument]) -> TokenStream {
    let parameters = arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, reparent(&argument.ty));
        quote!(#ident: #ty)
    });
    quote!(#(#parameters),*)
}

/// The name of a generated function, at the place of the user's: a call that is wrong is shown beside that.
pub(crate) fn name(name: &str, function: &Function) -> Ident {
    Ident::new(name, function.sig.ident.span())
}

/// `fn path(…) -> String`, which fills the route's parameters.
pub(crate) fn path(
    function: &Function,
    vis: &TokenStream,
    method: &str,
    route: &Route,
    filled: &Filled,
) -> TokenStream {
    let Filled { arguments, fits } = filled;
    let doc = format!(" The path of `{method} {}`.", route.literal.value());
    let (path, literal, parameters) = (name("path", function), &route.literal, parameters(arguments));
    let values = arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, reparent(&argument.ty));
        // A text; or a reference to something else, which was reported.
        if argument.by != By::Value {
            return quote!(&#ident);
        }
        quote_spanned!(located(&argument.ty)=> <#ty as ::orion::__private::PathParameter>::shown(&#ident))
    });
    let body = if *fits {
        quote!(::orion::__private::path(#literal, &[#(#values),*]))
    } else {
        let unused = arguments.iter().map(|argument| &argument.ident);
        quote!(let _ = (#(#unused,)*); ::core::unimplemented!())
    };
    quote! {
        #[doc = #doc]
        #vis fn #path(#parameters) -> ::std::string::String {
            #body
        }
    }
}
