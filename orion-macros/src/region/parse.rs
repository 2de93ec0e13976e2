//! A region as it was written.

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, LitStr, Token};

use crate::construct;
use crate::errors::Errors;
use crate::function::Function;
use crate::options::Options;

/// A region as it was written.
pub(crate) struct Written {
    pub(crate) function: Function,
    /// The topics in `on(…)`.
    pub(crate) on: Vec<Expr>,
    /// Whether it says that it is rendered once for everyone.
    pub(crate) shared: bool,
    /// How often it is rendered at most.
    pub(crate) every: Option<LitStr>,
}

/// Reads the attribute of a region.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, function: Function) -> Written {
    let arguments = construct::arguments(cx, attr).unwrap_or_default();
    let what = format!("region `{}`", function.name());
    let mut options = Options::parse(cx, arguments, &what, &["on", "shared", "every"]);
    let mut on = Vec::new();
    if let Some(option) = options.take("on") {
        match option.list().filter(|list| !list.is_empty()) {
            Some(list) => match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(list) {
                Ok(topics) => on.extend(topics),
                Err(error) => {
                    cx.syntax(&error);
                }
            },
            None => {
                cx.at(option.wrong(), "option `on` must list topics").help("write `on(Board(id))`");
            }
        }
    }
    let shared = options.take("shared");
    if let Some(option) = shared.as_ref().filter(|option| !option.is_flag()) {
        cx.at(option.wrong(), "option `shared` must stand alone").help("write `#[region(shared)]`");
    }
    let every = options.take_string(cx, "every");
    Written { function, on, shared: shared.is_some(), every }
}
