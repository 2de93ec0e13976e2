//! A command that means something.

use crate::access::Access;
use crate::argument::{Argument, Role};
use crate::function::Function;
use crate::route::{Filled, Route};
use crate::said::Said;
use crate::signals::Names;

/// A command.
pub(crate) struct Command {
    pub(crate) function: Function,
    /// Where links lead: there whatever is wrong, so that what uses them is not wrong too.
    pub(crate) link: Link,
    pub(crate) access: Access,
    /// The arguments in their order; `None` where something is wrong: then nothing runs.
    pub(crate) arguments: Option<Vec<Argument>>,
    /// What it takes from the page besides the path.
    pub(crate) draft: Option<Draft>,
}

impl Command {
    /// The names of the signals that it takes, where they are known.
    pub(crate) fn signals(&self) -> Option<&Names> {
        self.draft.as_ref().and_then(Draft::signals)
    }

    /// Those that markup may ask the command for.
    pub(crate) fn offered(&self, said: &Said) -> Option<&Names> {
        self.signals().filter(|_| said.may_call("signals", &self.function))
    }
}

/// `Signals<T>` or `Form<T>`.
pub(crate) struct Draft {
    pub(crate) role: Role,
    /// The names in it; `None` where `T` is not a struct of the slice.
    pub(crate) names: Option<Names>,
}

impl Draft {
    /// The names of signals, where they are known.
    pub(crate) fn signals(&self) -> Option<&Names> {
        self.names.as_ref().filter(|_| self.role == Role::Signals)
    }
}

/// What `path` and `action` are written from.
pub(crate) struct Link {
    pub(crate) method: Method,
    pub(crate) route: Route,
    pub(crate) filled: Filled,
    /// Whether the action sends the enclosing form.
    pub(crate) form: bool,
}

/// The methods of Datastar's actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub(crate) const NAMES: [&str; 5] = ["get", "post", "put", "patch", "delete"];

    /// The method of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];
        all.into_iter().zip(Self::NAMES).find(|(_, other)| *other == name).map(|(method, _)| method)
    }

    /// The name of the library's variant.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Get => "Get",
            Self::Post => "Post",
            Self::Put => "Put",
            Self::Patch => "Patch",
            Self::Delete => "Delete",
        }
    }
}
