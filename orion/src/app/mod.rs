//! The application: slices, seams and options put together into a router.

mod cx;
mod document;
mod titled;

pub use cx::Cx;
pub use document::{Document, IntoDocument, IntoMarkup};
#[doc(hidden)]
pub use titled::titled;
