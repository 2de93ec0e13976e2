//! An application that means something.

use syn::{LitStr, Path};

/// What `main!` puts together.
pub(super) struct Application {
    /// The name that people see; `None` for the package's.
    pub(super) name: Option<LitStr>,
    pub(super) slices: Vec<Path>,
    pub(super) files: Vec<File>,
    /// Whether every command and page must say who may.
    pub(super) stated: bool,
}

/// A file of the static folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Its path in the folder, with `/` on every system.
    pub(super) name: String,
    /// Its path from the application's folder.
    pub(super) path: String,
}
