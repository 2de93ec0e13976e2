//! Writes the application: `app`, for tests too, and `main`, which runs it.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Application, File};

/// The composition root; cannot fail.
pub(super) fn expand(application: &Application) -> TokenStream {
    let Application { name, slices, files } = application;
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
    quote! {
        /// The application: what `main` runs, and what tests run without a socket.
        fn app() -> ::orion::App {
            ::orion::App::new(::core::env!("CARGO_PKG_NAME")) #(.title(#title))* #(.slice(&#slices::SLICE))* #files
        }

        fn main() -> ::std::process::ExitCode {
            ::orion::App::main(app())
        }
    }
}
