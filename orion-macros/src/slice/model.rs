//! A slice, before and after it was checked.

use proc_macro2::Ident;
use syn::{Attribute, LitStr, Visibility};

use crate::function::Function;
use crate::item::Item;
use crate::keyed::Keyed;
use crate::reach::Reaches;
use crate::uses::Uses;
use crate::{command, folder, migration, options, page, query, region, topic};

/// A slice as it was written.
pub(crate) struct Written {
    /// The option `name`.
    pub(super) name: Option<LitStr>,
    /// The option `migrations`.
    pub(super) folder: Option<LitStr>,
    /// The option `uses`.
    pub(super) uses: Option<options::Written>,
    /// The option `keyed`.
    pub(super) keyed: Option<options::Written>,
    pub(super) module: Module,
    /// The names by which the attributes were called, each once: what brought them into scope is used.
    pub(super) called: Vec<Ident>,
    /// The migrations, oldest first.
    pub(super) history: Vec<migration::Written>,
    /// Everything else, in source order.
    pub(super) items: Vec<WrittenItem>,
}

/// A slice that means something.
pub(crate) struct Slice {
    pub(super) name: String,
    pub(super) module: Module,
    /// The names by which the attributes were called, each once: what brought them into scope is used.
    pub(super) called: Vec<Ident>,
    /// Whether nothing brings orion's names into scope, which was reported.
    pub(super) unimported: bool,
    /// The migrations, oldest first.
    pub(super) history: Vec<migration::Migration>,
    /// The migrations in files, where they are not in the module.
    pub(super) files: Vec<folder::File>,
    /// The tables that the migrations leave behind.
    pub(super) tables: Vec<String>,
    /// Their keys, as SQL writes them: `todos (id)`.
    pub(super) keys: Vec<String>,
    /// The tables that are watched by a key.
    pub(super) keyed: Vec<Keyed>,
    /// What their foreign keys refer to in other slices.
    pub(super) uses: Uses,
    /// What the paths of its commands and pages begin with.
    pub(super) beginnings: Vec<String>,
    /// Everything else, in source order.
    pub(crate) items: Vec<SliceItem>,
    /// What the bodies of the items reach.
    pub(super) reaches: Reaches,
}

impl Slice {
    pub(super) fn commands(&self) -> impl Iterator<Item = &command::Command> {
        self.items
            .iter()
            .filter_map(|item| if let SliceItem::Command(command) = item { Some(command) } else { None })
    }
}

/// The module around the items.
pub(super) struct Module {
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) ident: Ident,
    pub(super) inner: Vec<Attribute>,
}

impl WrittenItem {
    /// The function, where what is declared is one.
    pub(super) fn function(&self) -> Option<&Function> {
        match self {
            Self::Query(query::Written { function, .. })
            | Self::Region(region::Written { function, .. })
            | Self::Command(command::Written { function, .. })
            | Self::Page(page::Written { function, .. }) => Some(function),
            Self::Plain(_) | Self::Topic(_) => None,
        }
    }
}

/// An item and what it declares, as written.
pub(super) enum WrittenItem {
    Plain(Item),
    Query(query::Written),
    Region(region::Written),
    Command(command::Written),
    Page(page::Written),
    Topic(topic::Written),
}

/// An item and what it declares.
pub(crate) enum SliceItem {
    Plain(Item),
    Query(query::Query),
    Region(region::Region),
    Command(command::Command),
    Page(page::Page),
    Topic(topic::Topic),
}

impl SliceItem {
    /// The query, where it is one.
    pub(super) fn query(&self) -> Option<&query::Query> {
        match self {
            Self::Query(query) => Some(query),
            _ => None,
        }
    }
}
