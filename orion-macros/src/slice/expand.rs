//! Writes a slice: the user's items, what their declarations mean, and `SLICE`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::model::{Module, Slice, SliceItem};
use crate::data::{self, call, literal};
use crate::declared::Declared;
use crate::expanded::Expanded;
use crate::said::Said;
use crate::{command, compiler, keyed, migration, page, query, reach, region, signals, topic, uses};

/// The slice's expansion; cannot fail. Of a `broken` one some declarations are missing: nothing is proven from it.
pub(super) fn expand(slice: &Slice, broken: bool, said: &Said) -> TokenStream {
    let Slice { name, module, called, unimported, history, files, uses, items, reaches, .. } = slice;
    let Module { attrs, vis, ident, inner } = module;
    let mut parts = Parts::default();
    for migration in history {
        parts.add(migration::expand(migration), |declared| &mut declared.migrations);
    }
    for file in files {
        parts.declared.add(file.entry(), |declared| &mut declared.migrations);
    }
    for item in items {
        match item {
            SliceItem::Plain(item) => item.to_tokens(&mut parts.items),
            SliceItem::Query(query) => {
                let reference = parts.declared.next_statement(&query.function);
                parts.add(query::expand(name, query, &reference), |declared| &mut declared.statements);
            }
            SliceItem::Region(region) => {
                parts.add(region::expand(name, region, reaches, said), |declared| &mut declared.regions);
            }
            SliceItem::Command(command) => {
                parts.add(command::expand(name, command, reaches, said), |declared| &mut declared.commands);
            }
            SliceItem::Page(page) => {
                parts.add(page::expand(name, page, reaches, said), |declared| &mut declared.pages);
            }
            SliceItem::Topic(topic) => parts.add(topic::expand(name, topic), |declared| &mut declared.topics),
        }
    }
    let (beside_uses, using) = uses::expand(name, uses);
    let reached = reach::expand_slices(&reaches.modules(items));
    let (data, value) = parts.data(slice, broken, &format!("{using}{reached}"));
    let (data, listed) = (data::tokens(&data), listed(slice, broken, &data::tokens(&value)));
    let Parts { items, beside, implementations, declared } = parts;
    let declared = declared.tokens();
    let signals = signals::structs(slice.commands().filter_map(|command| command.offered(said)));
    // An attribute that was taken off is an import that nobody would use.
    let quiet = quote!(#(use #called as _;)* #implementations);
    let quiet = (!quiet.is_empty()).then(|| {
        quote! {
            #[allow(dead_code, unreachable_pub, unused_imports, clippy::pedantic)]
            const _: () = { #quiet };
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
    quote! {
        #(#attrs)*
        // What the signatures of declared functions have to be like may not be held against them. A `pub` command may take a
        // private draft, because nobody calls the function: `pub` is about its links.
        #[allow(private_interfaces)]
        #[cfg_attr(
            clippy,
            allow(
                clippy::missing_errors_doc,
                clippy::needless_pass_by_value,
                clippy::unnecessary_wraps,
                clippy::unused_async,
                clippy::wildcard_imports
            )
        )]
        #vis mod #ident {
            #(#inner)*
            #imports
            #items
            #beside
            #quiet
            #signals
            #beside_uses
            #declared
            #data
            #listed
        }
    }
}

/// `SLICE`, and a constant that only `SLICE` uses: what nobody lists is dead code, and rustc says so with the constant's name, at the
/// module's. In a program nobody else can list it.
fn listed(slice: &Slice, broken: bool, value: &TokenStream) -> TokenStream {
    let quiet = broken.then(|| quote!(#[allow(dead_code)]));
    let vis = if compiler::is_program() { quote!(pub(crate)) } else { quote!(pub) };
    // All of it in the user's span: what is another crate's is never dead for rustc.
    let listed = quote_spanned! {slice.module.ident.span()=>
        #quiet
        const SLICE_FOR_MAIN_TO_LIST: ::orion::__private::Slice = #value;
    };
    let doc = format!(" The slice `{}`: what `orion::main!` lists.", slice.name);
    quote! {
        #listed

        #[doc = #doc]
        #[allow(unreachable_pub)]
        #vis const SLICE: __orion::Slice = SLICE_FOR_MAIN_TO_LIST;
    }
}

/// What the declarations became, in their places.
#[derive(Default)]
struct Parts {
    items: TokenStream,
    beside: TokenStream,
    implementations: TokenStream,
    declared: Declared,
}

impl Parts {
    fn add(&mut self, expanded: Expanded, list: impl FnOnce(&mut Declared) -> &mut String) {
        let Expanded { item, beside, implementations, data } = expanded;
        self.items.extend(item);
        self.beside.extend(beside);
        self.implementations.extend(implementations);
        if let Some(data) = data {
            self.declared.add(data, list);
        }
    }

    /// What other slices may refer to, and the value of `SLICE`: apart, because a slice that they refer to in turn would be worked
    /// out for ever.
    fn data(&mut self, slice: &Slice, broken: bool, others: &str) -> (String, String) {
        let Slice { name, tables, keys, keyed, beginnings, .. } = slice;
        let (name, broken) = (literal(name), if broken { ".broken()" } else { "" });
        let [tables, keys, beginnings] =
            [call("tables", tables), call("keys", keys), call("beginnings", beginnings)];
        let (keyed, declared, at) = (keyed::expand(keyed), self.declared.calls(), self.declared.here());
        let beside = format!(
            "use ::orion::__private as __orion;
            #[doc(hidden)] #[allow(unreachable_pub)]
            pub const SLICE_TABLES: __orion::Slice = __orion::slice({at}, {name}){broken}{tables}{keys};"
        );
        (beside, format!("SLICE_TABLES{keyed}{others}{beginnings}{declared}"))
    }
}
