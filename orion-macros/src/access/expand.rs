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
    /// The call is spanned at the function's name: whatever differs in its signature is one error there.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let [db, input] = ["db", "input"].map(|name| Ident::new(name, Span::mixed_site()));
        let (name, function) = (self.name(), reparent(&self.path));
        let bound = self.arguments.iter().map(|argument| bind(argument, true, &quote!(#input)));
        let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
        let types = self.arguments.iter().map(|argument| reparent(&argument.ty));
        let decide = quote_spanned! {located(&self.path)=>
            ::orion::__private::decide::<(#(#types,)*), _, _>((#(#passes,)*), #function, #db, &#input.viewer)
        };
        tokens.extend(quote! {
            ::orion::__private::Role::new(#name, |#db, #input| {
                #(#takes)*
                #decide
            })
        });
    }
}
