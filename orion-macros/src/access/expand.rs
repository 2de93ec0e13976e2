//! Writes who may: `.public()` or `.allow(…)` with how each role is asked.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::model::{Access, Role};
use crate::binding::{Binding, bind};
use crate::expanded::located;
use crate::reparent::reparent;

impl ToTokens for Access {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Unstated => TokenStream::new(),
            Self::Public => quote!(.public()),
            Self::Allow(roles) => quote!(.allow(&[#(#roles),*])),
        });
    }
}

impl ToTokens for Role {
    /// The function is given to a pointer of the type that it must have: then whatever differs is one error on its name,
    /// with both types in it.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let [db, input] = ["db", "input"].map(|name| Ident::new(name, Span::mixed_site()));
        let (name, function) = (self.name(), reparent(&self.path));
        let bound = self.arguments.iter().map(|argument| bind(argument, true, &quote!(#input)));
        let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
        let types = self.arguments.iter().map(|argument| reparent(&argument.ty));
        let decide = quote_spanned! {located(&self.path)=>
            let decide: fn(
                &::orion::__private::Db,
                &::orion::__private::Viewer,
                #(#types),*
            ) -> ::core::result::Result<::core::primitive::bool, ::orion::__private::Error> = #function;
        };
        tokens.extend(quote! {
            ::orion::__private::Role::new(#name, |#db, #input| {
                #decide
                #(#takes)*
                decide(#db, &#input.viewer, #(#passes),*)
            })
        });
    }
}
