//! Writes who may: `.public()` or `.allow(…)`, and how each role is asked.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::model::{Access, Role};
use crate::binding::{Binding, bind};
use crate::data::HOLE;
use crate::expanded::located;

impl Access {
    /// The call that says it, and what fills its hole.
    pub(crate) fn call(&self) -> (String, Option<TokenStream>) {
        match self {
            Self::Unstated => (String::new(), None),
            Self::Public => (".public()".to_owned(), None),
            Self::Allow(roles) => (format!(".allow{HOLE}()"), Some(quote!(&[#(#roles),*]))),
        }
    }
}

impl ToTokens for Role {
    /// The call is spanned at the function's name: whatever differs in its signature is one error there.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let [db, input] = ["db", "input"].map(|name| Ident::new(name, Span::mixed_site()));
        let (name, path) = (self.name(), &self.path);
        // An argument of the same name does not hide it.
        let here = path.get_ident().map(|_| quote!(self::));
        let bound = self.arguments.iter().map(|argument| bind(argument, true, &quote!(#input)));
        let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
        let types = self.arguments.iter().map(|argument| &argument.ty);
        let decide = quote_spanned! {located(&self.path)=>
            __orion::decide::<(#(#types,)*), _, _>((#(#passes,)*), #here #path, #db, &#input.viewer)
        };
        tokens.extend(quote! {
            __orion::Role::new(#name, |#db, #input| {
                #(#takes)*
                #decide
            })
        });
    }
}
