//! Writes who may: `.public()` or `.allow(…)` with how each role is asked.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::model::{Access, Doubt, Role};
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
        let name = self.name();
        let bound = self.arguments.iter().map(|argument| bind(argument, true, &quote!(#input)));
        let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
        let types: Vec<TokenStream> = self.arguments.iter().map(|argument| reparent(&argument.ty)).collect();
        let function = match &self.doubt {
            Some(doubt) => if_there(&self.path, &name, &types, doubt),
            None => reparent(&self.path),
        };
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

/// A function that may not be there: a name in the outer block is found where the slice has no such value, and what it is asked for it
/// has not.
fn if_there(path: &Path, name: &str, types: &[TokenStream], doubt: &Doubt) -> TokenStream {
    let message = format!("no role `{name}` in slice `{}`", doubt.slice);
    let notes = doubt.hint.iter().map(|hint| quote!(note = #hint,));
    let call = quote_spanned!(path.span()=> .role());
    quote! {{
        #[allow(unused_imports)]
        use ::orion::__private::IsRole as _;
        #[diagnostic::on_unimplemented(
            message = #message,
            label = "no function of this name",
            #(#notes)*
            note = "a role is a function: `fn editor(db: &Db, viewer: &Viewer) -> Result<bool>`",
        )]
        trait IsThere {}
        #[allow(dead_code)]
        struct Nobody<T>(T);
        #[allow(dead_code)]
        impl<T> Nobody<T> {
            fn role(self) -> fn(&::orion::__private::Db, &::orion::__private::Viewer #(, #types)*)
                -> ::core::result::Result<::core::primitive::bool, ::orion::__private::Error>
            where
                T: IsThere,
            {
                ::core::unreachable!()
            }
        }
        #[allow(dead_code, non_upper_case_globals)]
        const #path: Nobody<()> = Nobody(());
        {
            #[allow(unused_imports)]
            use super::*;
            #path #call
        }
    }}
}
