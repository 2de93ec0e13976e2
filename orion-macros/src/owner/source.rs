//! One source file, token by token: its slices, the tables that they create, and their queries.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, LitStr, Meta, parse_quote};

use crate::construct::Construct;
use crate::folder;
use crate::sql::{self, Use};

/// The slice that owns a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// Its name.
    pub(super) slice: String,
    /// The path of its module.
    pub(super) path: String,
    /// A query of it that reads the table, and one that writes it.
    pub(super) read: Option<String>,
    pub(super) write: Option<String>,
}

/// What is looked for: whose a table is, if it is another slice's.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) table: &'a str,
    /// The name of the slice that asks.
    pub(super) by: &'a str,
}

/// The slice in this text whose migrations leave the table behind; `module` is the path of the file's module.
pub(super) fn owner(text: &str, module: &str, question: Question<'_>) -> Option<Owner> {
    // Most files have nothing to do with it: only then it is worth reading their tokens.
    let named = text.to_ascii_lowercase().contains(&question.table.to_ascii_lowercase());
    if !named || !text.contains("slice") {
        return None;
    }
    in_module(text.parse().ok()?, module, question)
}

fn in_module(tokens: TokenStream, path: &str, question: Question<'_>) -> Option<Owner> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
            (token, tokens.get(at + 1), tokens.get(at + 2))
        else {
            continue;
        };
        if word != "mod" || body.delimiter() != Delimiter::Brace {
            continue;
        }
        let inside = if path.is_empty() { name.to_string() } else { format!("{path}::{name}") };
        let found = match slice(&tokens[..at], &name.to_string()) {
            Some((slice, _)) if slice == question.by => None,
            Some((slice, history)) => in_slice(body.stream(), slice, inside, &history, question.table),
            None => in_module(body.stream(), &inside, question),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The slice that the module behind these tokens is, if it has `#[slice]`: its name, and its migrations that are in files.
fn slice(before: &[TokenTree], module: &str) -> Option<(String, Vec<String>)> {
    // Attributes and a visibility stand between the end of the item before and `mod`.
    let own = before.iter().rev().take_while(|token| match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() != ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    });
    let is_slice =
        |attribute: &Attribute| attribute.path().segments.last().is_some_and(|last| last.ident == "slice");
    let attribute = own.filter_map(attribute).find(is_slice)?;
    let options: Vec<TokenTree> = list(&attribute).into_iter().flatten().collect();
    let option = |name: &str| {
        let is_set =
            |pair: &[TokenTree]| matches!(pair, [TokenTree::Ident(key), TokenTree::Punct(_)] if key == name);
        text(options.get(options.windows(2).position(is_set)? + 2)?)
    };
    let name = option("name").unwrap_or_else(|| module.trim_start_matches("r#").to_owned());
    Some((name, option("migrations").map_or_else(Vec::new, |folder| folder::texts(&folder))))
}

fn in_slice(body: TokenStream, name: String, path: String, history: &[String], table: &str) -> Option<Owner> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let last = history.iter().flat_map(|sql| sql::steps(sql)).rfind(|step| step.is_about(table));
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
                let query = match sql.and_then(|sql| sql::use_of(&sql, table)) {
                    Some(Use::Reads) => &mut read,
                    Some(Use::Writes) => &mut write,
                    None => continue,
                };
                *query = query.take().or_else(|| function(item));
            }
            _ => {}
        }
    }
    owns.then_some(Owner { slice: name, path, read, write })
}

/// The attribute whose brackets these are, as far as they are brackets and it is one.
fn attribute(token: &TokenTree) -> Option<Attribute> {
    let TokenTree::Group(group) = token else { return None };
    let brackets = Some(group).filter(|group| group.delimiter() == Delimiter::Bracket)?;
    let meta: Meta = syn::parse2(brackets.stream()).ok()?;
    Some(parse_quote!(#[#meta]))
}

/// What stands between the attribute's parentheses.
fn list(attribute: &Attribute) -> Option<TokenStream> {
    attribute.meta.require_list().ok().map(|list| list.tokens.clone())
}

/// The name of the function that the tokens begin with.
fn function(tokens: &[TokenTree]) -> Option<String> {
    let at = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))?;
    tokens.get(at + 1).map(ToString::to_string)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// The value of a string.
fn text(token: &TokenTree) -> Option<String> {
    Some(syn::parse2::<LitStr>(token.clone().into()).ok()?.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        use orion::prelude::*;
        #[orion::slice(name = "people")]
        pub mod slice {
            #[migration]
            const CREATE: &str = "create table if not exists People (id integer primary key, name text not null) strict";
            #[orion::migration]
            const INDEX: &str = "drop table if exists visits; create index if not exists named on people (name)";
            #[query("insert into people (name) select name from visits")]
            fn insert(tx: &Tx, name: &str) -> Result<()>;
            #[query("select replace(name, 'update', '') from \"PEOPLE\" where id = :id")]
            pub fn name(db: &Db, id: i64) -> Result<Option<String>>;
        }
        mod deep { #[slice(migrations = "elsewhere", name = "animals")] mod pets {
            #[orion::migration] const A: &str = "create virtual table pets using fts5 (name); create table visits (id integer)";
            #[orion::query("insert into visits select rowid from pets")] pub fn visit(tx: &Tx) -> Result<()>;
            #[migration] const B: &str = "create table left_behind (id integer)";
            #[migration] const C: &str = "drop table left_behind";
        } }
    "#;

    /// Who owns the table, as a slice of this name is told.
    fn told(by: &str, table: &str) -> Option<Owner> {
        owner(SOURCE, "", Question { table, by })
    }

    #[test]
    fn the_slice_that_creates_the_table_owns_it() {
        let found = owner(SOURCE, "people", Question { table: "people", by: "notes" }).expect("it is there");
        let text = |text: &str| Some(text.to_owned());
        assert_eq!((found.slice.as_str(), found.path.as_str()), ("people", "people::slice"));
        assert_eq!((found.read, found.write), (text("name"), text("insert")));
    }

    #[test]
    fn the_name_is_that_of_the_option_name() {
        let pets = told("notes", "Pets").expect("it is there");
        assert_eq!((pets.slice.as_str(), pets.path.as_str()), ("animals", "deep::pets"));
    }

    #[test]
    fn a_query_that_writes_another_table_only_reads_this_one() {
        let pets = told("notes", "pets").expect("it is there");
        assert_eq!((pets.read.as_deref(), pets.write), (Some("visit"), None));
    }

    #[test]
    fn what_drops_or_indexes_a_table_does_not_own_it() {
        assert_eq!(told("notes", "visits").expect("it is there").slice, "animals");
        assert_eq!(told("notes", "named"), None);
        assert_eq!(told("notes", "left_behind"), None, "it is there no longer");
    }

    #[test]
    fn a_slice_is_not_told_that_a_table_is_its_own() {
        assert_eq!(told("people", "people"), None);
        assert_eq!(told("animals", "pets"), None);
    }

    #[test]
    fn nobody_owns_what_nobody_creates() {
        assert_eq!(told("notes", "name"), None);
        let broken = owner("fn a( { slice people", "", Question { table: "people", by: "notes" });
        assert_eq!(broken, None, "what is no Rust is nobody's");
    }
}
