//! A command: validate, write, reply.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::reach::reaching;
use super::{Access, Place, Reach, Role};
use crate::app::Cx;
use crate::error::Result;
use crate::store::Tx;
use crate::wire::{Input, Reply};

/// Something that a viewer can do: a method, a path and what runs.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Command {
    /// Where it is declared.
    pub at: Place,
    /// The slice that declares it.
    pub slice: &'static str,
    /// Its name in the slice.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters as `{name}`.
    pub path: &'static str,
    /// What runs.
    pub run: Run,
    /// What its body reaches.
    pub reach: Reach,
    /// Who may.
    pub access: Access,
}

impl Command {
    /// A command.
    #[track_caller]
    pub const fn new(
        slice: &'static str,
        name: &'static str,
        method: Method,
        path: &'static str,
        run: Run,
    ) -> Self {
        Self {
            at: Place::here(),
            slice,
            name,
            method,
            path,
            run,
            reach: Reach::UNKNOWN,
            access: Access::Unstated,
        }
    }
    reaching!();
    /// Says that everybody may run it.
    #[must_use]
    pub const fn public(self) -> Self {
        Self { access: Access::Public, ..self }
    }
    /// Says that whoever has one of `roles` may run it, and nobody else.
    #[must_use]
    pub const fn allow(self, roles: &'static [Role]) -> Self {
        Self { access: Access::Allow(roles), ..self }
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Command({}::{}: {} {})", self.slice, self.name, self.method.as_str(), self.path)
    }
}

/// What a synchronous command leaves for the writer: it runs inside the group's transaction, in its own savepoint.
pub type Write = Box<dyn FnOnce(&Tx) -> Result<Reply> + Send>;

/// The work of a synchronous command, for what the macros write.
pub fn write(work: impl FnOnce(&Tx) -> Result<Reply> + Send + 'static) -> Result<Write> {
    Ok(Box::new(work))
}

/// An asynchronous command under way.
pub type Running = Pin<Box<dyn Future<Output = Result<Reply>> + Send>>;

/// The two kinds of command.
#[derive(Clone, Copy)]
pub enum Run {
    /// Reads its input, then writes in one go on the writer's thread.
    Sync(fn(&Input) -> Result<Write>),
    /// Awaits what it likes and opens transactions itself.
    Async(fn(Cx, Input) -> Running),
}

/// The methods that Datastar's actions have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `@get`: for what changes nothing. Signals travel in the query.
    Get,
    /// `@post`.
    Post,
    /// `@put`.
    Put,
    /// `@patch`.
    Patch,
    /// `@delete`. Signals travel in the query.
    Delete,
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
    /// The name of Datastar's action, without the `@`.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}
