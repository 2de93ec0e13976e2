//! What the body of a command, region or page reaches, read off its tokens: bodies are never parsed. Where the tokens leave
//! doubt the answer is *open*: more than this is reached.

mod imports;
mod scan;
mod slices;

use std::collections::{BTreeMap, BTreeSet};

use syn::Expr;

use crate::argument::{By, Role};
use crate::data;
use crate::function::Function;
use crate::item::Shape;
use crate::slice::SliceItem;

use imports::Imports;
use scan::Scan;
pub(crate) use slices::expand as expand_slices;

/// The names in one body, or in several.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    calls: BTreeSet<String>,
    publishes: BTreeSet<String>,
    shows: BTreeSet<String>,
    offers: BTreeSet<String>,
    open: bool,
    /// The plain functions of the slice that are called: followed, and then no longer of interest.
    functions: BTreeSet<String>,
    /// The modules that may be other slices, as they are found from the slice's own: `super::boards`.
    modules: BTreeSet<Vec<String>>,
}

/// What the functions of a slice reach.
pub(crate) struct Reaches {
    bodies: BTreeMap<String, Reach>,
}

impl Reaches {
    /// Reads every body of the slice.
    pub(crate) fn of(items: &[SliceItem]) -> Self {
        let plain: Vec<Function> = items.iter().filter_map(plain).collect();
        let scan = Scan {
            queries: items.iter().filter_map(query).collect(),
            functions: plain.iter().map(Function::name).collect(),
            imports: Imports::of(items),
        };
        let declared = items.iter().filter_map(declared);
        let bodies = declared.chain(&plain).map(|function| (function.name(), body(&scan, function)));
        Self { bodies: bodies.collect() }
    }

    /// What a function reaches, through the slice's plain functions too.
    pub(crate) fn from(&self, name: &str) -> Reach {
        let mut all = Reach::default();
        for body in self.functions(name).iter().filter_map(|name| self.bodies.get(name)) {
            all.add(body);
        }
        all
    }

    /// The modules that may be other slices, which what the slice declares reaches.
    pub(crate) fn modules(&self, items: &[SliceItem]) -> BTreeSet<Vec<String>> {
        let declared = items.iter().filter_map(declared);
        declared.flat_map(|function| self.from(&function.name()).modules).collect()
    }

    /// Whether something in the slice may link to another slice's commands.
    pub(crate) fn links_elsewhere(&self) -> bool {
        self.bodies.values().any(|body| body.offers.iter().any(|path| path.contains("::")))
    }

    /// The function and all plain functions of the slice that it calls, or that they call.
    pub(crate) fn functions(&self, name: &str) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut next = vec![name.to_owned()];
        while let Some(name) = next.pop() {
            if let Some(body) = self.bodies.get(&name)
                && seen.insert(name)
            {
                next.extend(body.functions.iter().cloned());
            }
        }
        seen
    }
}

impl Reach {
    fn add(&mut self, other: &Self) {
        let Self { calls, publishes, shows, offers, open, functions: _, modules } = other;
        self.calls.extend(calls.iter().cloned());
        self.publishes.extend(publishes.iter().cloned());
        self.shows.extend(shows.iter().cloned());
        self.offers.extend(offers.iter().cloned());
        self.open |= open;
        self.modules.extend(modules.iter().cloned());
    }
}

impl Reach {
    /// The queries that may run, as a list.
    pub(crate) fn calls(&self) -> String {
        data::list(&self.calls)
    }

    /// The calls that say the rest of it.
    pub(crate) fn rest(&self) -> String {
        let Self { calls: _, publishes, shows, offers, open, functions: _, modules: _ } = self;
        let publishes = data::call("publishes", publishes);
        let [shows, offers] = [data::call("shows", shows), data::call("offers", offers)];
        let open = if *open { ".open()" } else { "" };
        format!("{publishes}{shows}{offers}{open}")
    }
}

/// The names of topics in `on(…)`, as they are written; `None` for one that is made in another way.
pub(crate) fn topic(topic: &Expr) -> Option<String> {
    let path = match topic {
        Expr::Call(call) => return self::topic(&call.func),
        Expr::Path(path) => &path.path,
        Expr::Struct(structure) => &structure.path,
        Expr::Group(group) => return self::topic(&group.expr),
        Expr::Paren(paren) => return self::topic(&paren.expr),
        _ => return None,
    };
    let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    Some(scan::named(&segments))
}

fn plain(item: &SliceItem) -> Option<Function> {
    let SliceItem::Plain(item) = item else { return None };
    if item.shape == Shape::Function { Function::of(item).ok() } else { None }
}

fn query(item: &SliceItem) -> Option<String> {
    let SliceItem::Query(query) = item else { return None };
    Some(query.function.name())
}

fn declared(item: &SliceItem) -> Option<&Function> {
    match item {
        SliceItem::Region(region) => Some(&region.function),
        SliceItem::Command(command) => Some(&command.function),
        SliceItem::Page(page) => Some(&page.function),
        SliceItem::Plain(_) | SliceItem::Query(_) | SliceItem::Topic(_) => None,
    }
}

fn body(scan: &Scan, function: &Function) -> Reach {
    let stores = function.sig.inputs.iter().filter_map(store).collect();
    let mut reach = Reach::default();
    if let Some(body) = &function.body {
        scan.read(&mut reach, body.stream(), &stores);
        if !slices::can_be_found(function, &body.stream()) {
            reach.modules.clear();
        }
    }
    reach
}

/// The name of an argument that is the store.
fn store(input: &syn::FnArg) -> Option<String> {
    let syn::FnArg::Typed(typed) = input else { return None };
    let syn::Pat::Ident(pattern) = &*typed.pat else { return None };
    matches!(Role::of(By::of(&typed.ty).1), Role::Db | Role::Tx | Role::Cx).then(|| pattern.ident.to_string())
}

#[cfg(test)]
mod tests;
