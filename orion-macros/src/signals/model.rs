//! The names of a struct's fields, as signals.

use proc_macro2::Ident;
use syn::Attribute;

/// The signals that a struct is read from.
#[derive(Clone)]
pub(crate) struct Names {
    /// The struct.
    pub(crate) ident: Ident,
    pub(super) fields: Vec<Field>,
    /// Whether there may be others: serde takes them from where the macro cannot see.
    pub(super) open: bool,
}

/// One field.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) cfg: Vec<Attribute>,
    /// The whole name: `edit.title`. For what is flattened, that of the struct around it.
    pub(super) name: String,
    /// Other names by which serde knows it, whole as well.
    pub(super) aliases: Vec<String>,
    /// The fields in it, where it is a struct of the slice.
    pub(super) inner: Option<Names>,
    /// Whether the fields in it stand beside it: then it is no signal itself.
    pub(super) flat: bool,
}

impl Names {
    /// Whether a signal can have this name, or be inside of one of these: of a text field's `title` also `title.length`.
    pub(crate) fn know(&self, name: &str) -> bool {
        self.open || self.fields.iter().any(|field| field.knows(name))
    }

    /// Every name, for a suggestion.
    pub(crate) fn all(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for field in &self.fields {
            if !field.flat {
                all.push(field.name.as_str());
            }
            all.extend(field.inner.iter().flat_map(Self::all));
        }
        all
    }
}

impl Field {
    fn knows(&self, name: &str) -> bool {
        if self.flat {
            return self.inner.as_ref().is_none_or(|inner| inner.know(name));
        }
        let within = |own: &String| name.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('.'));
        name == self.name
            || (within(&self.name) && self.inner.as_ref().is_none_or(|inner| inner.know(name)))
            || self.aliases.iter().any(|alias| name == alias || within(alias))
    }
}
