//! A document: what a page returns, before the shell is put around it.

use maud::{Markup, PreEscaped};

use super::policy::Allowed;
use crate::error::Result;

/// A page's body with what its head needs. A page may return plain `Markup` instead.
///
/// ```
/// use orion::prelude::*;
///
/// let page = Document::new(html! { h1 { "Board" } }).title("Board · orion");
/// # let _ = page;
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) body: Markup,
    pub(crate) head: Markup,
    pub(crate) title: Option<String>,
    pub(crate) allowed: Vec<Allowed>,
}

impl Document {
    /// A document with this body. Its title is the application's name.
    pub fn new(body: Markup) -> Self {
        Self { body, head: PreEscaped(String::new()), title: None, allowed: Vec::new() }
    }

    /// Sets the title.
    #[must_use]
    pub fn title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// Allows this page what the content security policy of every page does not: a source in a directive, beside those that are there
    /// (<https://www.w3.org/TR/CSP3/#csp-directives>). One that cannot stand there fails the page.
    ///
    /// ```
    /// use orion::prelude::*;
    ///
    /// let page = Document::new(html! { img src="https://maps.example/tile.png" alt="The way"; })
    ///     .allow("img-src", "https://maps.example");
    /// # let _ = page;
    /// ```
    ///
    /// Scripts of its own a page needs not allow: they carry [`orion::nonce()`](crate::nonce()).
    #[must_use]
    pub fn allow(mut self, directive: &str, source: &str) -> Self {
        self.allowed.push((directive.to_owned(), source.to_owned()));
        self
    }

    /// Adds to the head, after what the shell puts there.
    #[must_use]
    pub fn head(self, head: Markup) -> Self {
        Self { head, ..self }
    }
}

/// What a page may return.
#[diagnostic::on_unimplemented(
    message = "a page cannot return `{Self}`",
    label = "not a document",
    note = "return `Markup`, `Document`, or a `Result` of either"
)]
pub trait IntoDocument {
    /// The document.
    fn into_document(self) -> Result<Document>;
}

impl IntoDocument for Document {
    fn into_document(self) -> Result<Document> {
        Ok(self)
    }
}
impl IntoDocument for Markup {
    fn into_document(self) -> Result<Document> {
        Ok(Document::new(self))
    }
}
impl<T: IntoDocument> IntoDocument for Result<T> {
    fn into_document(self) -> Result<Document> {
        self?.into_document()
    }
}

/// What a region may return.
#[diagnostic::on_unimplemented(
    message = "a region cannot return `{Self}`",
    label = "not markup",
    note = "return `Markup` or `Result<Markup>`"
)]
pub trait IntoMarkup {
    /// The markup.
    fn into_markup(self) -> Result<Markup>;
}

impl IntoMarkup for Markup {
    fn into_markup(self) -> Result<Markup> {
        Ok(self)
    }
}
impl IntoMarkup for Result<Markup> {
    fn into_markup(self) -> Result<Markup> {
        self
    }
}
