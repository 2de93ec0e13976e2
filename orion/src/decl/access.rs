//! Who may run a command or see a page.

use std::fmt;

use crate::error::Result;
use crate::store::Db;
use crate::wire::Input;

/// Who may run a command or see a page.
///
/// It is asked before anything of the command or page runs: a synchronous command inside its own transaction, so that the
/// decision and the write see one truth; an asynchronous one by a read before it begins; a page in the snapshot that it is
/// painted from. Who may not is refused with [`Forbidden`](crate::Forbidden), status 403.
#[derive(Debug, Clone, Copy, Default)]
pub enum Access {
    /// Nobody said. Everybody may.
    #[default]
    Unstated,
    /// Everybody may.
    Public,
    /// Whoever has one of these roles may.
    Allow(&'static [Role]),
}

/// Decides whether who sent a request has a role. An error refuses as well: with its own status.
pub type Decide = fn(&Db, &Input) -> Result<bool>;

/// A role: a name for people, and what decides who has it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Role {
    /// Its name.
    pub name: &'static str,
    /// Whether who asks has it.
    pub decide: Decide,
}

impl Role {
    /// A role.
    pub const fn new(name: &'static str, decide: Decide) -> Self {
        Self { name, decide }
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Role({})", self.name)
    }
}
