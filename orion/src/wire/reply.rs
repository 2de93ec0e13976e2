//! What a command answers its actor with. Shared truth reaches everyone, the actor too, through their live stream.

use crate::error::Result;

/// The answer to a command, for the actor only.
#[derive(Debug, Clone, Default)]
#[must_use = "a reply does nothing until the command returns it"]
pub struct Reply {}

impl Reply {
    /// Nothing to say: the change itself arrives through the live stream.
    pub fn done() -> Self {
        Self::default()
    }
}

/// What a command may return.
#[diagnostic::on_unimplemented(
    message = "a command cannot return `{Self}`",
    label = "not a reply",
    note = "return `Result<Reply>`; for nothing to say, `Ok(Reply::done())`"
)]
pub trait IntoReply {
    /// The reply.
    fn into_reply(self) -> Result<Reply>;
}

impl IntoReply for Reply {
    fn into_reply(self) -> Result<Reply> {
        Ok(self)
    }
}

impl IntoReply for Result<Reply> {
    fn into_reply(self) -> Result<Reply> {
        self
    }
}

impl IntoReply for Result<()> {
    fn into_reply(self) -> Result<Reply> {
        self.map(|()| Reply::done())
    }
}
