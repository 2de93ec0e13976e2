//! Writes a page: the function as it is, and a module with its link and what renders it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::model::{Link, Page};
use crate::argument::{Argument, Role};
use crate::binding::{Binding, bind};
use crate::expanded::{Expanded, allowed, imports, located, quiet};
use crate::links;
use crate::reach::Reaches;
use crate::reparent::{self, reparent};

/// The page's expansion; cannot fail.
pub(crate) fn expand(slice: &str, page: &Page, reaches: &Reaches) -> Expanded {
    let Page { function, link, arguments, .. } = page;
    let (name, cfg, mod_vis) = (&function.sig.ident, function.cfg(), &function.vis);
    let allowed = allowed();
    let function_or_stub = function.unless_it_returns_nothing();
    let item = quote!(#allowed #function_or_stub);
    let vis = reparent::visibility(&function.vis);
    let constant = arguments.as_ref().map(|arguments| {
        let (constant, reach) = (constant(slice, page, link, arguments), reaches.from(&function.name()));
        quote! {
            #[doc(hidden)]
            #vis const PAGE: ::orion::__private::Page = #constant #reach;
        }
    });
    let path = links::path(function, &vis, "GET", &link.route, &link.filled);
    let (imports, quiet) = (imports(), quiet());
    let doc = format!(" Links to the page `{name}`.");
    Expanded {
        item,
        generated: quote! {
            #(#cfg)*
            #[doc = #doc]
            #quiet
            #mod_vis mod #name {
                #imports
                #path
                #constant
            }
        },
        entry: arguments.is_some().then(|| quote!(#(#cfg)* &#name::PAGE)),
    }
}

fn constant(slice: &str, page: &Page, link: &Link, arguments: &[Argument]) -> TokenStream {
    let (name, ident, path) = (page.function.name(), &page.function.sig.ident, &link.route.literal);
    let visit = Ident::new("visit", Span::mixed_site());
    let bound = arguments.iter().map(|argument| match argument.role {
        Role::Db => Binding { take: TokenStream::new(), pass: quote!(#visit.db) },
        Role::Viewer => Binding { take: TokenStream::new(), pass: quote!(#visit.viewer()) },
        _ => bind(argument, link.route.parameters.contains(&argument.name()), &quote!(#visit.input)),
    });
    let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
    let output = page.function.output();
    let (span, ty) = (output.map_or_else(Span::call_site, located), reparent(output));
    let document = quote_spanned! {span=>
        <#ty as ::orion::__private::IntoDocument>::into_document(super::#ident(#(#passes),*))
    };
    let document = match &page.title {
        Some(title) => quote!(::orion::__private::titled(#document, #title)),
        None => document,
    };
    let access = &page.access;
    let render = quote!(|#visit| { #(#takes)* #document });
    // In the function's own span: that is where the library says it is declared.
    let new = quote_spanned!(ident.span()=> ::orion::__private::Page::new(#slice, #name, #path, #render));
    quote!(#new #access)
}
