//! Where tokens are: what the compiler shows of a span is the only thing about it that can be compared.

use proc_macro2::{Span, TokenTree};

/// A span as the compiler shows it: `#0 bytes(3..8)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Shown {
    /// By whose rules names are looked up there.
    pub(super) context: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Shown {
    pub(super) fn of(span: Span) -> Option<Self> {
        Self::read(&shown(span))
    }

    /// `None` where it is shown in another way.
    pub(super) fn read(shown: &str) -> Option<Self> {
        let (context, bytes) = shown.split_once("bytes(")?;
        let (start, end) = bytes.strip_suffix(')')?.split_once("..")?;
        // Where no compiler is there is only one.
        let context = context.trim_end().strip_prefix('#').unwrap_or("0");
        Some(Self { context: context.parse().ok()?, start: start.parse().ok()?, end: end.parse().ok()? })
    }
}

/// What the compiler shows of it.
pub(super) fn shown(span: Span) -> String {
    format!("{span:?}")
}

/// One of the tokens that the macro was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// In the order in which the groups were opened.
    pub(super) group: usize,
    pub(super) child: usize,
}

/// The place of a token of an expansion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// The macro's, for everything but local variables.
    Call,
    /// The macro's, with local variables of its own.
    Mixed,
    /// That of a token that was written.
    At(Place),
    /// The same, with names looked up as the macro does.
    Called(Place),
}

/// Whether two tokens that are no groups are the same.
pub(super) fn same(one: &TokenTree, other: &TokenTree) -> bool {
    match (one, other) {
        (TokenTree::Ident(one), TokenTree::Ident(other)) => one == other,
        (TokenTree::Punct(one), TokenTree::Punct(other)) => {
            // Two that close brackets mean the same apart and together.
            one.as_char() == other.as_char() && (one.spacing() == other.spacing() || one.as_char() == '>')
        }
        (TokenTree::Literal(one), TokenTree::Literal(other)) => one.to_string() == other.to_string(),
        _ => false,
    }
}
