//! The functions of a slice that can be roles.

use quote::ToTokens;
use syn::{ItemUse, UseTree};

use super::model::{Doubt, Roles};
use crate::argument::{By, Role};
use crate::function::Function;
use crate::item::{Item, Shape};
use crate::nearest::nearest;

impl Roles {
    /// None yet, of the slice of this name.
    pub(crate) fn new(slice: &str) -> Self {
        Self { slice: slice.to_owned(), functions: Vec::new(), others: Vec::new() }
    }

    /// Remembers what the item is called.
    pub(crate) fn collect(&mut self, item: &Item) {
        if item.shape == Shape::Import
            && let Ok(import) = syn::parse2::<ItemUse>(item.to_token_stream())
        {
            imported(&import.tree, &mut self.others);
        }
        if item.shape == Shape::Function
            && let Ok(function) = Function::of(item)
        {
            let takes_a_viewer = function.sig.inputs.iter().any(|input| match input {
                syn::FnArg::Typed(typed) => Role::of(By::of(&typed.ty).1) == Role::Viewer,
                syn::FnArg::Receiver(_) => false,
            });
            let names = if takes_a_viewer { &mut self.functions } else { &mut self.others };
            names.push(function.name());
        }
    }

    /// What to say if there is no function of this name: nothing of one that the slice has.
    pub(super) fn doubt(&self, path: &syn::Path) -> Option<Doubt> {
        let name = path.get_ident()?.to_string();
        if self.functions.contains(&name) || self.others.contains(&name) {
            return None;
        }
        let functions = self.functions.iter().map(String::as_str);
        let near = nearest(&name, functions.clone())
            .or_else(|| functions.clone().find(|other| other.starts_with(&name)));
        let hint = match (near, &self.functions[..]) {
            (Some(near), _) => Some(format!("did you mean `{near}`?")),
            (None, [only]) => Some(format!("there is only `{only}`")),
            (None, _) => None,
        };
        Some(Doubt { slice: self.slice.clone(), hint })
    }
}

/// The names that a `use` brings one by one.
fn imported(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(rename) => names.push(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
        UseTree::Glob(_) => {}
    }
}
