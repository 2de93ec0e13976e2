use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ItemFn, ItemMod};

use super::*;

const SOURCE: &str = r#"
    /// Notes.
    pub(crate) mod notes {
        const TEXT: &str = "a \"text\"";
        pub fn one<'a>(id: Id, r#in: Vec<Vec<u8>>) -> Result<Option<Note>> { let x = ("{}", 1.5_f32, 'c', -1); x }
    }
"#;

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("it is made of tokens")
}

/// An expansion with all that there is in one: tokens of the macro's own, the person's as they are and taken apart, and places of theirs for
/// others.
fn expansion(item: &TokenStream) -> TokenStream {
    let module: ItemMod = syn::parse2(item.clone()).expect("it is a module");
    let (_, items) = module.content.expect("it has items");
    let [text, one] = &items[..] else { panic!("there are two") };
    let function: ItemFn = syn::parse2(one.to_token_stream()).expect("it is a function");
    let (name, input) = (&function.sig.ident, function.sig.inputs.first());
    let placed = quote_spanned!(name.span()=> <u8 as a::B>::c(&x, -> y, { 'static }));
    let [doc, literals] =
        [r#"#[doc = " Own: \"text\" 'a' "]"#, r#"r#fn &'a mut x -1 1.0e3_f64 b"\0" ..= <<="#]
            .map(|text| crate::lexed(text).expect("it is made of tokens"));
    let mut joint = Punct::new('-', Spacing::Joint);
    joint.set_span(Span::call_site());
    let body = Group::new(Delimiter::None, quote!(#placed; a::b => #input));
    quote! {
        #doc pub mod own { #text #one impl #name { fn #name(#input) {} } }
        #joint #name #body #literals #item
    }
}

fn kept(item: &TokenStream, expansion: &TokenStream) -> Option<Vec<u8>> {
    encode::expansion(Input::new([&TokenStream::new(), item]), expansion)
}

/// Every token with its place.
fn places(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                found.push(format!("{:?} {:?}", group.delimiter(), group.span()));
                places(group.stream(), found);
            }
            token => found.push(format!("{token} {:?}", token.span())),
        }
    }
}

#[test]
fn what_is_recalled_is_what_was_written_with_every_place() {
    let item = tokens(SOURCE);
    let written = expansion(&item);
    let kept = kept(&item, &written).expect("it can be kept");
    let recalled = decode::expansion(&kept, [&TokenStream::new(), &item]).expect("it is read back");
    let [mut before, mut after] = [Vec::new(), Vec::new()];
    places(written, &mut before);
    places(recalled, &mut after);
    assert_eq!(after, before);
}

#[test]
fn a_slice_of_another_shape_is_not_recalled() {
    let item = tokens(SOURCE);
    let kept = kept(&item, &expansion(&item)).expect("it can be kept");
    for other in ["mod notes {}", "mod notes;", "", &SOURCE.replace("id: Id", "id: Id, more: Id")] {
        assert!(decode::expansion(&kept, [&TokenStream::new(), &tokens(other)]).is_none(), "{other}");
    }
}

#[test]
fn bytes_that_were_not_written_are_not_read() {
    let item = tokens(SOURCE);
    let kept = kept(&item, &expansion(&item)).expect("it can be kept");
    for end in 0..kept.len() {
        assert!(decode::expansion(&kept[..end], [&TokenStream::new(), &item]).is_none(), "{end}");
    }
    assert!(decode::expansion(&[kept, vec![0]].concat(), [&TokenStream::new(), &item]).is_none());
    // Whatever is in them: no panic.
    for seed in 0_u8..=255 {
        let noise: Vec<u8> = (0..40_u8).map(|at| at.wrapping_mul(31) ^ seed).collect();
        let _ = decode::expansion(&noise, [&TokenStream::new(), &item]);
    }
}

#[test]
fn a_token_from_elsewhere_cannot_be_kept() {
    let item = tokens("mod notes { fn a() {} }");
    // Behind everything that the input has.
    let elsewhere = tokens(&format!("{}x", " ".repeat(99)));
    assert!(kept(&item, &elsewhere).is_none());
}

#[test]
fn numbers_and_texts_come_back() {
    let mut writer = bytes::Writer::default();
    for number in [0, 127, 128, 300, usize::MAX] {
        writer.number(number);
    }
    writer.text("ä\n");
    let mut reader = bytes::Reader(&writer.0);
    assert_eq!([(); 5].map(|()| reader.number()), [0, 127, 128, 300, usize::MAX].map(Some));
    assert_eq!((reader.text(), reader.byte()), (Some("ä\n"), None));
}
