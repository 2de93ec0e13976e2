//! Which build of the application this is. A page that another one made loads itself again.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac_sha256::Hash;

/// Short, for it is in every page; two builds in a row have another one all the same.
const BYTES: usize = 6;

/// The build's name. The same for all processes of one program, and another one for another.
pub(crate) fn id() -> String {
    let facts = facts().unwrap_or_else(|cause| {
        tracing::warn!(%cause, "the program cannot be read: pages of older builds stay as they are");
        Vec::new()
    });
    URL_SAFE_NO_PAD.encode(&Hash::hash(&facts)[..BYTES])
}

/// What tells one build from another: the whole program. That of a debug build is too large to be read at every start, and when and
/// where it was written tells as much.
fn facts() -> io::Result<Vec<u8>> {
    let program = std::env::current_exe()?;
    if cfg!(debug_assertions) {
        let about = program.metadata()?;
        Ok(format!("{} {} {:?}", program.display(), about.len(), about.modified()?).into_bytes())
    } else {
        std::fs::read(program)
    }
}
