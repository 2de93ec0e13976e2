//! The slices of a crate, token by token: the tables that they create, and their queries.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, FnArg, LitStr, Pat, Signature};

use super::modules::attribute;
use crate::construct::Construct;
use crate::folder;
use crate::sql::{self, Use};

/// A slice as it stands in the sources.
pub(super) struct Slice {
    name: String,
    /// Its module and those around it, outermost first.
    pub(super) path: Vec<String>,
    /// Its migrations that are in files.
    history: Vec<String>,
    body: TokenStream,
}

/// The slice that owns a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// Its name.
    pub(super) slice: String,
    /// The path of its module, as the slice that asks writes it beside its own.
    pub(super) path: String,
    /// A query of it that reads the table, and one that writes it.
    pub(super) read: Option<Query>,
    pub(super) write: Option<Query>,
}

/// A query of another slice's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) name: String,
    /// The names of its arguments: `db, id`.
    pub(super) arguments: String,
    pub(super) public: bool,
}

/// What is looked for: whose a table is, if it is another slice's.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) table: &'a str,
    /// The name of the slice that asks.
    pub(super) by: &'a str,
}

/// The slice whose migrations leave the table behind.
pub(super) fn owner(slices: Vec<Slice>, question: Question<'_>) -> Option<Owner> {
    let asks = slices.iter().find(|slice| slice.name == question.by).map(|slice| slice.around().to_vec());
    let mut others = slices.into_iter().filter(|slice| slice.name != question.by);
    others.find_map(|slice| slice.owner(question.table, asks.as_deref()))
}

impl Slice {
    /// The slice that a module is, if it has `#[slice]`.
    pub(super) fn of(attributes: &[Attribute], path: &[String], body: TokenStream) -> Option<Self> {
        let is_slice = |attribute: &&Attribute| {
            attribute.path().segments.last().is_some_and(|last| last.ident == "slice")
        };
        let attribute = attributes.iter().find(is_slice)?;
        let options: Vec<TokenTree> = list(attribute).into_iter().flatten().collect();
        let option = |name: &str| {
            let is_set = |pair: &[TokenTree]| matches!(pair, [TokenTree::Ident(key), TokenTree::Punct(_)] if key == name);
            text(options.get(options.windows(2).position(is_set)? + 2)?)
        };
        let module = path.last().map(|module| module.trim_start_matches("r#").to_owned());
        let name = option("name").or(module)?;
        let history = option("migrations").map_or_else(Vec::new, |folder| folder::texts(&folder));
        Some(Self { name, path: path.to_vec(), history, body })
    }

    /// The modules around its own.
    fn around(&self) -> &[String] {
        self.path.split_last().map_or(&[], |(_, around)| around)
    }

    /// The slice as the owner of the table, if it is; `asks` are the modules around the slice that asks.
    fn owner(self, table: &str, asks: Option<&[String]>) -> Option<Owner> {
        let beside = asks == Some(self.around());
        let path = if beside {
            self.path[self.path.len() - 1].clone()
        } else {
            format!("crate::{}", self.path.join("::"))
        };
        let tokens: Vec<TokenTree> = self.body.into_iter().collect();
        let last = self.history.iter().flat_map(|sql| sql::steps(sql)).rfind(|step| step.is_about(table));
        let (mut owns, mut read, mut write) = (last.is_some_and(|step| step.made.is_some()), None, None);
        for (at, token) in tokens.iter().enumerate() {
            let Some(attribute) = attribute(token) else { continue };
            let item = &tokens[at + 1..];
            match Construct::of(&attribute) {
                Some(Construct::Migration) => {
                    let item = item.iter().take_while(|token| !is_semicolon(token));
                    let steps = item.filter_map(text).flat_map(|sql| sql::steps(&sql));
                    let last = steps.filter(|step| step.is_about(table)).last();
                    owns = last.map_or(owns, |step| step.made.is_some());
                }
                Some(Construct::Query) => {
                    let sql = list(&attribute)
                        .and_then(|arguments| arguments.into_iter().find_map(|token| text(&token)));
                    let known = match sql.and_then(|sql| sql::use_of(&sql, table)) {
                        Some(Use::Reads) => &mut read,
                        Some(Use::Writes) => &mut write,
                        None => continue,
                    };
                    // One that can be called goes before one that cannot yet.
                    let query = Query::of(item);
                    if known.as_ref().is_none_or(|known: &Query| {
                        !known.public && query.as_ref().is_some_and(|query| query.public)
                    }) {
                        *known = query;
                    }
                }
                _ => {}
            }
        }
        owns.then_some(Owner { slice: self.name, path, read, write })
    }
}

impl Query {
    /// The function that the tokens begin with.
    fn of(item: &[TokenTree]) -> Option<Self> {
        let at = item.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))?;
        let public = item[..at].iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "pub"));
        let ends = |token: &&TokenTree| {
            is_semicolon(token)
                || matches!(token, TokenTree::Group(body) if body.delimiter() == Delimiter::Brace)
        };
        let signature: TokenStream = item[at..].iter().take_while(|token| !ends(token)).cloned().collect();
        let signature: Signature = syn::parse2(signature).ok()?;
        let names = signature.inputs.iter().map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(name) => name.ident.to_string(),
                _ => "…".to_owned(),
            },
            FnArg::Receiver(_) => "…".to_owned(),
        });
        let arguments = names.collect::<Vec<_>>().join(", ");
        Some(Self { name: signature.ident.to_string(), arguments, public })
    }
}

/// What stands between the attribute's parentheses.
fn list(attribute: &Attribute) -> Option<TokenStream> {
    attribute.meta.require_list().ok().map(|list| list.tokens.clone())
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// The value of a string.
fn text(token: &TokenTree) -> Option<String> {
    Some(syn::parse2::<LitStr>(token.clone().into()).ok()?.value())
}

#[cfg(test)]
mod tests;
