//! Writes what is keyed: data only, and none where nothing is.

use proc_macro2::TokenStream;
use quote::quote;

use super::Keyed;

/// The call on `SLICE`; cannot fail.
pub(crate) fn expand(keyed: &[Keyed]) -> Option<TokenStream> {
    let entries = keyed
        .iter()
        .map(|Keyed { table, column, .. }| quote!(::orion::__private::Keyed::new(#table, #column)));
    (!keyed.is_empty()).then(|| quote!(.keyed(&[#(#entries),*])))
}
