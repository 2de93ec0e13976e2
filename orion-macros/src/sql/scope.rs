//! Names in reach: the sources of one select, or the table of one write, and what a name stands for there.

use std::ops::Range;

use super::value::{Columns, Output, Value};

/// The part of a statement in which a set of sources can be named.
#[derive(Debug)]
pub(super) struct Scope {
    /// The tokens of that part.
    pub(super) range: Range<usize>,
    pub(super) sources: Vec<Source>,
    /// Whether columns of the same name are merged by `using` or `natural`.
    pub(super) merged: bool,
    /// Whether a `right` or `full` join decides from which side a merged column comes.
    pub(super) right: bool,
    /// Whether it has a `group by`.
    pub(super) grouped: bool,
}

/// Something with columns, under the name by which they are qualified.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) columns: Columns,
    /// What `rowid` stands for.
    pub(super) rowid: Option<Value>,
    /// Whether it has columns that `columns` does not list, as virtual tables do.
    pub(super) hides: bool,
    /// Whether its columns can be named without its name; not so for the `excluded` of an upsert.
    pub(super) bare: bool,
}

pub(super) enum Found {
    /// The name is a column with this value.
    Value(Value),
    /// The name is a column here, but which one is not known; or it may be one.
    Unsure,
    /// The name is no column here.
    Nothing,
}

impl Source {
    /// A source of which nothing but its name is known.
    pub(super) fn opaque(name: String) -> Self {
        Self { name, columns: None, rowid: None, hides: false, bare: true }
    }

    /// Its columns may be NULL: an outer join or an aggregate has no row for them.
    pub(super) fn or_null(&mut self) {
        for column in self.columns.iter_mut().flatten() {
            column.value = column.value.clone().or_null();
        }
        self.rowid = self.rowid.take().map(Value::or_null);
    }

    fn column(&self, name: &str) -> Option<&Value> {
        let column = self.columns.iter().flatten().find(|column| column.name.eq_ignore_ascii_case(name));
        column.map(|column| &column.value)
    }
}

impl Scope {
    /// What a column's name stands for here.
    pub(super) fn find(&self, qualifier: Option<&str>, name: &str) -> Found {
        let sources: Vec<&Source> = self
            .sources
            .iter()
            .filter(|source| qualifier.map_or(source.bare, |wanted| source.name.eq_ignore_ascii_case(wanted)))
            .collect();
        let mut values: Vec<&Value> = sources.iter().filter_map(|source| source.column(name)).collect();
        let is_rowid = ["rowid", "oid", "_rowid_"].iter().any(|rowid| name.eq_ignore_ascii_case(rowid));
        if values.is_empty() {
            match (&sources[..], is_rowid) {
                ([Source { rowid: Some(rowid), .. }], true) => values.push(rowid),
                _ if sources.iter().any(|source| source.columns.is_none() || source.hides) => {
                    return Found::Unsure;
                }
                (_, true) => values.extend(sources.iter().filter_map(|source| source.rowid.as_ref())),
                _ => {}
            }
        }
        // A merged column is that of the leftmost source that has it (lang_select.html, section 2.3).
        let leftmost = self.merged && !self.right && sources.iter().all(|source| source.columns.is_some());
        match values[..] {
            [] => Found::Nothing,
            [value] if !self.merged || leftmost => Found::Value(value.clone()),
            [value, ..] if leftmost && qualifier.is_none() => Found::Value(value.clone()),
            [value] if qualifier.is_some() => Found::Value(value.clone()),
            _ => Found::Unsure,
        }
    }

    /// The columns of `*`, or of `qualifier.*`.
    pub(super) fn star(&self, qualifier: Option<&str>) -> Columns {
        let mut columns: Vec<Output> = Vec::new();
        match qualifier {
            Some(wanted) => {
                let source = self.sources.iter().find(|source| source.name.eq_ignore_ascii_case(wanted))?;
                columns.extend(source.columns.clone()?);
            }
            None if self.merged => return None,
            None => {
                for source in self.sources.iter().filter(|source| source.bare) {
                    columns.extend(source.columns.clone()?);
                }
            }
        }
        Some(columns)
    }
}
