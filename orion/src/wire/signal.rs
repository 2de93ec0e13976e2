//! A signal's name that the compiler knows: what `create::signals()` gives.

use std::borrow::Cow;
use std::fmt::{self, Display};

use maud::Render;

use super::signal_name;

/// The name of a signal that a command takes, from the fields of its `Signals<T>`: `create::signals().title`.
///
/// It renders as the name, which is what `data-bind` takes, and stands wherever a name is asked for:
/// [`Reply::signal`](super::Reply::signal), [`field_error`](super::field_error), [`Error::field`](crate::Error::field).
///
/// ```
/// use orion::Signal;
/// use orion::prelude::*;
///
/// let title = Signal::new("edit.title");
/// let markup = html! {
///     input data-bind=(title);
///     p data-show={ (title.expr()) " != ''" } { "Not saved yet" }
///     (field_error(&title))
/// };
/// assert!(markup.into_string().starts_with(
///     "<input data-bind=\"edit.title\"><p data-show=\"$edit.title != ''\">Not saved yet</p>"
/// ));
/// let _ = Reply::signal(title, "");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signal(Cow<'static, str>);

impl Signal {
    /// The signal of this name; dots nest.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Its name: `edit.title`.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Its value in an expression: `$edit.title`.
    pub fn expr(&self) -> String {
        format!("${}", self.0)
    }

    /// A member of a signal that is a map: `create::signals().add.member("c7")` is `add.c7`.
    ///
    /// # Panics
    /// If the name is not one that a signal can have: letters, digits and `_`, beginning with a letter. Anything else
    /// could leave the expression that it is put into.
    #[must_use]
    pub fn member(&self, name: impl Display) -> Self {
        let name = name.to_string();
        assert!(
            signal_name::is_plain(&name),
            "a member of the signal `{self}` cannot be called {name:?}: its name is letters, digits and `_`, beginning with \
             a letter"
        );
        Self(Cow::Owned(format!("{self}.{name}")))
    }
}

impl Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Render for Signal {
    fn render_to(&self, buffer: &mut String) {
        self.name().render_to(buffer);
    }
}

impl AsRef<str> for Signal {
    fn as_ref(&self) -> &str {
        self.name()
    }
}

impl From<Signal> for Cow<'static, str> {
    fn from(signal: Signal) -> Self {
        signal.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_one_further_down() {
        let add = Signal::new("add");
        assert_eq!(add.member("c7").expr(), "$add.c7");
        assert_eq!(add.member(format_args!("c{}.note", 7)).name(), "add.c7.note");
    }

    #[test]
    #[should_panic(expected = "a member of the signal `add` cannot be called")]
    fn a_member_cannot_be_an_expression() {
        let _ = Signal::new("add").member("x;alert(1)");
    }
}
