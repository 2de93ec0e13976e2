//! An answer to who may.

use syn::Path;

use crate::argument::Argument;

/// Who may.
pub(crate) enum Access {
    Unstated,
    Public,
    Allow(Vec<Role>),
}

/// A role: a function that decides.
pub(crate) struct Role {
    pub(crate) path: Path,
    /// The arguments of the command or page that it is asked with, of which each is in the path.
    pub(crate) arguments: Vec<Argument>,
    /// Where the slice itself shows no such function: one from around it, or none.
    pub(crate) doubt: Option<Doubt>,
}

/// What to say of a role that is nowhere.
pub(crate) struct Doubt {
    pub(crate) slice: String,
    /// The role that was meant.
    pub(crate) hint: Option<String>,
}

/// The functions of a slice that decide, and all other names in it that rustc has to judge.
pub(crate) struct Roles {
    pub(super) slice: String,
    /// Those that take a viewer.
    pub(super) functions: Vec<String>,
    /// What else has a name: other items, and what is imported by its name.
    pub(super) others: Vec<String>,
}

impl Role {
    /// What it is called: the last segment of its path.
    pub(crate) fn name(&self) -> String {
        use syn::ext::IdentExt;
        self.path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default()
    }
}
