//! The application: slices, seams and options put together into a router.

mod cx;
mod document;

pub use cx::Cx;
pub use document::{Document, IntoDocument, IntoMarkup};
