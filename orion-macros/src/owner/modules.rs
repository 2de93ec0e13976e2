//! The modules of a crate, from its root on: those in braces, and the files that `mod name;` stands for. Other files beside
//! them may be another program's.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, parse_quote};

use super::source::Slice;

/// So deep nobody nests; a file that names itself is left there.
const DEEPEST: usize = 32;

/// Every slice of the crate that begins with this file.
pub(super) fn slices(root: &Path) -> Vec<Slice> {
    let mut walk = Walk { found: Vec::new(), path: Vec::new() };
    let folder = root.parent().unwrap_or_else(|| Path::new(""));
    walk.file(root, folder);
    walk.found
}

/// Every slice of a text that stands in this module.
#[cfg(test)]
pub(super) fn in_text(text: &str, module: &[&str]) -> Vec<Slice> {
    let path = module.iter().map(|&name| name.to_owned()).collect();
    let mut walk = Walk { found: Vec::new(), path };
    let nowhere = Folders { own: PathBuf::new(), below: PathBuf::new() };
    walk.tokens(text.parse().unwrap_or_default(), &nowhere);
    walk.found
}

struct Walk {
    found: Vec<Slice>,
    /// The names of the modules around what is looked at.
    path: Vec<String>,
}

/// Where the modules of a file are looked for.
#[derive(Clone)]
struct Folders {
    /// Of the file itself, and of the modules in it that are in braces: for `#[path = "…"]`.
    own: PathBuf,
    /// Of the modules that are called by their names.
    below: PathBuf,
}

impl Walk {
    /// A file whose modules are in the folder `below`. One that is half-typed has none.
    fn file(&mut self, file: &Path, below: &Path) {
        let Some(tokens) = std::fs::read_to_string(file).ok().and_then(|text| text.parse().ok()) else {
            return;
        };
        let own = file.parent().unwrap_or_else(|| Path::new("")).to_owned();
        self.tokens(tokens, &Folders { own, below: below.to_owned() });
    }

    fn tokens(&mut self, tokens: TokenStream, folders: &Folders) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(end)) =
                (token, tokens.get(at + 1), tokens.get(at + 2))
            else {
                continue;
            };
            if word != "mod" || self.path.len() == DEEPEST {
                continue;
            }
            self.path.push(name.to_string());
            let attributes = attributes(&tokens[..at]);
            match end {
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                    match Slice::of(&attributes, &self.path, body.stream()) {
                        Some(slice) => self.found.push(slice),
                        None => self.tokens(body.stream(), &folders.inside(&name.to_string())),
                    }
                }
                TokenTree::Punct(end) if end.as_char() == ';' => self.outside(&attributes, folders),
                _ => {}
            }
            self.path.pop();
        }
    }

    /// A module in a file of its own.
    fn outside(&mut self, attributes: &[Attribute], folders: &Folders) {
        if let Some(path) = attributes.iter().find_map(path) {
            let file = folders.own.join(path);
            let below = file.parent().unwrap_or_else(|| Path::new("")).to_owned();
            return self.file(&file, &below);
        }
        let name = self.path.last().map(|name| name.trim_start_matches("r#")).unwrap_or_default();
        let below = folders.below.join(name);
        let file = below.with_extension("rs");
        if file.is_file() { self.file(&file, &below) } else { self.file(&below.join("mod.rs"), &below) }
    }
}

impl Folders {
    /// Those of a module in braces.
    fn inside(&self, name: &str) -> Self {
        let below = self.below.join(name);
        Self { own: below.clone(), below }
    }
}

/// What stands before an item, back to the end of the one before it: its attributes, and its visibility.
fn attributes(before: &[TokenTree]) -> Vec<Attribute> {
    let own = before.iter().rev().take_while(|token| match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() != ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    });
    own.filter_map(attribute).collect()
}

/// The attribute whose brackets these are, as far as they are brackets and it is one.
pub(super) fn attribute(token: &TokenTree) -> Option<Attribute> {
    let TokenTree::Group(group) = token else { return None };
    let brackets = Some(group).filter(|group| group.delimiter() == Delimiter::Bracket)?;
    let meta: Meta = syn::parse2(brackets.stream()).ok()?;
    Some(parse_quote!(#[#meta]))
}

/// `board.rs` of `#[path = "board.rs"]`.
fn path(attribute: &Attribute) -> Option<String> {
    let pair = attribute.meta.require_name_value().ok().filter(|pair| pair.path.is_ident("path"))?;
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_found_as_rust_finds_them() {
        let root = std::env::temp_dir().join(format!("orion-macros-modules-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            fs::write(path, text).expect("a file");
        };
        let slice = |name: &str| format!("#[orion::slice] pub mod {name} {{ }}");
        write(
            "main.rs",
            &(slice("a") + "mod file; mod folder; mod braces { pub mod deep; } #[path = \"x/y.rs\"] mod z;"),
        );
        write("file.rs", &(slice("b") + "pub(crate) mod below;"));
        write("file/below.rs", &slice("c"));
        write("folder/mod.rs", &(slice("d") + "mod r#loop;"));
        write("folder/loop.rs", &slice("e"));
        write("braces/deep.rs", &slice("f"));
        write("x/y.rs", &slice("g"));
        write("other.rs", &slice("another_programs"));
        write("bin/tool.rs", &slice("another_programs"));
        let mut found: Vec<String> =
            slices(&root.join("main.rs")).iter().map(|slice| slice.path.join("::")).collect();
        found.sort();
        assert_eq!(
            found,
            ["a", "braces::deep::f", "file::b", "file::below::c", "folder::d", "folder::r#loop::e", "z::g"]
        );
        fs::remove_dir_all(&root).expect("it was made");
    }
}
