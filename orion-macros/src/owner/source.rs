//! One source file, token by token: its slices, the tables that they create, and their queries.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

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

/// The slice in this text that creates the table; `module` is the path of the file's module.
pub(super) fn owner(text: &str, module: &str, table: &str) -> Option<Owner> {
    // Most files have nothing to do with it: only then it is worth reading their tokens.
    if !text.contains(table) || !text.contains("slice") {
        return None;
    }
    in_module(text.parse().ok()?, module, table)
}

fn in_module(tokens: TokenStream, path: &str, table: &str) -> Option<Owner> {
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
        let found = match slice_name(&tokens[..at], &name.to_string()) {
            Some(slice) => in_slice(body.stream(), slice, inside, table),
            None => in_module(body.stream(), &inside, table),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The name of the slice that the module behind these tokens is, if it has `#[slice]`.
fn slice_name(before: &[TokenTree], module: &str) -> Option<String> {
    // Attributes and a visibility stand between the end of the item before and `mod`.
    let own = before.iter().rev().take_while(|token| match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() != ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    });
    let attributes = own.filter_map(|token| match token {
        TokenTree::Group(attribute) => Some(attribute.stream().into_iter().collect::<Vec<_>>()),
        _ => None,
    });
    let is_slice = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "slice");
    let attribute = attributes.into_iter().find(|tokens| tokens.iter().any(is_slice))?;
    let option = attribute.into_iter().find_map(|token| match token {
        TokenTree::Group(options) => first_text(options.stream()),
        _ => None,
    });
    Some(option.unwrap_or_else(|| module.to_owned()))
}

fn in_slice(body: TokenStream, name: String, path: String, table: &str) -> Option<Owner> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let (mut creates, mut read, mut write) = (false, None, None);
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(attribute) = token else { continue };
        if attribute.delimiter() != Delimiter::Bracket {
            continue;
        }
        let mut inside = attribute.stream().into_iter();
        match inside.next() {
            Some(TokenTree::Ident(word)) if word == "migration" => {
                let rest = tokens[at + 1..].iter().take_while(|token| !is_semicolon(token)).cloned();
                creates |= first_text(rest.collect()).is_some_and(|sql| created(&sql, table).is_some());
            }
            Some(TokenTree::Ident(word)) if word == "query" => {
                let Some(TokenTree::Group(arguments)) = inside.next() else { continue };
                let Some(sql) = first_text(arguments.stream()) else { continue };
                if words(&sql).any(|word| word == table) {
                    let query = if writes(&sql) { &mut write } else { &mut read };
                    *query = query.take().or_else(|| function(&tokens[at + 1..]));
                }
            }
            _ => {}
        }
    }
    creates.then_some(Owner { slice: name, path, read, write })
}

/// The name of the function that the tokens begin with.
fn function(tokens: &[TokenTree]) -> Option<String> {
    let at = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))?;
    tokens.get(at + 1).map(ToString::to_string)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// The value of the first string.
fn first_text(tokens: TokenStream) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(_) => Some(syn::parse2::<syn::LitStr>(token.into()).ok()?.value()),
        _ => None,
    })
}

/// Where the SQL names the table that it creates.
pub(crate) fn created(sql: &str, table: &str) -> Option<Range<usize>> {
    let words: Vec<(usize, &str)> = places(sql).collect();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|(_, other)| other.eq_ignore_ascii_case(word));
    let creates = |at: usize| {
        let plain = at >= 2 && is(at - 1, "table") && is(at - 2, "create");
        is(at, table) && (plain || (at >= 1 && is(at - 1, "exists")))
    };
    let (start, word) = words[(0..words.len()).find(|at| creates(*at))?];
    Some(start..start + word.len())
}

/// Whether the statement changes something.
pub(super) fn writes(sql: &str) -> bool {
    words(sql).any(|word| ["insert", "update", "delete", "replace"].contains(&word.as_str()))
}

/// The words in lower case.
fn words(sql: &str) -> impl Iterator<Item = String> + '_ {
    places(sql).map(|(_, word)| word.to_lowercase())
}

/// The words with the byte at which each begins.
fn places(sql: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let start = sql.as_ptr() as usize;
    words.filter(|word| !word.is_empty()).map(move |word| (word.as_ptr() as usize - start, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        use orion::prelude::*;
        #[orion::slice(name = "people")]
        pub mod slice {
            #[migration]
            const CREATE: &str = "create table if not exists people (id integer primary key, name text not null) strict";
            #[query("insert into people (name) values (:name)")]
            fn insert(tx: &Tx, name: &str) -> Result<()>;
            #[query("select name from people where id = :id")]
            pub fn name(db: &Db, id: i64) -> Result<Option<String>>;
        }
        mod deep { #[slice] mod pets { #[migration] const A: &str = "create table pets (id integer primary key)"; } }
    "#;

    #[test]
    fn the_slice_that_creates_the_table_owns_it() {
        let found = owner(SOURCE, "people", "people").expect("it is there");
        let text = |text: &str| Some(text.to_owned());
        assert_eq!((found.slice.as_str(), found.path.as_str()), ("people", "people::slice"));
        assert_eq!((found.read, found.write), (text("name"), text("insert")));
        let pets = owner(SOURCE, "", "pets").expect("it is there");
        assert_eq!((pets.slice.as_str(), pets.path.as_str(), pets.read), ("pets", "deep::pets", None));
    }

    #[test]
    fn nobody_owns_what_nobody_creates() {
        assert_eq!(owner(SOURCE, "", "name"), None);
        assert_eq!(owner("fn a( { slice people", "", "people"), None, "what is no Rust is nobody's");
    }
}
