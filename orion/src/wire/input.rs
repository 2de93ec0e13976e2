//! A request after its body was read: what commands and pages take their arguments from.

use std::str::FromStr;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};

use crate::error::{Error, Result};
use crate::viewer::Viewer;

/// A request whose body was read.
#[derive(Debug, Clone)]
pub struct Input {
    /// The HTTP method.
    pub method: Method,
    /// The path's parameters, decoded, in the order of the pattern.
    pub params: Vec<(String, String)>,
    /// The query without its `?`, as sent.
    pub query: String,
    /// The headers. With HTTP/2 the server puts the `:authority` in as `host`.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// Who sends it.
    pub viewer: Viewer,
}

impl Input {
    /// Reads the path's parameter `name`; status 400 where its text is not a `T`.
    pub fn path<T: FromStr>(&self, name: &str) -> Result<T> {
        let text = self.params.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
        let text = text.ok_or_else(|| Error::internal(format!("the path has no parameter `{name}`")))?;
        text.parse()
            .map_err(|_| Error::refused(400, format!("`{name}` in the path is not what it should be.")))
    }

    /// Whether Datastar sent it, whose client applies bodies of status 200 only.
    pub fn is_datastar(&self) -> bool {
        self.headers.get("datastar-request").is_some_and(|value| value == "true")
    }

    /// Whether fields and signals travel in the query: so they do where a body has no meaning.
    pub(super) fn is_in_query(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD | Method::DELETE)
    }

    /// The body's type.
    pub(super) fn content(&self) -> Content<'_> {
        let Some(value) = self.headers.get(CONTENT_TYPE) else {
            return if self.body.is_empty() { Content::Absent } else { Content::Other };
        };
        let full = value.to_str().unwrap_or_default();
        let essence = full.split(';').next().unwrap_or_default().trim();
        let is = |name: &str| essence.eq_ignore_ascii_case(name);
        if is("application/json") {
            Content::Json
        } else if is("application/x-www-form-urlencoded") {
            Content::Urlencoded
        } else if is("multipart/form-data") {
            Content::Multipart(full)
        } else {
            Content::Other
        }
    }
}

/// The types of body that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'a> {
    Json,
    Urlencoded,
    /// With the whole header, which names the boundary.
    Multipart(&'a str),
    /// Neither a type nor a body.
    Absent,
    Other,
}

/// Something that a command or a page can take from a request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from a request",
    label = "not an argument of a command or a page",
    note = "take `Signals<T>`, `Form<T>` or `Query<T>`; a path parameter is named in the path: `/todos/{{id}}`"
)]
pub trait FromInput: Sized + Send + 'static {
    /// Reads it, or says in one sentence why not, with status 400, 413, 415 or 422.
    fn from_input(input: &Input) -> Result<Self>;
}
