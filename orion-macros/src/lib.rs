//! The attribute macros of orion. Documented where they are re-exported: in the `orion` crate.
//!
//! Entry points only. Each macro is a module that parses to what was written, checks that into something that means
//! something, and expands what was checked; mistakes are collected on the way (`errors`).

mod access;
mod application;
mod argument;
mod binding;
mod command;
mod compiler;
mod construct;
mod data;
mod declared;
mod errors;
mod expanded;
#[cfg(test)]
mod expansions;
mod folder;
mod function;
mod inside;
mod item;
mod keyed;
mod links;
mod listed;
mod markup;
mod migration;
mod misplaced;
mod nearest;
mod options;
mod owner;
mod page;
mod query;
mod reach;
mod recall;
mod region;
mod route;
mod row;
mod said;
mod scalar;
mod schema;
mod script;
mod signals;
mod slice;
mod spelling;
mod sql;
mod topic;
mod uses;
mod value;

use proc_macro::TokenStream;

use construct::Construct;

#[allow(missing_docs)] // On the re-export in `orion`, where the examples compile.
#[proc_macro_attribute]
pub fn slice(args: TokenStream, item: TokenStream) -> TokenStream {
    inside::watched(&slice::slice(&args.into(), &item.into())).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn migration(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Migration, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn query(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Query, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn region(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Region, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn command(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Command, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn page(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Page, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_attribute]
pub fn topic(_: TokenStream, item: TokenStream) -> TokenStream {
    misplaced::misplaced(Construct::Topic, item.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_derive(Row)]
pub fn row(input: TokenStream) -> TokenStream {
    row::derive(input.into()).into()
}

#[allow(missing_docs)]
#[proc_macro_derive(Value)]
pub fn value(input: TokenStream) -> TokenStream {
    value::derive(input.into()).into()
}

#[allow(missing_docs)]
#[proc_macro]
pub fn main(input: TokenStream) -> TokenStream {
    // Cargo says where the application is; without Cargo that is where the compiler was started.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    inside::watched(&application::main(input.into(), root.as_ref())).into()
}

/// The tokens of a text, from the compiler's own lexer where there is one; `None` where it is none of Rust's.
fn lexed(text: &str) -> Option<proc_macro2::TokenStream> {
    if proc_macro::is_available() {
        text.parse::<TokenStream>().ok().map(Into::into)
    } else {
        text.parse().ok().map(here)
    }
}

/// The tokens at the place of the macro, where the compiler's lexer puts them.
fn here(tokens: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    use proc_macro2::{Group, Span, TokenTree};
    let here = tokens.into_iter().map(|token| {
        let mut token = match token {
            TokenTree::Group(group) => Group::new(group.delimiter(), here(group.stream())).into(),
            token => token,
        };
        token.set_span(Span::call_site());
        token
    });
    here.collect()
}
