//! What a command or a page takes from a request: `Signals<T>`, `Form<T>`, `Query<T>`.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;

use super::form::Fields;
use super::input::{Content, FromInput, Input};
use super::json;
use super::rejection::Rejection;
use crate::error::Result;

/// The page's signals, as a `T`.
///
/// Datastar sends them as JSON: in the query of GET and DELETE, in the body of the other methods. The fields of a form are taken
/// as well, so the same command serves a plain form without JavaScript; see [`Form`] for how they are read.
///
/// ```
/// use orion::prelude::*;
///
/// #[derive(Deserialize)]
/// struct Draft { title: String, #[serde(default)] urgent: bool }
///
/// fn create(draft: Signals<Draft>) -> Result<Reply> {
///     ensure!(!draft.title.trim().is_empty(), title = "Say what there is to do");
///     Ok(Reply::signal("title", "").and_toast(if draft.urgent { "At once!" } else { "Noted" }))
/// }
/// # let _ = create;
/// ```
///
/// What a signal is named with a `_` at the beginning stays in the page and never arrives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signals<T>(pub T);

/// The fields of a form, as a `T`.
///
/// Sent urlencoded or, with files, as multipart; in the query of GET and DELETE. All that a form can send is text, so:
///
/// - numbers are parsed, and a checkbox's `on` is `true`; a box that is not checked is not sent, so its field needs
///   `#[serde(default)]`;
/// - an empty field is `None` where the type is an `Option`;
/// - fields of the same name are a `Vec`; for any other type the last counts;
/// - a file is an [`Upload`](super::Upload).
///
/// ```
/// use orion::prelude::*;
///
/// #[derive(Deserialize)]
/// struct Order { amount: u32, note: Option<String>, #[serde(default)] extras: Vec<String> }
///
/// fn order(order: Form<Order>) -> Result<Reply> {
///     ensure!(order.amount > 0, amount = "Order at least one");
///     Ok(Reply::redirect("/orders"))
/// }
/// # let _ = order;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

/// The query's parameters, as a `T`, read like the fields of a [`Form`].
///
/// ```
/// use orion::prelude::*;
///
/// #[derive(Deserialize)]
/// struct Search { #[serde(default)] words: String, page: Option<u32> }
///
/// fn results(search: Query<Search>) -> Markup {
///     html! { h1 { "Results for “" (search.words) "”, page " (search.page.unwrap_or(1)) } }
/// }
/// # let _ = results;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

/// What can be read from the fields of a request: a type that derives `Deserialize`. A trait of its own, because serde's advice
/// names a crate that an application need not have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "what is in it does not derive `Deserialize`",
    note = "write `#[derive(Deserialize)]` above `{Self}`"
)]
pub trait Draft: DeserializeOwned + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> Draft for T {}

/// The query parameter that Datastar sends signals in.
const PARAMETER: &str = "datastar";

impl<T: Draft> FromInput for Signals<T> {
    fn from_input(input: &Input) -> Result<Self> {
        let signals = match signals_text(input) {
            Some(text) => json::read(&text, "The signals"),
            None => {
                fields(input, "application/json, application/x-www-form-urlencoded or multipart/form-data")
                    .and_then(|fields| fields.read("The signals"))
            }
        };
        Ok(Self(signals?))
    }
}

impl<T: Draft> FromInput for Form<T> {
    fn from_input(input: &Input) -> Result<Self> {
        let fields = fields(input, "application/x-www-form-urlencoded or multipart/form-data")?;
        Ok(Self(fields.read("The form")?))
    }
}

impl<T: Draft> FromInput for Query<T> {
    fn from_input(input: &Input) -> Result<Self> {
        Ok(Self(Fields::urlencoded(input.query.as_bytes())?.read("The query")?))
    }
}

/// The JSON that Datastar sends signals as, where the request has any.
pub(super) fn signals_text(input: &Input) -> Option<Cow<'_, [u8]>> {
    if input.is_in_query() {
        let (_, text) = form_urlencoded::parse(input.query.as_bytes()).find(|(name, _)| name == PARAMETER)?;
        return Some(match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        });
    }
    (input.content() == Content::Json).then(|| Cow::Borrowed(&input.body[..]))
}

/// The fields of the form; `send` names the content types for whoever sent another.
pub(super) fn fields(input: &Input, send: &'static str) -> Result<Fields, Rejection> {
    if input.is_in_query() {
        return Fields::urlencoded(input.query.as_bytes());
    }
    match input.content() {
        Content::Urlencoded => Fields::urlencoded(&input.body),
        Content::Multipart(content_type) => Fields::multipart(content_type, &input.body),
        Content::Absent => Ok(Fields::default()),
        Content::Json | Content::Other => Err(Rejection::WrongType { send }),
    }
}

macro_rules! transparent {
    ($($name:ident),*) => {$(
        impl<T> Deref for $name<T> {
            type Target = T;
            fn deref(&self) -> &T {
                &self.0
            }
        }
        impl<T> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    )*};
}
transparent!(Signals, Form, Query);
