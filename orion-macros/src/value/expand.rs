//! Writes the implementations that a stored type needs.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::model::{Stored, Value, Variant};
use crate::expanded::located;

/// `ToValue`, `FromValue` and `Row`, or stubs of them; cannot fail.
pub(super) fn expand(value: &Value) -> TokenStream {
    let Value { ident, generics, stored } = value;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let Parts { bound, read, to, from } = match stored {
        Some(Stored::As(ty)) => newtype(ty),
        Some(Stored::Named(variants)) => named(&ident.to_string(), variants),
        None => stub(),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics ::orion::__private::ToValue for #ident #type_generics #where_clause {
            #bound
            fn to_value(&self) -> ::orion::__private::Value<'_> {
                #to
            }
        }
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #impl_generics ::orion::__private::FromValue for #ident #type_generics #where_clause {
            #read
            fn from_value(
                value: ::orion::__private::Value<'_>,
            ) -> ::core::result::Result<Self, ::orion::__private::Mismatch> {
                #from
            }
        }
        #[automatically_derived]
        impl #impl_generics ::orion::__private::Row for #ident #type_generics #where_clause {
            const COLUMNS: &'static [&'static str] = &[];
            const HOLDS: &'static [::orion::__private::Holds] = &[::orion::__private::Known::<Self>::READ];
            fn read(
                row: &::orion::__private::RowRef<'_>,
            ) -> ::core::result::Result<Self, ::orion::__private::Mismatch> {
                row.get(0)
            }
            fn read_optional(
                row: &::orion::__private::RowRef<'_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, ::orion::__private::Mismatch> {
                row.get(0)
            }
        }
    }
}

/// What differs from type to type.
struct Parts {
    /// The constants of `ToValue`.
    bound: TokenStream,
    /// The constants of `FromValue`.
    read: TokenStream,
    /// From `self` to a value.
    to: TokenStream,
    /// From `value` to a result.
    from: TokenStream,
}

fn newtype(ty: &syn::Type) -> Parts {
    let facts = |of: &TokenStream| {
        quote! {
            const KIND: ::core::option::Option<::orion::__private::Kind> = {
                #[allow(unused_imports)]
                use ::orion::__private::Anything as _;
                ::orion::__private::Known::<#ty>::#of.kind
            };
            const NULL: bool = {
                #[allow(unused_imports)]
                use ::orion::__private::Anything as _;
                ::orion::__private::Known::<#ty>::#of.null
            };
        }
    };
    Parts {
        bound: facts(&quote!(BOUND)),
        read: facts(&quote!(READ)),
        to: quote_spanned!(located(ty)=> <#ty as ::orion::__private::Stored>::to_value(&self.0)),
        from: quote_spanned! {located(ty)=>
            ::core::result::Result::map(<#ty as ::orion::__private::Stored>::from_value(value), Self)
        },
    }
}

fn named(ident: &str, variants: &[Variant]) -> Parts {
    let kind = quote! {
        const KIND: ::core::option::Option<::orion::__private::Kind> =
            ::core::option::Option::Some(::orion::__private::Kind::Text);
    };
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    Parts {
        bound: kind.clone(),
        read: kind,
        to: quote!(::orion::__private::Value::Text(match self { #(Self::#idents => #names),* })),
        from: quote! {
            match value {
                #(::orion::__private::Value::Text(#names) => ::core::result::Result::Ok(Self::#idents),)*
                other => ::core::result::Result::Err(
                    ::orion::__private::Mismatch::unknown(other, #ident, &[#(#names),*]),
                ),
            }
        },
    }
}

fn stub() -> Parts {
    let body = quote!(::core::unimplemented!());
    Parts { bound: TokenStream::new(), read: TokenStream::new(), to: body.clone(), from: body }
}
