//! What `use` inside a slice calls by another name.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ItemUse, UseTree};

use crate::item::Shape;
use crate::slice::SliceItem;

/// Names with the paths that they stand for.
#[derive(Debug, Default)]
pub(super) struct Imports {
    paths: BTreeMap<String, Vec<String>>,
}

impl Imports {
    /// Those of the slice's own `use` items.
    pub(super) fn of(items: &[SliceItem]) -> Self {
        let mut imports = Self::default();
        for item in items {
            if let SliceItem::Plain(item) = item
                && item.shape == Shape::Import
                && let Ok(import) = syn::parse2::<ItemUse>(item.to_token_stream())
            {
                imports.add(&mut Vec::new(), &import.tree);
            }
        }
        imports
    }

    fn add(&mut self, before: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add(before, &path.tree);
                before.pop();
            }
            UseTree::Name(name) => self.insert(&name.ident.to_string(), before, &name.ident.to_string()),
            UseTree::Rename(rename) => {
                self.insert(&rename.rename.to_string(), before, &rename.ident.to_string());
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add(before, tree)),
            UseTree::Glob(_) => {}
        }
    }

    fn insert(&mut self, name: &str, before: &[String], last: &str) {
        let mut path = before.to_vec();
        // `use boards::{self as b}` is `boards`.
        if last != "self" {
            path.push(last.to_owned());
        }
        self.paths.insert(name.to_owned(), path);
    }

    /// Whether a `use` brought the path's first segment.
    pub(super) fn has(&self, path: &[String]) -> bool {
        path.first().is_some_and(|first| self.paths.contains_key(first))
    }

    /// The path with its first segment in full.
    pub(super) fn full(&self, mut path: Vec<String>) -> Vec<String> {
        if let Some(import) = path.first().and_then(|first| self.paths.get(first)) {
            path.splice(..1, import.iter().cloned());
        }
        path
    }
}
