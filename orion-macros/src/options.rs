//! A list of options as it is written, `name = "board", on(Board(id))`, and the questions to ask of it.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitStr, Token};

use crate::errors::Errors;
use crate::nearest;

/// The options of one attribute, or of `main!`. Each is taken out once; what nobody knows was reported when reading.
pub(crate) struct Options {
    written: Vec<Written>,
    /// Whether some could not be read or are unknown: then one that is missing may only be misspelled.
    pub(crate) broken: bool,
}

/// One option with the place of its key.
pub(crate) struct Written {
    pub(crate) key: Ident,
    value: Value,
}

enum Value {
    None,
    Set(TokenStream),
    List(Group),
}

impl Options {
    /// Reads what is left of `input`; `of` is what they are options of, in words for a message.
    pub(crate) fn parse(cx: &mut Errors, input: TokenStream, of: &str, known: &[&str]) -> Self {
        let before = cx.count();
        let list = |input: ParseStream<'_>| input.parse_terminated(Written::parse, Token![,]);
        let list = list.parse2(input).unwrap_or_else(|error| {
            if error.to_string() == "expected `,`" {
                cx.at_span(error.span(), format!("a comma is missing between two options of {of}"))
                    .help("write one before this");
            } else {
                cx.syntax(&error);
            }
            syn::punctuated::Punctuated::new()
        });
        let mut written: Vec<Written> = Vec::new();
        for option in list {
            let name = option.key.to_string();
            if !known.contains(&name.as_str()) {
                let hint = nearest::hint(&name, known);
                cx.at(&option.key, format!("{of} has no option `{name}`")).help(hint);
            } else if let Some(first) = written.iter().find(|first| first.key == name) {
                cx.at(&first.key, format!("option `{name}` is set here first"));
                cx.at(&option.key, format!("option `{name}` is set twice")).help("remove one of the two");
            } else {
                written.push(option);
            }
        }
        Self { written, broken: cx.count() > before }
    }

    /// Takes an option out.
    pub(crate) fn take(&mut self, key: &str) -> Option<Written> {
        let at = self.written.iter().position(|option| option.key == key)?;
        Some(self.written.remove(at))
    }

    /// Takes an option out whose value is a string.
    pub(crate) fn take_string(&mut self, cx: &mut Errors, key: &str) -> Option<LitStr> {
        let option = self.take(key)?;
        let literal = match &option.value {
            Value::Set(tokens) => syn::parse2(tokens.clone()).ok(),
            Value::None | Value::List(_) => None,
        };
        if literal.is_none() {
            cx.at(option.wrong(), format!("option `{key}` must be a string"))
                .help("put it between quotes: `\"…\"`");
        }
        literal
    }
}

impl Written {
    /// What stands between the brackets of the value.
    pub(crate) fn array(&self) -> Option<TokenStream> {
        let Value::Set(tokens) = &self.value else { return None };
        match &tokens.clone().into_iter().collect::<Vec<_>>()[..] {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => Some(group.stream()),
            _ => None,
        }
    }

    /// The value, where it is one word.
    pub(crate) fn word(&self) -> Option<Ident> {
        let Value::Set(tokens) = &self.value else { return None };
        syn::parse2(tokens.clone()).ok()
    }

    /// Whether the key stands alone.
    pub(crate) fn is_flag(&self) -> bool {
        matches!(self.value, Value::None)
    }

    /// What stands in the option's parentheses.
    pub(crate) fn list(&self) -> Option<TokenStream> {
        match &self.value {
            Value::List(group) => Some(group.stream()),
            Value::None | Value::Set(_) => None,
        }
    }

    /// What to point at where the value is not what it must be.
    pub(crate) fn wrong(&self) -> TokenStream {
        match &self.value {
            Value::Set(tokens) if !tokens.is_empty() => tokens.clone(),
            Value::List(group) => TokenTree::Group(group.clone()).into(),
            Value::None | Value::Set(_) => TokenTree::Ident(self.key.clone()).into(),
        }
    }
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = Ident::parse_any(input)?;
        if input.peek(syn::token::Paren) {
            return Ok(Self { key, value: Value::List(input.parse()?) });
        }
        let separator =
            input.parse::<Option<Token![=]>>()?.is_some() || input.parse::<Option<Token![:]>>()?.is_some();
        if !separator {
            return Ok(Self { key, value: Value::None });
        }
        let mut value = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            value.extend([input.parse::<TokenTree>()?]);
        }
        Ok(Self { key, value: Value::Set(value) })
    }
}
