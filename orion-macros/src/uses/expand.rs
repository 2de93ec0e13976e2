//! Writes what a slice uses: the slices, compared in a constant with what refers to them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Path, parse_quote_spanned};

use super::model::{Reference, Uses};
use crate::expanded::located;

/// What stands in the module, and the calls on `SLICE`; cannot fail.
pub(crate) fn expand(slice: &str, Uses { paths, references }: &Uses) -> (TokenStream, &'static str) {
    if paths.is_empty() {
        return (TokenStream::new(), "");
    }
    let used = paths.iter().map(|path| {
        let inside = from_inside(path);
        let ident = syn::Ident::new("SLICE_TABLES", located(path));
        quote!(&#inside::#ident)
    });
    let names = (0..paths.len()).map(|at| quote!(SLICE_USES[#at].name));
    let entries = references.iter().map(|Reference { from, table, key, changed }| {
        let (writes, removes) = (changed.writes.iter(), changed.removes.iter());
        let writes = (writes.len() > 0).then(|| quote!(.writes(&[#(#writes),*])));
        let removes = (removes.len() > 0).then(|| quote!(.removes(&[#(#removes),*])));
        quote!(__orion::Reference::new(#from, #table, #key) #writes #removes)
    });
    let proof = paths.first().map(|path| {
        let span = path.span();
        quote_spanned!(span=> __orion::refers(#slice, SLICE_REFERENCES, SLICE_USES))
    });
    let beside = quote! {
        const SLICE_USES: &[&__orion::Slice] = &[#(#used),*];
        const SLICE_USED: &[&str] = &[#(#names),*];
        const SLICE_REFERENCES: &[__orion::Reference] = &[#(#entries),*];
        const _: () = #proof;
    };
    (beside, ".uses(SLICE_USED).references(SLICE_REFERENCES)")
}

/// A path that is written beside the module, for inside of it.
fn from_inside(path: &Path) -> TokenStream {
    let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
    if path.leading_colon.is_some() || first == "crate" {
        return path.to_token_stream();
    }
    let parent: Path = parse_quote_spanned!(path.span()=> super);
    let mut segments = path.segments.iter();
    if first == "self" {
        segments.next();
    }
    quote!(#parent #(::#segments)*)
}
