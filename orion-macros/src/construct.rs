//! The attributes that mean something inside a slice.

use proc_macro2::TokenStream;
use syn::{Attribute, Meta};

use crate::errors::Errors;
use crate::item::Shape;

/// What an item of a slice declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Construct {
    Migration,
    Query,
    Region,
    Command,
    Page,
    Topic,
}

impl Construct {
    const ALL: [Self; 6] =
        [Self::Migration, Self::Query, Self::Region, Self::Command, Self::Page, Self::Topic];

    /// The name of the attribute, and of the construct in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Migration => "migration",
            Self::Query => "query",
            Self::Region => "region",
            Self::Command => "command",
            Self::Page => "page",
            Self::Topic => "topic",
        }
    }

    /// The construct that this attribute declares: `#[query(…)]` or `#[orion::query(…)]`.
    pub(crate) fn of(attr: &Attribute) -> Option<Self> {
        let path = attr.path();
        let last = path.segments.last()?;
        let ours = match path.segments.len() {
            1 => path.leading_colon.is_none(),
            2 => path.segments.first().is_some_and(|crate_name| crate_name.ident == "orion"),
            _ => false,
        };
        Self::ALL.into_iter().find(|construct| ours && last.ident == construct.name())
    }

    /// The shape of an item that can declare it, and what to call that shape.
    pub(crate) fn shape(self) -> (Shape, &'static str) {
        match self {
            Self::Migration => (Shape::Constant, "constant"),
            Self::Query | Self::Region | Self::Command | Self::Page => (Shape::Function, "function"),
            Self::Topic => (Shape::Struct, "struct"),
        }
    }

    /// The beginning of an item that can declare it.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Migration => "`const CREATE: &str = \"create table …\";`",
            Self::Query => "`fn all(db: &Db) -> Result<Vec<Todo>>;`",
            Self::Region => "`fn list(db: &Db) -> Markup { … }`",
            Self::Command => "`fn add(tx: &Tx) -> Result<Reply> { … }`",
            Self::Page => "`fn home() -> Markup { … }`",
            Self::Topic => "`struct Board(i64);`",
        }
    }
}

/// What stands between the attribute's parentheses; `None` where there are none and should be, which was reported.
pub(crate) fn arguments(cx: &mut Errors, attr: &Attribute) -> Option<TokenStream> {
    match &attr.meta {
        Meta::Path(_) => Some(TokenStream::new()),
        Meta::List(list) => Some(list.tokens.clone()),
        Meta::NameValue(pair) => {
            let name = pair.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            cx.at(pair.eq_token, format!("`#[{name}]` must have its arguments in parentheses"))
                .help(format!("write `#[{name}(…)]`"));
            None
        }
    }
}
