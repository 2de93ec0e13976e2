//! Writes a page: the function as it is, and a type of its name with its link and what renders it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::model::{Link, Page};
use crate::argument::{Argument, Role};
use crate::binding::{Binding, bind};
use crate::data::{HOLE, literal};
use crate::declared::{ASIDE, Data};
use crate::expanded::{Expanded, located, own, unseen};
use crate::links;
use crate::reach::Reaches;
use crate::said::Said;

/// The page's expansion; cannot fail.
pub(crate) fn expand(slice: &str, page: &Page, reaches: &Reaches, said: &Said) -> Expanded {
    let Page { function, link, arguments, access, .. } = page;
    let name = &function.sig.ident;
    let data = arguments.as_ref().map(|arguments| {
        let [slice, text] = [literal(slice), literal(&function.name())];
        let (path, reach) = (literal(&link.route.literal.value()), reaches.from(&function.name()));
        let (calls, reach) = (reach.calls(), reach.rest());
        let (access, roles) = access.call();
        let value = format!("page{HOLE}({ASIDE}, {slice}, {text}, {path}, {calls},){access}{reach}");
        let render = render(page, link, arguments);
        Data::value(function, "Page", &value, [render].into_iter().chain(roles).collect())
    });
    let path =
        said.may_call("path", function).then(|| links::path(function, "GET", &link.route, &link.filled));
    let doc = format!(" Links to the page `{name}`.");
    Expanded::linked(function, &doc, &path.unwrap_or_default(), data)
}

/// What the library calls.
fn render(page: &Page, link: &Link, arguments: &[Argument]) -> TokenStream {
    let (ident, visit) = (unseen(&page.function.sig.ident), own("visit"));
    let bound = arguments.iter().map(|argument| match argument.role {
        Role::Db => Binding { take: TokenStream::new(), pass: quote!(#visit.db) },
        Role::Viewer => Binding { take: TokenStream::new(), pass: quote!(#visit.viewer()) },
        _ => bind(argument, link.route.parameters.contains(&argument.name()), &quote!(#visit.input)),
    });
    let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
    let output = page.function.output();
    let span = output.map_or_else(Span::call_site, located);
    let written = quote!((self::#ident(#(#passes),*)));
    let document = quote_spanned!(span=> <#output as __orion::IntoDocument>::into_document #written);
    let document = match &page.title {
        Some(title) => quote!(__orion::titled(#document, #title)),
        None => document,
    };
    quote!(|#visit| { #(#takes)* #document })
}
