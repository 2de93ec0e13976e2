//! A function of a slice: its signature is parsed, its body stays tokens.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, ReturnType, Signature, Type, Visibility};

use crate::argument::{Argument, bare};
use crate::errors::Errors;
use crate::item::Item;

/// A function as it was written.
pub(crate) struct Function {
    /// Without the attribute that declares what it is.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// `None` where it ends with a semicolon.
    pub(crate) body: Option<Group>,
    /// Where it ends.
    end: Span,
}

impl Function {
    /// The function that this item is.
    pub(crate) fn of(item: &Item) -> syn::Result<Self> {
        let function = |input: ParseStream<'_>| Self::parse(item.attrs.clone(), input);
        function.parse2(item.tokens.clone())
    }

    /// What follows these attributes. The body is not parsed: that it is made of tokens is enough.
    pub(crate) fn parse(attrs: Vec<Attribute>, input: ParseStream<'_>) -> syn::Result<Self> {
        let (vis, sig) = (input.parse()?, input.parse()?);
        let (body, end) = match input.parse()? {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                let end = body.span();
                (Some(body), end)
            }
            TokenTree::Punct(semicolon) if semicolon.as_char() == ';' => (None, semicolon.span()),
            last => {
                return Err(syn::Error::new_spanned(last, "a function ends with its body or a semicolon"));
            }
        };
        Ok(Self { attrs, vis, sig, body, end })
    }

    /// Its name without `r#`.
    pub(crate) fn name(&self) -> String {
        use syn::ext::IdentExt;
        self.sig.ident.unraw().to_string()
    }

    /// Its `#[cfg]`s, for everything that is generated beside it.
    pub(crate) fn cfg(&self) -> Vec<Attribute> {
        cfg(&self.attrs)
    }

    /// What it returns, if that is written.
    pub(crate) fn output(&self) -> Option<&Type> {
        match &self.sig.output {
            ReturnType::Default => None,
            ReturnType::Type(_, output) => Some(bare(output)),
        }
    }

    /// Its arguments; `None` where the signature has a part that no construct can have. `what` names it: "query `all`".
    pub(crate) fn arguments(&self, cx: &mut Errors, what: &str) -> Option<Vec<Argument>> {
        let (sig, before) = (&self.sig, cx.count());
        let qualifiers = [
            sig.constness.map(|token| (token.to_token_stream(), "const")),
            matches!(sig.safety, syn::Safety::Unsafe(_)).then(|| (sig.safety.to_token_stream(), "unsafe")),
            sig.abi.as_ref().map(|abi| (abi.to_token_stream(), "extern")),
        ];
        for (token, name) in qualifiers.into_iter().flatten() {
            cx.at(token, format!("{what} must not be `{name}`")).help(format!("write `fn` without `{name}`"));
        }
        if !sig.generics.params.is_empty() {
            cx.at(&sig.generics, format!("{what} must not be generic"))
                .help("write the types out; references need no lifetimes here");
        }
        // `self` and `...` have no place in a function either: rustc says so.
        let foreign = sig.variadic.is_some() || sig.receiver().is_some();
        let arguments = sig.inputs.iter().filter_map(|input| Argument::of(cx, what, input)).collect();
        (cx.count() == before && !foreign).then_some(arguments)
    }

    /// The function with another body.
    pub(crate) fn with_body(&self, body: &TokenStream) -> TokenStream {
        let Self { attrs, vis, sig, body: _, end } = self;
        // With braces of the user's, the function is the user's for rustc: one that nobody calls is dead code.
        let mut body = Group::new(Delimiter::Brace, body.clone());
        body.set_span(*end);
        quote!(#(#attrs)* #vis #sig #body)
    }

    /// As [`stub`](Self::stub), with another return type.
    pub(crate) fn stub_of(&self, output: ReturnType) -> TokenStream {
        let sig = Signature { output, ..self.sig.clone() };
        Self { attrs: self.attrs.clone(), vis: self.vis.clone(), sig, body: None, end: self.end }.stub()
    }

    /// The function as it is; without a return type, which was reported, with a body that fits.
    pub(crate) fn unless_it_returns_nothing(&self) -> TokenStream {
        if self.output().is_some() || self.body.is_none() { self.to_token_stream() } else { self.stub() }
    }

    /// The function with a body that compiles whatever it returns: in place of one that could not be written.
    pub(crate) fn stub(&self) -> TokenStream {
        let function = self.with_body(&quote!(::core::unimplemented!()));
        quote!(#[allow(unused_variables, dead_code)] #function)
    }
}

/// The `#[cfg]`s among `attrs`.
pub(crate) fn cfg(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, vis, sig, body, end: _ } = self;
        tokens.append_all(attrs);
        vis.to_tokens(tokens);
        sig.to_tokens(tokens);
        match body {
            Some(body) => body.to_tokens(tokens),
            None => tokens.extend(quote!(;)),
        }
    }
}
