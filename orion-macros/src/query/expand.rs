//! Writes a query: the body that its author left out, and the statement in a module of the same name.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::LitStr;

use super::model::{Access, Query, Returns, Sound};
use crate::expanded::{Expanded, allowed, located};
use crate::reparent;
use crate::scalar::Scalar;

/// The query's expansion; cannot fail.
pub(crate) fn expand(slice: &str, query: &Query) -> Expanded {
    let Query { function, sql, sound } = query;
    let (name, cfg) = (&function.sig.ident, function.cfg());
    let vis = reparent::visibility(&function.vis);
    let mod_vis = &function.vis;
    let statement = sql.as_ref().map(|sql| statement((slice, &function.name()), sql, sound.as_deref()));
    let module = statement.map(|statement| {
        quote! {
            #(#cfg)*
            #[doc(hidden)]
            #[allow(unreachable_pub)]
            #mod_vis mod #name {
                #vis const STATEMENT: ::orion::__private::Statement = #statement;
            }
        }
    });
    let Some(sound) = sound else {
        let item = if function.body.is_some() { quote!(#function) } else { function.stub() };
        return Expanded { item, generated: quote!(#module), entry: None };
    };
    let item = function.with_body(&body(query, sound));
    let allowed = allowed();
    Expanded {
        item: quote!(#allowed #item),
        generated: quote!(#module),
        entry: Some(quote!(#(#cfg)* &#name::STATEMENT)),
    }
}

fn statement((slice, name): (&str, &str), sql: &LitStr, sound: Option<&Sound>) -> TokenStream {
    let calls = sound.map(|Sound { columns, reads, writes, .. }| {
        let columns = (!columns.is_empty()).then(|| quote!(.columns(&[#(#columns),*])));
        let reads = (!reads.is_empty()).then(|| quote!(.reads(&[#(#reads),*])));
        let writes = (!writes.is_empty()).then(|| quote!(.writes(&[#(#writes),*])));
        quote!(#columns #reads #writes)
    });
    quote!(::orion::__private::Statement::new(#sql).named(#slice, #name) #calls)
}

fn body(query: &Query, sound: &Sound) -> TokenStream {
    let name = &query.function.sig.ident;
    let Sound { access, store, bound, returns, .. } = sound;
    let values = bound.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, &argument.ty);
        quote_spanned!(located(ty)=> <#ty as ::orion::__private::ToValue>::to_value(&#ident))
    });
    let arguments = quote!((#store, &#name::STATEMENT, &[#(#values),*]));
    let access = match access {
        Access::Db => quote!(::orion::__private::Db),
        Access::Tx => quote!(::orion::__private::Tx),
    };
    let (method, row) = match returns {
        Returns::Changes => return quote!(#access::execute #arguments),
        Returns::Nothing => {
            return quote!(::core::result::Result::map(#access::execute #arguments, |_| ()));
        }
        // No row and null are the same `None`.
        Returns::Optional(row) if Scalar::of(row).is_some_and(|scalar| !scalar.optional) => {
            return quote! {
                ::core::result::Result::map(
                    #access::optional::<::core::option::Option<#row>> #arguments,
                    ::core::option::Option::flatten,
                )
            };
        }
        Returns::All(row) => (quote!(all), row),
        Returns::Optional(row) => (quote!(optional), row),
        Returns::One(row) => (quote!(one), row),
    };
    if sound.compared {
        return quote!(#access::#method::<#row> #arguments);
    }
    // The fields of a row type that this macro cannot see are compared with the columns when constants are evaluated.
    let (query, columns, output) = (query.function.name(), &sound.columns, &sound.output);
    quote_spanned! {located(row)=>
        const RUN: ::orion::__private::rows::Run<#access, #output> =
            ::orion::__private::rows::#method::<#row, #access>(#query, &[#(#columns),*]);
        RUN #arguments
    }
}
