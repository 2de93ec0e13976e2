//! Writes a topic: the struct as it is, and how it is announced.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Index, ItemStruct, Member};

use super::model::Topic;
use crate::expanded::{Expanded, located};

/// The topic's expansion; cannot fail.
pub(crate) fn expand(slice: &str, topic: &Topic) -> Expanded {
    let Topic { item, cfg, structure, fields } = topic;
    let item = item.to_token_stream();
    let Some(ItemStruct { ident, generics, .. }) = structure else {
        return Expanded { item, generated: TokenStream::new(), entry: None };
    };
    let name = ident.to_string();
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let topic = if let Some(fields) = fields {
        let format = vec!["{}"; fields.len()].join(",");
        let values = fields.iter().map(|(member, ty)| {
            let span = located(ty);
            let member = match member {
                Member::Unnamed(index) => Member::Unnamed(Index { span, ..index.clone() }),
                Member::Named(name) => Member::Named(name.clone()),
            };
            quote_spanned!(span=> self.#member)
        });
        quote!(::orion::__private::Topic::declared(#slice, #name, ::core::format_args!(#format #(, #values)*)))
    } else {
        quote!(::core::unimplemented!())
    };
    Expanded {
        item,
        generated: quote! {
            #(#cfg)*
            #[automatically_derived]
            impl #impl_generics ::orion::__private::Announce for #ident #type_generics #where_clause {
                fn topic(&self) -> ::orion::__private::Topic {
                    #topic
                }
            }
        },
        entry: fields.is_some().then(|| quote!(#(#cfg)* #name)),
    }
}
