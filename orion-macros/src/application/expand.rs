//! Writes the application: `app`, for tests too, and `main`, which runs it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::model::{Application, File};
use crate::expanded::located;

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
    let stated = slices.iter().filter(|_| *stated).map(|slice| {
        quote_spanned! {located(slice)=>
            const _: () = ::orion::__private::stated(&#slice::SLICE);
        }
    });
    quote! {
        #(#stated)*

        /// The application: what `main` runs, and what tests run without a socket.
        fn app() -> ::orion::App {
            ::orion::App::new(::core::env!("CARGO_PKG_NAME")) #(.title(#title))* #(.slice(&#slices::SLICE))* #files
        }

        fn main() -> ::std::process::ExitCode {
            ::orion::App::main(app())
        }
    }
}
