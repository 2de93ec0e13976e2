//! A command as it was written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, LitStr, Token};

use super::model::Method;
use crate::access;
use crate::construct;
use crate::errors::Errors;
use crate::function::Function;
use crate::options::Options;
use crate::spelling::spell;

/// A command as it was written.
pub(crate) struct Written {
    pub(crate) function: Function,
    /// `None` where the attribute holds none, which was reported.
    pub(crate) method: Option<Ident>,
    /// As `method`.
    pub(crate) path: Option<LitStr>,
    pub(crate) access: access::Written,
}

/// Reads the attribute of a command.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, function: Function) -> Written {
    let what = format!("command `{}`", function.name());
    let (method, path, rest) = method_and_path(cx, attr, &what);
    let access = match rest {
        Some(rest) => access::parse(&mut Options::parse(cx, rest, &what, &access::OPTIONS)),
        None => access::Written::unread(),
    };
    Written { function, method, path, access }
}

/// The method, the path, and the tokens of the options after them; `None` for what could not be read.
fn method_and_path(
    cx: &mut Errors,
    attr: &Attribute,
    what: &str,
) -> (Option<Ident>, Option<LitStr>, Option<TokenStream>) {
    const HELP: &str = "write `#[command(post \"/path\")]`";
    let Some(arguments) = construct::arguments(cx, attr) else { return (None, None, None) };
    if arguments.is_empty() {
        cx.at(attr.path(), format!("{what} must have a method and a path")).help(HELP);
        return (None, None, None);
    }
    let (arguments, was_text) = without_quotes(arguments);
    if let Some((text, path)) = &was_text {
        let word = text.value().to_lowercase();
        cx.at(text, format!("the method of {what} must be a word, not text"))
            .help(format!("write `#[command({word} {})]`", path.token()));
    }
    let parts = |input: ParseStream<'_>| {
        let method = if input.peek(Ident::peek_any) { Some(Ident::parse_any(input)?) } else { None };
        let _: Option<Token![,]> = input.parse()?;
        let path: Option<LitStr> = if input.peek(LitStr) { Some(input.parse()?) } else { None };
        let separated = input.parse::<Option<Token![,]>>()?.is_some();
        Ok((method, path, separated, input.parse::<TokenStream>()?))
    };
    let (method, path, separated, rest) = parts.parse2(arguments).unwrap_or_else(|error| {
        cx.syntax(&error);
        (None, None, true, TokenStream::new())
    });
    match (&method, &path) {
        _ if !rest.is_empty() && !separated => {
            if let Some(option) = access::begins(&rest) {
                cx.at(&option, format!("a comma is missing behind the path of {what}"))
                    .help(format!("write one before `{}`", spell(&option)));
            } else {
                cx.at(rest, format!("{what} has a method and a path, and nothing after them but options"))
                    .help("write `#[command(post \"/path\", allow(editor))]`");
            }
            return (method, path, None);
        }
        (None, Some(path)) => {
            cx.at(path, format!("{what} must say its method"))
                .help(format!("write `#[command(post {})]`", path.token()));
        }
        (Some(method), None) => {
            cx.at(method, format!("{what} must say its path")).help(HELP);
        }
        _ => {}
    }
    (method, path, Some(rest))
}

/// `post "/path"` of `"POST", "/path"`, with the text that was to be a word, and the path.
fn without_quotes(arguments: TokenStream) -> (TokenStream, Option<(LitStr, LitStr)>) {
    let two = |input: ParseStream<'_>| {
        let method: LitStr = input.parse()?;
        let _: Option<Token![,]> = input.parse()?;
        let path: LitStr = input.parse()?;
        Ok((method, path, input.parse::<TokenStream>()?))
    };
    let Ok((text, path, rest)) = two.parse2(arguments.clone()) else { return (arguments, None) };
    let word = text.value().to_lowercase();
    // What is no method is said to be none, instead of this.
    let known = Method::NAMES.contains(&word.as_str());
    let Some(method) =
        syn::parse_str::<Ident>(&word).ok().map(|word| Ident::new(&word.to_string(), text.span()))
    else {
        return (arguments, None);
    };
    (quote!(#method #path #rest), known.then_some((text, path)))
}
