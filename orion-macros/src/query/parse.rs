//! A query as it was written.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, LitStr, Token};

use crate::construct;
use crate::errors::Errors;
use crate::function::Function;

/// A query as it was written.
pub(crate) struct Written {
    pub(crate) function: Function,
    /// `None` where the attribute holds no literal, which was reported.
    pub(crate) sql: Option<LitStr>,
}

/// Reads the attribute of a query.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, function: Function) -> Written {
    let sql = sql(cx, attr, &function.name());
    Written { function, sql }
}

fn sql(cx: &mut Errors, attr: &Attribute, name: &str) -> Option<LitStr> {
    let arguments = construct::arguments(cx, attr)?;
    if arguments.is_empty() {
        cx.at(attr.path(), format!("query `{name}` must have its SQL"))
            .help("write `#[query(\"select … from …\")]`");
        return None;
    }
    let literal = |input: ParseStream<'_>| {
        let literal: LitStr = input.parse()?;
        let _: Option<Token![,]> = input.parse()?;
        Ok((literal, input.parse::<TokenStream>()?))
    };
    match literal.parse2(arguments.clone()) {
        Ok((literal, rest)) if rest.is_empty() => Some(literal),
        Ok((literal, rest)) => {
            cx.at(rest, format!("nothing may follow the SQL of query `{name}`"))
                .help("parameters are named in the SQL, `:title`, and are the arguments of the function");
            Some(literal)
        }
        Err(_) => {
            cx.at(arguments, format!("the SQL of query `{name}` must be a string literal"))
                .help("it is checked while compiling, before constants and `concat!` have a value; a literal may have several lines");
            None
        }
    }
}
