//! Writes a slice: the user's items, what their declarations mean, and `SLICE`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::model::{Module, Slice, SliceItem};
use crate::expanded::Expanded;
use crate::{command, compiler, folder, migration, page, query, reach, region, topic, uses};

/// The slice's expansion; cannot fail. Of a `broken` one some declarations are missing: nothing is proven from it.
pub(super) fn expand(slice: &Slice, broken: bool) -> TokenStream {
    let Slice {
        name,
        module,
        called,
        unimported,
        history,
        files,
        tables,
        keys,
        uses,
        beginnings,
        items,
        reaches,
    } = slice;
    let Module { attrs, vis, ident, inner } = module;
    let mut parts = Parts::default();
    for migration in history {
        parts.add(migration::expand(migration), |lists| &mut lists.migrations);
    }
    parts.lists.migrations.extend(files.iter().map(folder::File::entry));
    for item in items {
        match item {
            SliceItem::Plain(item) => item.to_tokens(&mut parts.items),
            SliceItem::Query(query) => parts.add(query::expand(name, query), |lists| &mut lists.statements),
            SliceItem::Region(region) => {
                parts.add(region::expand(name, region, reaches), |lists| &mut lists.regions);
            }
            SliceItem::Command(command) => {
                parts.add(command::expand(name, command, reaches), |lists| &mut lists.commands);
            }
            SliceItem::Page(page) => parts.add(page::expand(name, page, reaches), |lists| &mut lists.pages),
            SliceItem::Topic(topic) => parts.add(topic::expand(name, topic), |lists| &mut lists.topics),
        }
    }
    let reached = reach::expand_slices(&reaches.modules(items));
    let Parts { items, generated, lists } = parts;
    let broken = broken.then(|| quote!(.broken()));
    let beginnings = (!beginnings.is_empty()).then(|| quote!(.beginnings(&[#(#beginnings),*])));
    let tables = (!tables.is_empty()).then(|| quote!(.tables(&[#(#tables),*])));
    let keys = (!keys.is_empty()).then(|| quote!(.keys(&[#(#keys),*])));
    let (beside, uses) = uses::expand(name, uses);
    // An attribute that was taken off is an import that nobody would use.
    let called = (!called.is_empty()).then(|| {
        quote! {
            #[allow(unused_imports)]
            const _: () = { #(use #called as _;)* };
        }
    });
    // As the message says that it should have been: so that nothing else is wrong for this.
    let imports = unimported.then(|| {
        quote! {
            #[allow(unused_imports)]
            use super::*;
            #[allow(unused_imports)]
            use ::orion::prelude::*;
        }
    });
    let doc = format!(" The slice `{name}`: what `orion::main!` lists.");
    let slice = quote!(SLICE_TABLES #uses #reached #beginnings #lists);
    let (listed, vis_listed) = listed(ident, broken.is_some(), &slice);
    quote! {
        #(#attrs)*
        #[allow(clippy::wildcard_imports)]
        #vis mod #ident {
            #(#inner)*
            #imports
            #items
            #generated
            #called
            #beside

            // What other slices may refer to, apart: a slice that they refer to in turn would be worked out for ever.
            #[doc(hidden)]
            #[allow(unreachable_pub)]
            pub const SLICE_TABLES: ::orion::__private::Slice =
                ::orion::__private::Slice::new(#name) #broken #tables #keys;

            #listed

            #[doc = #doc]
            #[allow(unreachable_pub)]
            #vis_listed const SLICE: ::orion::__private::Slice = SLICE_FOR_MAIN_TO_LIST;
        }
    }
}

/// A constant that only `SLICE` uses, and who may see `SLICE`: what nobody lists is dead code, and rustc says so with the constant's
/// name, at the module's. In a program nobody else can list it.
fn listed(module: &Ident, broken: bool, slice: &TokenStream) -> (TokenStream, TokenStream) {
    let quiet = broken.then(|| quote!(#[allow(dead_code)]));
    let vis = if compiler::is_program() { quote!(pub(crate)) } else { quote!(pub) };
    // All of it in the user's span: what is another crate's is never dead for rustc.
    let listed = quote_spanned! {module.span()=>
        #quiet
        const SLICE_FOR_MAIN_TO_LIST: ::orion::__private::Slice = #slice;
    };
    (listed, vis)
}

/// What the declarations became, in their places.
#[derive(Default)]
struct Parts {
    items: TokenStream,
    generated: TokenStream,
    lists: Lists,
}

/// The entries of `SLICE`'s lists.
#[derive(Default)]
struct Lists {
    migrations: Vec<TokenStream>,
    regions: Vec<TokenStream>,
    commands: Vec<TokenStream>,
    pages: Vec<TokenStream>,
    statements: Vec<TokenStream>,
    topics: Vec<TokenStream>,
}

impl Parts {
    fn add(&mut self, expanded: Expanded, list: impl FnOnce(&mut Lists) -> &mut Vec<TokenStream>) {
        let Expanded { item, generated, entry } = expanded;
        self.items.extend(item);
        self.generated.extend(generated);
        list(&mut self.lists).extend(entry);
    }
}

impl ToTokens for Lists {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { migrations, regions, commands, pages, statements, topics } = self;
        let lists = [
            ("migrations", migrations),
            ("regions", regions),
            ("commands", commands),
            ("pages", pages),
            ("statements", statements),
            ("topics", topics),
        ];
        for (name, entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let name = Ident::new(name, Span::call_site());
            tokens.extend(quote!(.#name(&[#(#entries),*])));
        }
    }
}
