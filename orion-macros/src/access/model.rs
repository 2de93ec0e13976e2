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
}

impl Role {
    /// What it is called: the last segment of its path.
    pub(crate) fn name(&self) -> String {
        use syn::ext::IdentExt;
        self.path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default()
    }
}
