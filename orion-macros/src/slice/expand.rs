//! Writes a slice: the user's items, what their declarations mean, and `SLICE`.

use std::fmt::Write as _;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::model::{Module, Slice, SliceItem};
use crate::command::Command;
use crate::data::{self, DECLARED, call, literal};
use crate::expanded::Expanded;
use crate::{command, compiler, folder, keyed, migration, page, query, reach, region, signals, topic, uses};

/// The slice's expansion; cannot fail. Of a `broken` one some declarations are missing: nothing is proven from it.
pub(super) fn expand(slice: &Slice, broken: bool) -> TokenStream {
    let Slice { name, module, called, unimported, history, files, uses, items, reaches, .. } = slice;
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
    let (beside_uses, using) = uses::expand(name, uses);
    let reached = reach::expand_slices(&reaches.modules(items));
    let (data, value) = parts.data(slice, broken, &format!("{using}{reached}"));
    let (data, listed) = (data::tokens(&data), listed(slice, broken, &data::tokens(&value)));
    let Parts { items, beside, implementations, constants, places, holes, .. } = parts;
    let constants = (!constants.is_empty()).then(|| {
        let (declared, constants) =
            (Ident::new(DECLARED, Span::call_site()), data::constants(&constants, &places, holes));
        quote! {
            struct #declared {}

            #[allow(non_upper_case_globals, unused_variables, clippy::pedantic)]
            impl #declared { #constants }
        }
    });
    let implementations = (!implementations.is_empty()).then(|| {
        quote! {
            #[allow(dead_code, unreachable_pub, clippy::pedantic)]
            const _: () = { #implementations };
        }
    });
    let signals = signals::structs(slice.commands().filter_map(Command::signals));
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
            #implementations
            #signals
            #beside_uses
            #called
            #constants
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
    constants: String,
    /// Where each of them is declared.
    places: Vec<Option<Span>>,
    /// What fills the constants' holes.
    holes: Vec<TokenStream>,
    lists: Lists,
}

/// The entries of `SLICE`'s lists.
#[derive(Default)]
struct Lists {
    migrations: Vec<String>,
    regions: Vec<String>,
    commands: Vec<String>,
    pages: Vec<String>,
    statements: Vec<String>,
    topics: Vec<String>,
}

impl Parts {
    fn add(&mut self, expanded: Expanded, list: impl FnOnce(&mut Lists) -> &mut Vec<String>) {
        let Expanded { item, beside, implementations, data } = expanded;
        self.items.extend(item);
        self.beside.extend(beside);
        self.implementations.extend(implementations);
        if let Some(data) = data {
            if !data.constant.is_empty() {
                self.constants.push_str(&data.constant);
                self.places.push(data.place);
            }
            self.holes.extend(data.holes);
            list(&mut self.lists).push(data.entry);
        }
    }

    /// What other slices may refer to, and the value of `SLICE`: apart, because a slice that they refer to in turn would be worked
    /// out for ever.
    fn data(&self, slice: &Slice, broken: bool, others: &str) -> (String, String) {
        let Slice { name, tables, keys, keyed, beginnings, .. } = slice;
        let (name, broken) = (literal(name), if broken { ".broken()" } else { "" });
        let [tables, keys, beginnings] =
            [call("tables", tables), call("keys", keys), call("beginnings", beginnings)];
        let (keyed, lists) = (keyed::expand(keyed), self.lists.calls());
        let beside = format!(
            "use ::orion::__private as __orion;
            #[doc(hidden)] #[allow(unreachable_pub)]
            pub const SLICE_TABLES: __orion::Slice = __orion::Slice::new({name}){broken}{tables}{keys};"
        );
        (beside, format!("SLICE_TABLES{keyed}{others}{beginnings}{lists}"))
    }
}

impl Lists {
    /// The calls that set them.
    fn calls(&self) -> String {
        let Self { migrations, regions, commands, pages, statements, topics } = self;
        let lists = [
            ("migrations", migrations),
            ("regions", regions),
            ("commands", commands),
            ("pages", pages),
            ("statements", statements),
            ("topics", topics),
        ];
        let mut calls = String::new();
        for (name, entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = write!(calls, ".{name}(&[{}])", entries.join(", "));
        }
        calls
    }
}
