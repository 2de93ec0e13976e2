//! Writes the application: `app`, for tests too, and `main`, which runs it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::model::{Application, File};

/// The composition root; cannot fail.
pub(super) fn expand(application: &Application) -> TokenStream {
    let Application { name, slices, files, stated } = application;
    let title = name.iter();
    let files = files.iter().map(|File { name, path }| {
        quote! {
            ::orion::__private::File::new(
                #name,
                ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path)),
            )
        }
    });
    let files: Vec<TokenStream> = files.collect();
    let files = (!files.is_empty()).then(|| quote!(.files(&[#(#files),*])));
    let checks = slices.iter().enumerate().map(|(at, slice)| {
        let stated = stated
            .then(|| quote_spanned!(slice.span()=> const _: () = ::orion::__private::stated(SLICES[#at]);));
        let entry = quote_spanned!(slice.span()=> ::orion::__private::entry(SLICES, #at));
        quote!(const _: () = #entry; #stated)
    });
    quote! {
        static SLICES: &[&::orion::__private::Slice] = &[#(&#slices::SLICE),*];
        #(#checks)*

        /// The application: what `main` runs, and what tests run without a socket.
        fn app() -> ::orion::App {
            ::orion::App::new(::core::env!("CARGO_PKG_NAME")) #(.title(#title))* .slices(SLICES) #files
        }

        fn main() -> ::std::process::ExitCode {
            ::orion::App::main(app())
        }
    }
}
