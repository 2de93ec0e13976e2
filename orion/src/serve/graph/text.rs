//! The graph for a person to read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Command, Graph, Node, Page, Region};

/// One paragraph a slice, one line a declaration, one line below it for each thing that it does.
pub(crate) fn text(graph: &Graph) -> String {
    let slices: Vec<String> = graph.slices.iter().map(slice).collect();
    slices.join("\n")
}

fn slice(node: &Node) -> String {
    let mut text = format!("slice {}", node.name);
    for (word, names) in [("owns", &node.tables), ("uses", &node.uses)] {
        if !names.is_empty() {
            let _ = write!(text, ", {word} {}", names.join(", "));
        }
    }
    text.push('\n');
    for command in &node.commands {
        of_command(&mut text, command);
    }
    for region in &node.regions {
        of_region(&mut text, region);
    }
    for page in &node.pages {
        of_page(&mut text, page);
    }
    text
}

fn of_command(text: &mut String, command: &Command) {
    let Command { name, method, path, writes, publishes, changes, open } = command;
    let _ = writeln!(text, "  command {name}  {method} {path}");
    line(text, "writes", writes, *open);
    line(text, "publishes", publishes, false);
    line(text, "repaints", changes, false);
}

fn of_region(text: &mut String, region: &Region) {
    let Region { name, personal, present, reads, by_key, hears, offers, shown, open } = region;
    let _ = writeln!(text, "  region {name}{}", if *personal { "  (personal)" } else { "" });
    line(text, "reads", reads, *open);
    line(text, "by key", by_key, false);
    line(text, "hears", hears, false);
    if *present {
        text.push_str("    hears     who comes and goes\n");
    }
    line(text, "offers", offers, false);
    line(text, "shown by", shown, false);
}

fn of_page(text: &mut String, page: &Page) {
    let Page { name, path, shows, offers } = page;
    let _ = writeln!(text, "  page {name}  {path}");
    line(text, "shows", shows, false);
    line(text, "offers", offers, false);
}

/// `…` stands for what could not be followed.
fn line<T: AsRef<str>>(text: &mut String, word: &str, names: &BTreeSet<T>, open: bool) {
    let names = names.iter().map(AsRef::as_ref).chain(open.then_some("…"));
    let names: Vec<&str> = names.collect();
    if !names.is_empty() {
        let _ = writeln!(text, "    {word:<9} {}", names.join(", "));
    }
}
