//! The graph in Graphviz's language (<https://graphviz.org/doc/info/lang.html>): `app graph --format dot | dot -Tsvg`.

use std::fmt::Write as _;

use super::{Graph, Node};

/// From left to right: commands, tables and topics, regions, pages. A box around each slice.
pub(crate) fn dot(graph: &Graph) -> String {
    let mut text = String::from("digraph application {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (at, node) in graph.slices.iter().enumerate() {
        cluster(&mut text, at, node);
    }
    for node in &graph.slices {
        edges(&mut text, node);
    }
    text.push_str("}\n");
    text
}

fn cluster(text: &mut String, at: usize, node: &Node) {
    let _ = writeln!(text, "  subgraph cluster_{at} {{\n    label={};", quoted(node.name));
    let mut declare = |kind: &str, name: &str, shape: &str| {
        let label = name.rsplit("::").next().unwrap_or(name);
        let id = quoted(&format!("{kind} {name}"));
        let _ = writeln!(text, "    {id} [label={}, shape={shape}];", quoted(label));
    };
    for command in &node.commands {
        declare("command", &command.name, "cds");
    }
    for table in &node.tables {
        declare("table", table, "cylinder");
    }
    for region in &node.regions {
        declare("region", &region.name, "box");
    }
    for page in &node.pages {
        declare("page", &page.name, "note");
    }
    text.push_str("  }\n");
}

fn edges(text: &mut String, node: &Node) {
    let mut edge = |from: (&str, &str), to: (&str, &str)| {
        let (from, to) = (quoted(&format!("{} {}", from.0, from.1)), quoted(&format!("{} {}", to.0, to.1)));
        let _ = writeln!(text, "  {from} -> {to};");
    };
    for command in &node.commands {
        command.writes.iter().for_each(|table| edge(("command", &command.name), ("table", table)));
        command.publishes.iter().for_each(|topic| edge(("command", &command.name), ("topic", topic)));
    }
    for region in &node.regions {
        region.reads.iter().for_each(|table| edge(("table", table), ("region", &region.name)));
        region.hears.iter().for_each(|topic| edge(("topic", topic), ("region", &region.name)));
    }
    for page in &node.pages {
        page.shows.iter().for_each(|region| edge(("region", region), ("page", &page.name)));
    }
}

/// A quoted string: backslashes and quotes are escaped.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
