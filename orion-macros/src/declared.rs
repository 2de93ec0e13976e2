//! What a slice declares, as the library is told: the lists of `SLICE`.

use std::fmt::Write as _;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Attribute;

use crate::data::{PLACE, filled, literal, placed, tokens};
use crate::expanded::unseen;
use crate::function::Function;

/// The data of one declaration: an entry in one of the slice's lists.
pub(crate) struct Data {
    /// The `#[cfg]`s under which it is there.
    cfg: String,
    value: String,
    kind: Kind,
    /// What messages can be about, for the [`HOLE`](crate::data::HOLE)s of the value in their order.
    holes: Vec<TokenStream>,
}

/// Where the value of a declaration stands.
enum Kind {
    /// In the list: nothing refers to it.
    Entry,
    /// In a constant of this name and type, and what is kept aside of it. Closures are in small constants: of each of them the compiler
    /// compares all that it knows of the constant that it is in.
    Constant(String, &'static str, Aside),
    /// In the list, by whose index it is referred to.
    Listed(Aside),
}

impl Data {
    /// A value of one of the library's types, made by a function of the library: `region(…)`.
    pub(crate) fn value(function: &Function, of: &'static str, value: &str, holes: Vec<TokenStream>) -> Self {
        let (cfg, name) = (cfg(&function.cfg()), &function.sig.ident);
        let kind = Kind::Constant(name.to_string(), of, Aside::Place(name.span()));
        Self { cfg, value: format!("__orion::{value}"), kind, holes }
    }

    /// A statement. Under a `#[cfg]` it has no certain place in its list.
    pub(crate) fn statement(function: &Function, sql: &str, value: &str) -> Self {
        let (cfg, aside) = (cfg(&function.cfg()), Aside::Text(sql.to_owned()));
        let kind = if cfg.is_empty() {
            Kind::Listed(aside)
        } else {
            Kind::Constant(function.sig.ident.to_string(), "Statement", aside)
        };
        Self { cfg, value: format!("__orion::{value}"), kind, holes: Vec::new() }
    }

    /// An entry to which nothing refers.
    pub(crate) fn entry(cfg: &[Attribute], entry: &str) -> Self {
        Self { cfg: self::cfg(cfg), value: entry.to_owned(), kind: Kind::Entry, holes: Vec::new() }
    }
}

/// What a slice declares, as the library is told: the entries of each list.
#[derive(Default)]
pub(crate) struct Declared {
    pub(crate) migrations: String,
    pub(crate) regions: String,
    pub(crate) commands: String,
    pub(crate) pages: String,
    pub(crate) topics: String,
    /// Those that have constants.
    pub(crate) statements: String,
    /// Those that stand before them, and how many these are.
    listed: String,
    length: usize,
    constants: String,
    /// What fills the holes of the constants.
    holes: Vec<TokenStream>,
    asides: Asides,
}

impl Declared {
    /// Adds a declaration to one of the lists.
    pub(crate) fn add(&mut self, data: Data, list: impl FnOnce(&mut Self) -> &mut String) {
        let Data { cfg, value, kind, holes } = data;
        match kind {
            Kind::Entry => {
                let _ = write!(list(self), "{cfg} {value}, ");
            }
            Kind::Constant(name, of, aside) => {
                let value = self.asides.in_place(&value, aside);
                let _ = write!(self.constants, "{cfg} const {name}: __orion::{of} = {value};");
                self.holes.extend(holes);
                let _ = write!(list(self), "{cfg} &{CONSTANTS}::{name}, ");
            }
            Kind::Listed(aside) => {
                let value = self.asides.in_place(&value, aside);
                let _ = write!(self.listed, "&{value}, ");
                self.length += 1;
            }
        }
    }

