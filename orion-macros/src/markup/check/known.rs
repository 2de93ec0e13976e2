//! Which signals a slice can know of.

use std::collections::BTreeSet;

use super::Source;
use crate::argument::Role;
use crate::markup::attribute::{Meaning, meaning};
use crate::markup::expression;
use crate::signals::Names;

/// The signals that the slice's commands take, and those that its markup declares.
pub(super) struct Known<'a> {
    fields: Vec<&'a Names>,
    declared: BTreeSet<String>,
}

impl<'a> Known<'a> {
    /// `None` where nothing can be said: no command takes signals, or one takes a type from elsewhere, or markup declares
    /// signals by an expression of Rust's.
    pub(super) fn of(sources: &[Source<'a>]) -> Option<Self> {
        let drafts: Vec<_> = sources.iter().filter_map(Source::draft).collect();
        let mut known = Self { fields: Vec::new(), declared: BTreeSet::new() };
        known.fields = drafts.iter().map(|draft| draft.names.as_ref()).collect::<Option<_>>()?;
        if !drafts.iter().any(|draft| draft.role == Role::Signals) {
            return None;
        }
        for attribute in sources.iter().flat_map(Source::attributes) {
            match meaning(attribute) {
                Meaning::Declare(name) => {
                    known.declared.insert(name);
                }
                Meaning::Object => known.declared.extend(expression::members(&attribute.value)?),
                Meaning::Bind(_) | Meaning::Run | Meaning::Nothing => {}
            }
        }
        Some(known)
    }

    /// Whether a signal may have this name: it is taken, declared, in one that is, or holds one; or it is the page's own, or
    /// one of orion's for messages.
    pub(super) fn knows(&self, name: &str) -> bool {
        name.split('.').any(|part| part.starts_with('_'))
            || within(name, "errors")
            || self.fields.iter().any(|names| names.know(name))
            || self.declares(name)
    }

    /// Whether markup declares it, or something in it, or what it is in.
    pub(super) fn declares(&self, name: &str) -> bool {
        self.declared.iter().any(|declared| within(declared, name) || within(name, declared))
    }

    /// The members of a signal that is a struct of the slice wherever it is taken.
    pub(super) fn members(&self, name: &str) -> Vec<&'a str> {
        let mut members = Vec::new();
        for names in &self.fields {
            let all = names.all();
            let inside: Vec<&str> =
                all.iter().copied().filter(|other| *other != name && within(other, name)).collect();
            if inside.is_empty() && all.contains(&name) {
                return Vec::new();
            }
            members.extend(inside.into_iter().filter(|member| !members.contains(member)).collect::<Vec<_>>());
        }
        members
    }

    /// Every name of a field.
    pub(super) fn fields(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = Vec::new();
        for name in self.fields.iter().flat_map(|names| names.all()) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// Every name that may be meant.
    pub(super) fn all(&self) -> Vec<&str> {
        self.fields().into_iter().chain(self.declared.iter().map(String::as_str)).collect()
    }
}

/// Whether `inner` is `outer` or in it.
fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
