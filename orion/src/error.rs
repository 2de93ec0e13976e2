//! What can go wrong in a feature module, and how it is answered.
//!
//! Knows nothing of HTTP beyond the status that an error asks for: the answer itself is made in `wire`.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// The result of everything that a feature module does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a feature module.
///
/// Any [`std::error::Error`] becomes one through `?`; it is then *internal*: answered with status 500, opaque in
/// production and with its whole chain of causes in development. The other kinds are for the person in front of the
/// page: a message beside a field ([`Error::field`], [`ensure!`](crate::ensure)), [`NotFound`], [`Forbidden`].
///
/// ```
/// use orion::prelude::*;
///
/// fn parse(text: &str) -> Result<i64> {
///     ensure!(!text.is_empty(), amount = "Say how much");
///     Ok(text.parse()?)
/// }
///
/// assert_eq!(parse("").unwrap_err().status(), 422);
/// assert_eq!(parse("x").unwrap_err().status(), 500);
/// ```
#[derive(Debug)]
pub struct Error(Box<Kind>);

/// The kinds of [`Error`], in the order of their distance from the person.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Messages beside fields, in the order they were found.
    Fields(Vec<(Cow<'static, str>, Cow<'static, str>)>),
    /// A refusal with a status from 400 to 599 and one sentence that is safe to show.
    Refused { status: u16, sentence: Cow<'static, str> },
    /// Anything else: what was being done, if known, and the cause.
    Internal { doing: Option<Cow<'static, str>>, cause: Box<dyn StdError + Send + Sync> },
}

impl Error {
    /// A message that belongs beside the field `name`. Answered with 200 and a signal for a Datastar request, whose
    /// client ignores every other body, and with 422 for any other client.
    pub fn field(name: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Kind::Fields(vec![(name.into(), message.into())])))
    }

    /// Adds a message beside another field; an error of another kind stays what it is.
    #[must_use]
    pub fn and_field(
        mut self,
        name: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        if let Kind::Fields(fields) = &mut *self.0 {
            fields.push((name.into(), message.into()));
        }
        self
    }

    /// A refusal with `status` (400 to 599, anything else becomes 500) and one sentence that the client may read.
    pub fn refused(status: u16, sentence: impl Into<Cow<'static, str>>) -> Self {
        let status = if (400..600).contains(&status) { status } else { 500 };
        Self(Box::new(Kind::Refused { status, sentence: sentence.into() }))
    }

    /// An internal error that says nothing but `message`.
    pub fn internal(message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Internal { doing: None, cause: message.into().into() }))
    }

    /// Says what was being done when an internal error happened; an error of another kind stays what it is.
    #[must_use]
    pub fn while_doing(mut self, what: impl Into<Cow<'static, str>>) -> Self {
        if let Kind::Internal { doing, .. } = &mut *self.0 {
            *doing = Some(match doing.take() {
                Some(inner) => format!("{}: {inner}", what.into()).into(),
                None => what.into(),
            });
        }
        self
    }

    /// The HTTP status that the error asks for: 422 for fields, the refusal's own, 500 for the rest.
    pub fn status(&self) -> u16 {
        match &*self.0 {
            Kind::Fields(_) => 422,
            Kind::Refused { status, .. } => *status,
            Kind::Internal { .. } => 500,
        }
    }

    /// The whole chain of causes, one a line, outermost first. For logs and for development; never sent in production.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        if let Kind::Internal { cause, .. } = &*self.0 {
            let mut next = cause.source();
            while let Some(cause) = next {
                text.push_str("\n  caused by: ");
                text.push_str(&cause.to_string());
                next = cause.source();
            }
        }
        text
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Fields(fields) => {
                for (at, (name, message)) in fields.iter().enumerate() {
                    if at > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{name}: {message}")?;
                }
                Ok(())
            }
            Kind::Refused { sentence, .. } => f.write_str(sentence),
            Kind::Internal { doing: Some(doing), cause } => write!(f, "{doing}: {cause}"),
            Kind::Internal { doing: None, cause } => write!(f, "{cause}"),
        }
    }
}

// Not `std::error::Error`, as in anyhow: else the blanket conversion below would overlap the reflexive one.
impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(cause: E) -> Self {
        Self(Box::new(Kind::Internal { doing: None, cause: Box::new(cause) }))
    }
}

/// The thing asked for does not exist: status 404.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFound;

impl From<NotFound> for Error {
    fn from(_: NotFound) -> Self {
        Self::refused(404, "There is nothing here.")
    }
}

/// The viewer may not do this: status 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forbidden;

impl From<Forbidden> for Error {
    fn from(_: Forbidden) -> Self {
        Self::refused(403, "You may not do this.")
    }
}

/// Returns an error early unless a condition holds.
///
/// With `field = message` the message lands beside that field; with an expression that expression is the error.
///
/// ```
/// use orion::prelude::*;
///
/// fn rename(title: &str, mine: bool) -> Result<()> {
///     ensure!(mine, Forbidden);
///     ensure!(!title.trim().is_empty(), title = "Give it a name");
///     ensure!(title.len() <= 80, title = format!("{} characters is too long", title.len()));
///     Ok(())
/// }
/// assert!(rename("x", true).is_ok());
/// assert_eq!(rename("x", false).unwrap_err().status(), 403);
/// ```
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $field:ident = $message:expr $(,)?) => {
        if !$condition {
            return ::core::result::Result::Err($crate::Error::field(::core::stringify!($field), $message));
        }
    };
    ($condition:expr, $error:expr $(,)?) => {
        if !$condition {
            return ::core::result::Result::Err(::core::convert::Into::into($error));
        }
    };
}
