//! What the guide's chapter "What the macros write" shows. `INSTA_UPDATE=always cargo test -p orion-macros` writes it anew.

use std::path::Path;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Item;

use super::formatted;

#[test]
fn the_guide_shows_what_each_construct_becomes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/src/macros");
    for name in ["query", "command", "region", "page", "main"] {
        let source =
            std::fs::read_to_string(folder.join(name).with_extension("rs")).expect("the guide has it");
        let expansion = last(&source).expect("the last item is a slice or `main!`");
        insta::with_settings!({ snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, formatted(expansion));
        });
    }
}

/// The expansion of the last item.
fn last(source: &str) -> Option<TokenStream> {
    match syn::parse_file(source).expect("Rust").items.pop()? {
        Item::Mod(mut module) => {
            module.attrs.clear();
            Some(crate::slice::slice(&TokenStream::new(), &module.to_token_stream()))
        }
        Item::Macro(main) => Some(crate::application::main(main.mac.tokens, Path::new("/nowhere"))),
        _ => None,
    }
}
