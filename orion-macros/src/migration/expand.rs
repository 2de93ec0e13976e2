//! Writes a migration: the constant as it is, and its entry.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::model::Migration;
use crate::expanded::Expanded;

/// The migration's expansion; cannot fail.
pub(crate) fn expand(migration: &Migration) -> Expanded {
    let Migration { item, cfg, sound } = migration;
    let entry = sound.as_ref().map(|ident| {
        let name = ident.to_string();
        quote!(#(#cfg)* ::orion::__private::Migration::new(#name, #ident))
    });
    Expanded { item: item.to_token_stream(), generated: TokenStream::new(), entry }
}
