//! The application: slices, seams and options put together into a router.
//!
//! Knows HTTP through axum, but neither sockets nor processes: those are `serve`'s.

mod access;
pub(crate) mod cascade;
mod cx;
mod document;
mod files;
mod handlers;
mod headers;
mod identity;
mod log;
mod origin;
mod policy;
mod request;
mod router;
mod runtime;
mod shell;
mod start;
mod titled;

pub use cx::Cx;
pub use document::{Document, IntoDocument, IntoMarkup};
pub use files::File;
#[doc(hidden)]
pub use files::asset_path;
pub(crate) use handlers::AnsweredBy;
#[cfg(feature = "tls")]
pub(crate) use identity::NAME as VIEWER_COOKIE;
pub(crate) use log::Client;
pub use start::{BootError, Running};
#[doc(hidden)]
pub use titled::titled;

use axum::Router;

use crate::decl::Slice;

/// An application: what `orion::main!` writes, and what a person could write by hand.
///
/// ```no_run
/// use orion::App;
/// use orion::decl::Slice;
///
/// const NOTES: Slice = Slice::new("notes");
///
/// fn main() -> std::process::ExitCode {
///     App::new("notes").slice(&NOTES).main()
/// }
/// ```
#[derive(Debug, Clone)]
#[must_use = "an application does nothing until `main` or `start` is called"]
pub struct App {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) slices: Vec<&'static Slice>,
    pub(crate) files: Vec<File>,
    pub(crate) routes: Router,
}

impl App {
    /// An application without slices. `name` names its database file, `name.db`, and titles its pages.
    pub fn new(name: &'static str) -> Self {
        Self { name, title: name, slices: Vec::new(), files: Vec::new(), routes: Router::new() }
    }

    /// Sets the title of pages that have none of their own.
    pub fn title(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    /// Adds a slice.
    pub fn slice(mut self, slice: &'static Slice) -> Self {
        self.slices.push(slice);
        self
    }

    /// Adds slices.
    pub fn slices(mut self, slices: &[&'static Slice]) -> Self {
        self.slices.extend_from_slice(slices);
        self
    }

    /// Adds the files of a static folder: each is served below `/static/`, and style sheets at its top are linked by every
    /// page, in the order of the names; a `favicon.svg`, `.ico` or `.png` there is every page's icon.
    pub fn files(mut self, files: &[File]) -> Self {
        self.files.extend_from_slice(files);
        self
    }

    /// Adds routes of plain axum. They see the request as it came; the check of its origin is theirs.
    pub fn routes(self, routes: Router) -> Self {
        Self { routes: self.routes.merge(routes), ..self }
    }
}
