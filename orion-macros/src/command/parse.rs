//! A command as it was written.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, LitStr, Token};

use crate::construct;
use crate::errors::Errors;
use crate::function::Function;

/// A command as it was written.
pub(crate) struct Written {
    pub(crate) function: Function,
    /// `None` where the attribute holds none, which was reported.
    pub(crate) method: Option<Ident>,
    /// As `method`.
    pub(crate) path: Option<LitStr>,
}

/// Reads the attribute of a command.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, function: Function) -> Written {
    let (method, path) = method_and_path(cx, attr, &function.name());
    Written { function, method, path }
}

fn method_and_path(cx: &mut Errors, attr: &Attribute, name: &str) -> (Option<Ident>, Option<LitStr>) {
    const HELP: &str = "write `#[command(post \"/path\")]`";
    let Some(arguments) = construct::arguments(cx, attr) else { return (None, None) };
    if arguments.is_empty() {
        cx.at(attr.path(), format!("command `{name}` must have a method and a path")).help(HELP);
        return (None, None);
    }
    let parts = |input: ParseStream<'_>| {
        let method = if input.peek(Ident::peek_any) { Some(Ident::parse_any(input)?) } else { None };
        let _: Option<Token![,]> = input.parse()?;
        let path: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        let _: Option<Token![,]> = input.parse()?;
        Ok((method, path, input.parse::<TokenStream>()?))
    };
    let (method, path, rest) = parts.parse2(arguments).unwrap_or_else(|error| {
        cx.syntax(&error);
        (None, None, TokenStream::new())
    });
    match (&method, &path) {
        _ if !rest.is_empty() => {
            cx.at(rest, format!("command `{name}` has a method and a path, and nothing else")).help(HELP);
        }
        (None, Some(path)) => {
            cx.at(path, format!("command `{name}` must say its method"))
                .help(format!("write `#[command(post {})]`", path.token()));
        }
        (Some(method), None) => {
            cx.at(method, format!("command `{name}` must say its path")).help(HELP);
        }
        _ => {}
    }
    (method, path)
}