    /// How the body of a query refers to its statement, where that is the next.
    pub(crate) fn next_statement(&self, function: &Function) -> TokenStream {
        if !function.cfg().is_empty() {
            return constant(function);
        }
        let at = Literal::usize_unsuffixed(self.length);
        quote!(__STATEMENTS[#at])
    }

    /// How the place of the slice itself is referred to.
    pub(crate) fn here(&mut self) -> String {
        self.asides.keep(Aside::Place(Span::call_site()))
    }

    /// The calls of the builder that set the lists.
    pub(crate) fn calls(&self) -> String {
        let Self { migrations, regions, commands, pages, topics, .. } = self;
        let lists = [
            ("migrations", migrations),
            ("regions", regions),
            ("commands", commands),
            ("pages", pages),
            ("topics", topics),
        ];
        let mut calls = String::new();
        for (name, entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = write!(calls, ".{name}(&[{entries}])");
        }
        calls.push_str(if self.has_statements() { ".statements(__STATEMENTS)" } else { "" });
        calls
    }

    fn has_statements(&self) -> bool {
        self.length > 0 || !self.statements.is_empty()
    }

    /// The constants, and what is kept aside.
    pub(crate) fn tokens(self) -> TokenStream {
        let statements = self.has_statements().then(|| {
            let Self { listed, statements, .. } = &self;
            tokens(&format!("const __STATEMENTS: &[&__orion::Statement] = &[{listed}{statements}];"))
        });
        let constants = (!self.constants.is_empty()).then(|| {
            let (name, constants) =
                (Ident::new(CONSTANTS, Span::call_site()), filled(&self.constants, self.holes));
            quote! {
                struct #name {}

                #[allow(non_upper_case_globals, unused_variables, clippy::pedantic)]
                impl #name { #constants }
            }
        });
        let asides = self.asides.tokens();
        quote!(#asides #statements #constants)
    }
}

/// How a body refers to the constant of a declaration.
pub(crate) fn constant(function: &Function) -> TokenStream {
    let (constants, name) = (Ident::new(CONSTANTS, Span::call_site()), unseen(&function.sig.ident));
    quote!(&#constants::#name)
}

/// What is kept beside a declaration, and is no part of what is proven.
enum Aside {
    /// Where it is declared, for the library to say.
    Place(Span),
    /// SQL.
    Text(String),
}

/// Stands in the text of a value for where something is kept [`Aside`]; before any text of the user's.
pub(crate) const ASIDE: &str = "__aside";

/// Everything that a slice keeps aside, in two lists: `__sql`, a function that returns the texts, and `__PLACES`, a `static`.
#[derive(Default)]
struct Asides {
    texts: Vec<String>,
    places: Vec<TokenStream>,
}

impl Asides {
    /// The value, which begins with what is kept aside of it.
    fn in_place(&mut self, value: &str, aside: Aside) -> String {
        value.replacen(ASIDE, &self.keep(aside), 1)
    }

    /// Keeps it; how it is referred to.
    fn keep(&mut self, aside: Aside) -> String {
        match aside {
            Aside::Text(text) => {
                self.texts.push(literal(&text));
                format!("__sql, {}", self.texts.len() - 1)
            }
            Aside::Place(place) => {
                self.places.push(quote_spanned!(place=> __orion::here()));
                format!("&__PLACES, {}", self.places.len() - 1)
            }
        }
    }

    fn tokens(self) -> TokenStream {
        let Self { texts, places } = self;
        let mut text = String::new();
        if !texts.is_empty() {
            let _ = write!(text, "fn __sql() -> __orion::Texts {{ &[{}] }}", texts.join(", "));
        }
        let holes = vec![PLACE; places.len()].join(", ");
        let _ = write!(text, "static __PLACES: __orion::Places = &[{holes}];");
        placed(&text, &places)
    }
}

/// The type in the slice's module that has the constants.
const CONSTANTS: &str = "__Declared";

fn cfg(attrs: &[Attribute]) -> String {
    attrs.iter().fold(String::new(), |all, attr| all + &attr.to_token_stream().to_string())
}
