//! An item as it was written. Only its attributes are parsed; where it ends is found by looking at tokens, so that a
//! half-typed body in it is somebody else's concern: rustc's.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Token, Visibility};

/// One item of a module.
pub(crate) struct Item {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) shape: Shape,
    /// Everything after the attributes.
    pub(crate) tokens: TokenStream,
}

/// What sort of item it is, as far as the macros care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Function,
    Constant,
    Struct,
    Enum,
    Module,
    Import,
    Other,
}

impl Item {
    /// The item with a body in place of a function's semicolon, so that rustc does not ask for one.
    pub(crate) fn with_a_body(mut self) -> Self {
        if self.is_without_body() {
            let mut tokens: Vec<TokenTree> = self.tokens.into_iter().collect();
            tokens.pop();
            self.tokens = tokens.into_iter().collect();
            self.tokens.extend(quote!({ ::core::unimplemented!() }));
        }
        self
    }

    /// Whether it is a function that ends with a semicolon.
    pub(crate) fn is_without_body(&self) -> bool {
        self.shape == Shape::Function
            && matches!(self.tokens.clone().into_iter().last(), Some(TokenTree::Punct(end)) if end.as_char() == ';')
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Self::after(Attribute::parse_outer(input)?, input)
    }
}

impl Item {
    /// What follows these attributes.
    pub(crate) fn after(attrs: Vec<Attribute>, input: ParseStream<'_>) -> syn::Result<Self> {
        let shape = Shape::ahead(input);
        let to_semicolon = shape == Shape::Constant || ends_at_semicolon(input);
        Ok(Self { attrs, shape, tokens: take(input, to_semicolon)? })
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attrs);
        self.tokens.to_tokens(tokens);
    }
}

impl Shape {
    fn ahead(input: ParseStream<'_>) -> Self {
        let ahead = input.fork();
        if ahead.parse::<Visibility>().is_err() {
            return Self::Other;
        }
        if ahead.peek(Token![struct]) {
            return Self::Struct;
        }
        if ahead.peek(Token![enum]) {
            return Self::Enum;
        }
        if ahead.peek(Token![mod]) {
            return Self::Module;
        }
        if ahead.peek(Token![use]) {
            return Self::Import;
        }
        let constant = ahead.peek(Token![const]);
        while !ahead.peek(Token![fn]) {
            let qualifier = ahead.parse::<Option<Token![const]>>().is_ok_and(|token| token.is_some())
                || ahead.parse::<Option<Token![async]>>().is_ok_and(|token| token.is_some())
                || ahead.parse::<Option<Token![unsafe]>>().is_ok_and(|token| token.is_some())
                || ahead.parse::<Option<Token![extern]>>().is_ok_and(|token| token.is_some())
                || ahead.parse::<Option<LitStr>>().is_ok_and(|token| token.is_some());
            if !qualifier {
                return if constant { Self::Constant } else { Self::Other };
            }
        }
        Self::Function
    }
}

/// Whether a brace may stand inside the item's head: `use a::{b, c};`.
fn ends_at_semicolon(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let _: syn::Result<Visibility> = ahead.parse();
    ahead.peek(Token![use])
        || ahead.peek(Token![static])
        || ahead.peek(Token![type])
        || (ahead.peek(Token![extern]) && ahead.peek2(Token![crate]))
}

/// The tokens up to and with the end of the item: its semicolon, or the braces of its body.
fn take(input: ParseStream<'_>, to_semicolon: bool) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    // Braces between `<` and `>` are an argument of a const generic, not a body.
    let mut angles = 0_i32;
    let mut arrow = false;
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        let mut end = false;
        match &token {
            TokenTree::Punct(punct) => {
                match punct.as_char() {
                    ';' => end = true,
                    '<' => angles += 1,
                    '>' if !arrow => angles -= 1,
                    _ => {}
                }
                arrow = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                end = !to_semicolon && angles <= 0;
            }
            // An item that another macro was given whole: `$item`.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                end = ends_item(group.stream());
            }
            _ => {}
        }
        tokens.append(token);
        if end {
            break;
        }
    }
    Ok(tokens)
}

/// Whether the tokens end as an item does.
fn ends_item(tokens: TokenStream) -> bool {
    match tokens.into_iter().last() {
        Some(TokenTree::Punct(end)) => end.as_char() == ';',
        Some(TokenTree::Group(end)) => end.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Shape::{Constant, Enum, Function, Import, Module, Other, Struct};
    use super::*;
    use proc_macro2::Group;
    use syn::parse::Parser;

    fn split(source: &str) -> Vec<(Shape, String)> {
        let items = |input: ParseStream<'_>| {
            let mut items = Vec::new();
            while !input.is_empty() {
                items.push(input.parse::<Item>()?);
            }
            Ok(items)
        };
        let items = items.parse_str(source).expect("the source can be split");
        items.into_iter().map(|item| (item.shape, item.tokens.to_string())).collect()
    }

    #[test]
    fn each_item_ends_where_rust_ends_it() {
        let items = split(
            "use a::{b, c}; const A: [u8; { 1 }] = { [0] }; pub(crate) const unsafe extern \"C\" fn f() -> [u8; 1] { x }
             struct A; struct B(u8); pub struct C { d: u8 } enum E { F } fn g(); async fn h() {}
             impl G<{ 1 }> for fn() -> u8 { } macro_rules! m { () => {} } m!(); m! {} mod n; mod o { } extern crate p;
             static Q: u8 = { 0 }; unsafe impl Send for R {}",
        );
        let shapes: Vec<Shape> = items.iter().map(|(shape, _)| *shape).collect();
        assert_eq!(
            shapes,
            [
                Import, Constant, Function, Struct, Struct, Struct, Enum, Function, Function, Other, Other,
                Other, Other, Module, Module, Other, Other, Other
            ]
        );
        assert_eq!(items[9].1, "impl G < { 1 } > for fn () -> u8 { }");
    }

    #[test]
    fn an_item_from_another_macro_is_one_item() {
        let item = Group::new(
            Delimiter::None,
            quote!(
                #[page("/")]
                pub fn home() -> Markup {}
            ),
        );
        let vis = Group::new(Delimiter::None, quote!(pub));
        let items = |input: ParseStream<'_>| Ok([input.parse::<Item>()?, input.parse()?, input.parse()?]);
        let items: [Item; 3] =
            items.parse2(quote!(#item #[doc = "x"] #vis struct A; fn after() {})).expect("three items");
        assert_eq!(items.each_ref().map(|item| item.shape), [Function, Struct, Function]);
        assert_eq!(items.each_ref().map(|item| item.attrs.len()), [1, 1, 0]);
    }

    #[test]
    fn a_half_typed_body_is_left_alone() {
        let items = split("fn f() { let x = ; foo. } fn g() { if }");
        assert_eq!(items.len(), 2);
    }
}
