//! The reference of the configuration is what the code says of its fields.
//! `ORION_BOOK=write cargo test -p orion-book --test configuration` writes it anew.

use orion::serve::Config;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use syn::{Attribute, Expr, ExprLit, Field, Item, ItemStruct, Lit, Meta};

#[test]
fn the_reference_is_what_the_code_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = fs::read_to_string(root.join("../orion/src/serve/config.rs")).expect("the configuration");
    let file = syn::parse_file(&code).expect("it is Rust");
    let of = |item| match item {
        Item::Struct(item @ ItemStruct { .. }) if item.ident == "Config" => Some(item),
        _ => None,
    };
    let config = file.items.into_iter().find_map(of).expect("a struct `Config`");
    let mut wanted = "| setting | what it says |\n|---|---|\n".to_owned();
    for field in &config.fields {
        let name = field.ident.as_ref().expect("a name");
        writeln!(wanted, "| `{name}` | {} |", said(field).replace('|', "\\|"))
            .expect("a string takes everything");
    }
    let page = root.join("src/configuration/settings.md");
    if std::env::var_os("ORION_BOOK").is_some_and(|value| value == "write") {
        fs::write(&page, &wanted).expect("the page can be written");
    }
    let there = fs::read_to_string(&page).unwrap_or_default();
    let how = "ORION_BOOK=write cargo test -p orion-book --test configuration";
    assert!(there == wanted, "{} is not what the code says: {how}", page.display());
}

#[test]
fn the_example_is_a_configuration() {
    let config =
        Config::of_toml("todos", include_str!("../src/configuration/orion.toml")).expect("no problem");
    assert_eq!(config.listen.port(), 8080);
    assert_eq!(config.shutdown_timeout.as_secs(), 20);
}

/// The field's documentation in one line.
fn said(field: &Field) -> String {
    let lines: Vec<_> = field.attrs.iter().filter_map(line).collect();
    assert!(!lines.is_empty(), "{:?} says nothing of itself", field.ident.as_ref().map(ToString::to_string));
    lines.join(" ")
}

fn line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    }
}
