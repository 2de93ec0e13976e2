//! The one place that lets in or refuses, for every command and page.

use crate::decl::Access;
use crate::error::{Forbidden, Result};
use crate::store::Db;
use crate::wire::Input;

/// Lets the sender of `input` in, or says why not. The first role that they have is enough; one that cannot be asked
/// refuses.
pub(super) fn admit(access: Access, db: &Db, input: &Input) -> Result<()> {
    let Access::Allow(roles) = access else { return Ok(()) };
    for role in roles {
        if (role.decide)(db, input).map_err(|error| error.while_doing(format!("role {}", role.name)))? {
            return Ok(());
        }
    }
    Err(Forbidden.into())
}
