//! What is known of a value before the statement runs.

use super::model::{Kind, Nullable};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) kind: Option<Kind>,
    pub(super) nullable: Nullable,
    /// The table and column that it is read from, unchanged but perhaps NULL.
    pub(super) origin: Option<(String, String)>,
}

impl Value {
    /// Nothing is known of it.
    pub(super) const UNKNOWN: Self = Self { kind: None, nullable: Nullable::Unknown, origin: None };
    /// It is NULL.
    pub(super) const NULL: Self = Self { kind: None, nullable: Nullable::Maybe, origin: None };

    /// A value that is never NULL.
    pub(super) const fn never(kind: Kind) -> Self {
        Self { kind: Some(kind), nullable: Nullable::Never, origin: None }
    }

    /// What an operator makes that yields NULL just where one of its operands is NULL.
    pub(super) fn strict(kind: Option<Kind>, operands: impl IntoIterator<Item = Self>) -> Self {
        let mut nullable = Nullable::Never;
        for operand in operands {
            nullable = match (nullable, operand.nullable) {
                (Nullable::Maybe, _) | (_, Nullable::Maybe) => Nullable::Maybe,
                (Nullable::Never, Nullable::Never) => Nullable::Never,
                _ => Nullable::Unknown,
            };
        }
        Self { kind, nullable, origin: None }
    }

    /// The same value, or NULL where there is no row to take it from.
    pub(super) fn or_null(self) -> Self {
        Self { nullable: Nullable::Maybe, ..self }
    }

    /// Either of two values.
    pub(super) fn or(self, other: &Self) -> Self {
        let nullable = match (self.nullable, other.nullable) {
            (Nullable::Maybe, _) | (_, Nullable::Maybe) => Nullable::Maybe,
            (Nullable::Never, Nullable::Never) => Nullable::Never,
            _ => Nullable::Unknown,
        };
        let kind = self.kind.filter(|kind| other.kind == Some(*kind));
        Self { kind, nullable, origin: None }
    }
}

/// A column of a source or of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) name: String,
    pub(super) value: Value,
}

/// The columns of a table, view or select; `None` where they are not known.
pub(super) type Columns = Option<Vec<Output>>;

/// The columns that rows of either relation have, under the first one's names.
pub(super) fn union(first: Columns, second: Columns) -> Columns {
    let (first, second) = (first?, second?);
    (first.len() == second.len()).then(|| {
        first
            .into_iter()
            .zip(second)
            .map(|(a, b)| Output { name: a.name, value: a.value.or(&b.value) })
            .collect()
    })
}
