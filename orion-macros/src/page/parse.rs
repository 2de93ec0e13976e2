//! A page as it was written.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, LitStr, Token};

use crate::access;
use crate::construct;
use crate::errors::Errors;
use crate::function::Function;
use crate::options::Options;
use crate::spelling::spell;

/// A page as it was written.
pub(crate) struct Written {
    pub(crate) function: Function,
    /// `None` where the attribute holds none, which was reported.
    pub(crate) path: Option<LitStr>,
    pub(crate) title: Option<LitStr>,
    pub(crate) access: access::Written,
}

/// Reads the attribute of a page.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, function: Function) -> Written {
    let Some(arguments) = construct::arguments(cx, attr) else {
        return Written { function, path: None, title: None, access: access::Written::unread() };
    };
    let what = format!("page `{}`", function.name());
    let path_and_rest = |input: ParseStream<'_>| {
        let path: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        let separated = input.parse::<Option<Token![,]>>()?.is_some();
        Ok((path, separated, input.parse::<TokenStream>()?))
    };
    let (path, separated, rest) =
        path_and_rest.parse2(arguments).unwrap_or((None, false, TokenStream::new()));
    if path.is_none() {
        cx.at(attr.path(), format!("{what} must say its path first")).help("write `#[page(\"/path\")]`");
    } else if !separated && !rest.is_empty() {
        if let Some(option) = access::begins(&rest) {
            cx.at(&option, format!("a comma is missing behind the path of {what}"))
                .help(format!("write one before `{}`", spell(&option)));
        } else {
            cx.at(&rest, format!("{what} has a path, and nothing after it but options"))
                .help("write `#[page(\"/path\", title = \"…\")]`");
        }
        return Written { function, path, title: None, access: access::Written::unread() };
    }
    let [allow, public] = access::OPTIONS;
    let mut options = Options::parse(cx, rest, &what, &["title", allow, public]);
    let title = options.take_string(cx, "title");
    Written { function, path, title, access: access::parse(&mut options) }
}
