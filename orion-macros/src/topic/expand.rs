//! Writes a topic: the struct as it is, and how it is announced.

use quote::{quote, quote_spanned};
use syn::{Index, ItemStruct, Member};

use super::model::Topic;
use crate::data::literal;
use crate::declared::Data;
use crate::expanded::{Expanded, located};

/// The topic's expansion; cannot fail.
pub(crate) fn expand(slice: &str, topic: &Topic) -> Expanded {
    let Topic { item, cfg, structure, fields } = topic;
    let Some(ItemStruct { ident, generics, .. }) = structure else { return Expanded::alone(item, None) };
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
        quote!(__orion::Topic::declared(#slice, #name, ::core::format_args!(#format #(, #values)*)))
    } else {
        quote!(::core::unimplemented!())
    };
    Expanded {
        beside: quote! {
            #(#cfg)*
            #[automatically_derived]
            impl #impl_generics __orion::Announce for #ident #type_generics #where_clause {
                fn topic(&self) -> __orion::Topic {
                    #topic
                }
            }
        },
        ..Expanded::alone(item, fields.is_some().then(|| Data::entry(cfg, &literal(&name))))
    }
}
