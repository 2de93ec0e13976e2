//! `graph`: how a click becomes a change on a screen. Commands, the tables they write and the topics they publish, the regions that
//! read or hear those, and the pages that show them; as far as bodies can be followed.

mod access;
mod dot;
mod keys;
mod text;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::app::cascade::Cascades;
use crate::closure::resolve;
use crate::decl::{Reach, Slice};

pub(super) use access::table as access;
pub(super) use dot::dot;
pub(super) use text::text;

/// The whole application. Names are `slice::name`; of tables, their own.
///
/// Serialized it is what `graph --format json` prints.
#[derive(Debug, Serialize)]
#[serde(crate = "crate::serde")]
pub(super) struct Graph {
    pub(super) slices: Vec<Node>,
}

/// A slice with its declarations, in source order.
#[derive(Debug, Serialize)]
#[serde(crate = "crate::serde")]
pub(super) struct Node {
    pub(super) name: &'static str,
    pub(super) tables: Vec<&'static str>,
    /// The slices whose tables its own refer to.
    pub(super) uses: Vec<&'static str>,
    pub(super) commands: Vec<Command>,
    pub(super) regions: Vec<Region>,
    pub(super) pages: Vec<Page>,
}

#[derive(Debug, Serialize)]
#[serde(crate = "crate::serde")]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// Tables.
    pub(super) writes: BTreeSet<&'static str>,
    pub(super) publishes: BTreeSet<String>,
    /// The regions that may be rendered again after it.
    pub(super) changes: BTreeSet<String>,
    /// Whether it does more than could be followed.
    pub(super) open: bool,
}

#[derive(Debug, Serialize)]
#[serde(crate = "crate::serde")]
pub(super) struct Region {
    pub(super) name: String,
    /// Rendered for each viewer.
    pub(super) personal: bool,
    /// Rendered again when somebody comes or goes.
    pub(super) present: bool,
    /// Tables.
    pub(super) reads: BTreeSet<&'static str>,
    /// Those of them of which it reads the rows of some key only, each with the column.
    pub(super) by_key: BTreeSet<String>,
    pub(super) hears: BTreeSet<String>,
    /// The commands that its markup offers.
    pub(super) offers: BTreeSet<String>,
    /// The pages and regions that show it.
    pub(super) shown: BTreeSet<String>,
    pub(super) open: bool,
}

#[derive(Debug, Serialize)]
#[serde(crate = "crate::serde")]
pub(super) struct Page {
    pub(super) name: String,
    pub(super) path: &'static str,
    pub(super) shows: BTreeSet<String>,
    pub(super) offers: BTreeSet<String>,
}

impl Graph {
    pub(super) fn of(slices: &[&'static Slice]) -> Self {
        let cascades = Cascades::of(slices);
        let mut nodes: Vec<Node> = slices.iter().map(|slice| node(slices, slice, &cascades)).collect();
        let shown: Vec<(String, String)> = slices.iter().flat_map(|slice| shown(slices, slice)).collect();
        for region in nodes.iter_mut().flat_map(|node| &mut node.regions) {
            let by = shown.iter().filter(|(name, _)| *name == region.name);
            region.shown = by.map(|(_, by)| by.clone()).collect();
        }
        let changes: Vec<BTreeSet<String>> =
            nodes.iter().flat_map(|node| &node.commands).map(|command| changed(&nodes, command)).collect();
        for (command, changes) in nodes.iter_mut().flat_map(|node| &mut node.commands).zip(changes) {
            command.changes = changes;
        }
        Self { slices: nodes }
    }
}

fn named(slice: &'static Slice, name: &str) -> String {
    format!("{}::{name}", slice.name)
}

fn node(slices: &[&'static Slice], slice: &'static Slice, cascades: &Cascades) -> Node {
    let commands = slice.commands.iter().map(|command| {
        let (mut tables, open) = tables(slices, slice, &command.reach, |statement| statement.writes);
        let (removed, _) = self::tables(slices, slice, &command.reach, |statement| statement.removes);
        tables.extend(removed.iter().flat_map(|table| cascades.after(table)));
        Command {
            name: named(slice, command.name),
            method: command.method.as_str(),
            path: command.path,
            writes: tables,
            publishes: topics(slices, slice, command.reach.publishes),
            changes: BTreeSet::new(),
            open,
        }
    });
    let regions = slice.regions.iter().map(|region| {
        let (reads, open) = tables(slices, slice, &region.reach, |statement| statement.reads);
        Region {
            name: named(slice, region.name),
            personal: region.personal,
            present: region.present,
            reads,
            by_key: keys::read(slices, slice, &region.reach),
            hears: topics(slices, slice, region.hears),
            offers: offers(slices, slice, &region.reach),
            shown: BTreeSet::new(),
            open,
        }
    });
    let pages = slice.pages.iter().map(|page| Page {
        name: named(slice, page.name),
        path: page.path,
        shows: shows(slices, slice, &page.reach),
        offers: offers(slices, slice, &page.reach),
    });
    Node {
        name: slice.name,
        tables: slice.tables.to_vec(),
        uses: slice.uses.to_vec(),
        commands: commands.collect(),
        regions: regions.collect(),
        pages: pages.collect(),
    }
}

/// The tables of the queries that are called, and whether there may be more.
fn tables(
    slices: &[&'static Slice],
    slice: &'static Slice,
    reach: &Reach,
    of: fn(&crate::decl::Statement) -> &'static [&'static str],
) -> (BTreeSet<&'static str>, bool) {
    let (mut tables, mut open) = (BTreeSet::new(), reach.open);
    for call in reach.calls {
        match resolve::statement(slices, slice, call) {
            Some((_, statement)) => tables.extend(of(statement)),
            None => open = true,
        }
    }
    (tables, open)
}

fn topics(slices: &[&'static Slice], slice: &'static Slice, names: &[&'static str]) -> BTreeSet<String> {
    let found = names.iter().map(|name| match resolve::topic(slices, slice, name) {
        Some((owner, topic)) => named(owner, topic),
        None => (*name).to_owned(),
    });
    found.collect()
}

fn shows(slices: &[&'static Slice], slice: &'static Slice, reach: &Reach) -> BTreeSet<String> {
    let found = reach.shows.iter().filter_map(|name| resolve::region(slices, slice, name));
    found.map(|(owner, region)| named(owner, region.name)).collect()
}

/// The commands: a link may also be to a page.
fn offers(slices: &[&'static Slice], slice: &'static Slice, reach: &Reach) -> BTreeSet<String> {
    let found = reach.offers.iter().filter_map(|name| resolve::command(slices, slice, name));
    found.map(|(owner, command)| named(owner, command.name)).collect()
}

/// Which regions are shown, and by whom.
fn shown(slices: &[&'static Slice], slice: &'static Slice) -> Vec<(String, String)> {
    let pages = slice.pages.iter().map(|page| (page.name, page.reach));
    let regions = slice.regions.iter().map(|region| (region.name, region.reach));
    let all = pages.chain(regions).flat_map(|(name, reach)| {
        let by = named(slice, name);
        shows(slices, slice, &reach).into_iter().map(move |region| (region, by.clone()))
    });
    all.collect()
}

fn changed(nodes: &[Node], command: &Command) -> BTreeSet<String> {
    let hears = |region: &&Region| {
        !region.reads.is_disjoint(&command.writes) || !region.hears.is_disjoint(&command.publishes)
    };
    nodes.iter().flat_map(|node| &node.regions).filter(hears).map(|region| region.name.clone()).collect()
}
