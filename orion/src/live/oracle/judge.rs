//! What is wrong with a region's markup. The macros' rules, for what they could not see.

use std::collections::BTreeSet;
use std::fmt;

use super::html::{Tag, tags};

/// What a morph will do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Problem {
    Script,
    Typed,
    Twice,
    Rows,
}

/// What there is to see in a render.
#[derive(Debug, Default)]
pub(super) struct Sight {
    /// With the tag that is wrong.
    pub(super) problems: Vec<(Problem, String)>,
    /// The tags of the rows that hold something and have no id.
    pub(super) rows: Vec<String>,
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    text: &'a str,
    /// Whether it or something in it has an id.
    id: bool,
    /// Whether it or something in it can have focus that matters, or a state of its own.
    holds: bool,
}

/// Looks at the markup of a region.
pub(super) fn judge(html: &str) -> Sight {
    let mut sight = Sight::default();
    let mut ids = BTreeSet::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    for tag in tags(html) {
        match tag {
            Tag::Open { name, attributes, text, void } => {
                let value = |key| attributes.iter().find(|(other, _)| *other == key).map(|(_, value)| *value);
                let id = value("id");
                let kind = value("type").unwrap_or_default();
                if let Some(id) = id
                    && !ids.insert(id)
                {
                    sight.add(Problem::Twice, text);
                }
                if name == "script" && matches!(kind, "" | "module" | "text/javascript") {
                    sight.add(Problem::Script, text);
                }
                let typed = is_typed(name, kind);
                if typed && id.is_none() {
                    sight.add(Problem::Typed, text);
                }
                let holds =
                    !typed && (is_used(name) || attributes.iter().any(|(key, _)| key.starts_with("data-")));
                open.push(Open { name, text, id: id.is_some(), holds });
                if void {
                    sight.close(&mut open);
                }
            }
            Tag::Close(name) => {
                if let Some(at) = open.iter().rposition(|other| other.name == name) {
                    while open.len() > at {
                        sight.close(&mut open);
                    }
                }
            }
        }
    }
    sight
}

impl Sight {
    fn add(&mut self, problem: Problem, text: &str) {
        self.problems.push((problem, text.to_owned()));
    }

    /// Closes the innermost element.
    fn close(&mut self, open: &mut Vec<Open<'_>>) {
        let Some(inner) = open.pop() else { return };
        if matches!(inner.name, "li" | "tr") && inner.holds && !inner.id {
            self.rows.push(inner.text.to_owned());
        }
        if let Some(outer) = open.last_mut() {
            outer.id |= inner.id;
            outer.holds |= inner.holds;
        }
    }
}

/// Whether a viewer changes what it shows.
fn is_typed(name: &str, kind: &str) -> bool {
    match name {
        "textarea" | "select" => true,
        "input" => !matches!(kind, "hidden" | "submit" | "button" | "reset" | "image"),
        _ => false,
    }
}

fn is_used(name: &str) -> bool {
    matches!(name, "button" | "details" | "dialog" | "video" | "audio" | "iframe" | "canvas")
}

impl Problem {
    /// The way out.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Script => "put it into the page, beside the region, or into a file of the static folder",
            Self::Typed => {
                "write `id=\"…\"`; in a loop with what tells one from the others, `id={\"title-\" (todo.id)}`"
            }
            Self::Twice => "write what tells one from the other into each, `id={\"title-\" (todo.id)}`",
            Self::Rows => "write `id={\"todo-\" (todo.id)}`, with what tells one from the others",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Script => "has a script in it, which a morph runs twice",
            Self::Typed => {
                "has an input without an id, so that what is typed there can end up in another one"
            }
            Self::Twice => "has an id twice, so that a morph takes neither for the one it was",
            Self::Rows => {
                "has rows without ids that come and go, so that focus and state end up in another one"
            }
        })
    }
}
