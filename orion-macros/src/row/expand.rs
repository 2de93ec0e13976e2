//! Writes the implementation of `Row`.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::model::{Field, Row};
use crate::expanded::located;
use crate::spelling::spell;

/// The implementation, or a stub of it; cannot fail.
pub(super) fn expand(row: &Row) -> TokenStream {
    let Row { ident, generics, fields } = row;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let columns = fields.iter().flatten().map(|field| &field.name);
    let holds = fields.iter().flatten().map(|Field { ty, .. }| {
        let name = spell(ty);
        quote!(::orion::__private::Known::<#ty>::READ.named(#name))
    });
    let read = fields.as_ref().map_or_else(
        || quote!(::core::unimplemented!()),
        |fields| {
            let fields = fields.iter().enumerate().map(|(at, Field { ident, ty, .. })| {
                let at = Literal::usize_unsuffixed(at);
                quote_spanned!(located(ty)=> #ident: row.get::<#ty>(#at)?)
            });
            quote!(::core::result::Result::Ok(Self { #(#fields),* }))
        },
    );
    quote! {
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #impl_generics ::orion::__private::Row for #ident #type_generics #where_clause {
            const COLUMNS: &'static [&'static str] = &[#(#columns),*];
            const HOLDS: &'static [::orion::__private::Holds] = {
                #[allow(unused_imports)]
                use ::orion::__private::Anything as _;
                &[#(#holds),*]
            };

            fn read(
                row: &::orion::__private::RowRef<'_>,
            ) -> ::core::result::Result<Self, ::orion::__private::Mismatch> {
                #read
            }
        }
    }
}
