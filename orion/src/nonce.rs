//! The number that is used once: what a script of a page carries, so that the browser runs it. Knows nothing of policies or pages.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::Render;

/// What the scripts of one answer carry in their attribute `nonce`: the answer's content security policy lets those run, and no
/// others (<https://www.w3.org/TR/CSP3/#security-nonces>). 128 random bits, made for each request.
///
/// A page takes it from [`nonce()`]. A route of plain axum that answers with a document finds it in the request's extensions:
///
/// ```
/// use axum::Extension;
/// use axum::response::Html;
/// use orion::Nonce;
///
/// async fn about(Extension(nonce): Extension<Nonce>) -> Html<String> {
///     Html(format!("<script nonce=\"{nonce}\">console.log('about')</script>"))
/// }
/// # let _ = about;
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(Arc<str>);

impl Nonce {
    pub(crate) fn fresh() -> Self {
        let mut bytes = [0_u8; 16];
        // The operating system's source of randomness does not fail after boot; without it nothing here is safe.
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(URL_SAFE_NO_PAD.encode(bytes).into())
    }

    /// Runs `f`, during which [`nonce()`] is this one.
    pub(crate) fn during<T>(&self, f: impl FnOnce() -> T) -> T {
        let before = PAGE.replace(Some(self.clone()));
        let _restored = Restored(before);
        f()
    }

    /// 22 characters from `A-Z a-z 0-9 - _`; none, where no page is rendered.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Render for Nonce {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

/// Not the number: whoever reads it in a log could run scripts on a page that is open.
impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce")
    }
}

thread_local! {
    static PAGE: RefCell<Option<Nonce>> = const { RefCell::new(None) };
}

/// Puts back what was there, also after a panic.
struct Restored(Option<Nonce>);

impl Drop for Restored {
    fn drop(&mut self) {
        PAGE.set(self.0.take());
    }
}

/// What a page's own script carries to be run:
///
/// ```
/// use orion::prelude::*;
///
/// # #[orion::slice]
/// # pub mod charts {
/// #   use super::*;
/// #[page("/charts")]
/// fn charts() -> Markup {
///     html! {
///         canvas id="sales" {}
///         script nonce=(orion::nonce()) { "console.log('drawn')" }
///     }
/// }
/// # }
/// # fn main() { assert_eq!(charts::SLICE.pages.len(), 1); }
/// ```
///
/// Regions have none: they are rendered once for many pages, and a morph runs scripts twice. Outside of a page's own function it is empty,
/// and a script with it does not run.
pub fn nonce() -> Nonce {
    PAGE.with_borrow(Clone::clone).unwrap_or_else(|| Nonce("".into()))
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    #[test]
    fn each_is_another_and_none_outlives_its_page() {
        let (one, two) = (Nonce::fresh(), Nonce::fresh());
        assert_ne!(one, two);
        assert_eq!(one.as_str().len(), 22);
        one.during(|| {
            assert_eq!(nonce(), one);
            two.during(|| assert_eq!(nonce(), two));
            assert_eq!(nonce(), one);
        });
        assert!(catch_unwind(AssertUnwindSafe(|| one.during(|| panic!("the page")))).is_err());
        assert_eq!(nonce().as_str(), "");
    }

    #[test]
    fn it_is_not_written_to_logs() {
        assert_eq!(format!("{:?}", Nonce::fresh()), "Nonce");
    }
}
