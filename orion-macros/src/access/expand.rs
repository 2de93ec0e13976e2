//! Writes who may: `.public()` or `.allow(…)`, and how each role is asked.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Path, Type};

use super::model::{Access, Doubt, Role};
use crate::binding::{Binding, bind};
use crate::data::HOLE;
use crate::expanded::{located, own};

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
        let [db, input] = ["db", "input"].map(own);
        let name = self.name();
        let bound = self.arguments.iter().map(|argument| bind(argument, true, &quote!(#input)));
        let (takes, passes): (Vec<_>, Vec<_>) = bound.map(|Binding { take, pass }| (take, pass)).unzip();
        let types: Vec<&Type> = self.arguments.iter().map(|argument| &argument.ty).collect();
        let function = match &self.doubt {
            Some(doubt) => if_there(&self.path, &name, &types, doubt),
            None => called(&self.path),
        };
        let decide = quote_spanned! {located(&self.path)=>
            __orion::decide::<(#(#types,)*), _, _>((#(#passes,)*), #function, #db, &#input.viewer)
        };
        tokens.extend(quote! {
            __orion::Role::new(#name, |#db, #input| {
                #(#takes)*
                #decide
            })
        });
    }
}

/// The function, which no argument of the same name hides.
fn called(path: &Path) -> TokenStream {
    let here = path.get_ident().map(|_| quote_spanned!(path.span()=> self::));
    quote!(#here #path)
}

/// A function that may not be there: a name in the outer block is found where the slice has no such value, and what it is asked for it
/// has not.
fn if_there(path: &Path, name: &str, types: &[&Type], doubt: &Doubt) -> TokenStream {
    let message = format!("no role `{name}` in slice `{}`", doubt.slice);
    let notes = doubt.hint.iter().map(|hint| quote!(note = #hint,));
    let call = quote_spanned!(path.span()=> .role());
    quote! {{
        #[allow(unused_imports)]
        use __orion::IsRole as _;
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
            fn role(self) -> fn(&__orion::Db, &__orion::Viewer #(, #types)*)
                -> ::core::result::Result<::core::primitive::bool, __orion::Error>
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
            use self::*;
            #path #call
        }
    }}
}
