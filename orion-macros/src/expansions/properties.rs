//! What holds for every expansion.

use super::{TABLE, expand, slice};

/// A bit of everything.
fn everything() -> String {
    format!(
        r#"pub mod todos {{ use super::*; {TABLE}
        #[derive(Row)] struct Todo {{ id: i64, title: String }}
        #[query("select id, title from todos")] fn all(db: &Db) -> Result<Vec<Todo>>;
        #[query("select titel from todos")] fn wrong(db: &Db) -> Result<Vec<Todo>>;
        #[command(post "/todos")] fn add(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {{}}
        #[command(pots "/todos/{{id}}")] fn pots(id: u8) -> Result<Reply> {{}}
        #[region(on(All))] fn list(db: &Db) -> Markup {{}}
        #[page("/")] fn home() -> Markup {{}}
        #[topic] struct All;
        }}"#
    )
}

#[test]
fn the_same_source_always_expands_to_the_same_tokens() {
    let first = expand("", &everything()).to_string();
    for _ in 0..8 {
        assert_eq!(expand("", &everything()).to_string(), first);
    }
}

#[test]
fn a_half_typed_body_comes_out_as_it_is_and_costs_nothing_else() {
    let items = r#"
        #[command(post "/todos")] fn add(tx: &Tx) -> Result<Reply> { let x = ; tx. }
        fn helper() { if }
        #[page("/")] fn home() -> Markup { html! { }"#;
    let expansion = expand("", &format!("pub mod todos {{ use super::*; {items} }} }}")).to_string();
    assert!(expansion.contains("{ let x = ; tx . }"), "{expansion}");
    assert!(expansion.contains("fn helper () { if }"), "{expansion}");
    assert!(
        expansion.contains("const add : __orion :: Command")
            && expansion.contains("const home : __orion :: Page"),
        "{expansion}"
    );
    assert!(!expansion.contains("compile_error"), "{expansion}");
}

#[test]
fn the_second_function_of_a_name_is_left_to_rustc() {
    let expansion = slice("#[region] fn list(db: &Db) -> Markup {} #[page(\"/\")] fn list() -> Markup {}");
    assert_eq!(expansion.matches("struct list").count(), 1, "{expansion}");
    assert_eq!(expansion.matches("fn list(").count(), 2, "{expansion}");
    assert!(!expansion.contains("compile_error"), "{expansion}");
}

#[test]
fn an_attribute_is_known_with_the_crates_name_before_it() {
    let items = "#[orion::page(\"/\")] fn home() -> Markup {} #[other::page] fn another() {}";
    let expansion = slice(items);
    assert!(expansion.contains("struct home") && !expansion.contains("struct another"), "{expansion}");
    assert!(expansion.contains("#[other::page]"), "{expansion}");
}

#[test]
fn derived_serde_is_found_through_orion() {
    let expansion = slice(
        "#[derive(Clone, serde::Deserialize)] #[serde(default)] struct A { a: u8 }
         #[derive(Serialize)] #[serde(crate = \"mine\", default)] enum B { C }
         #[derive(Clone)] struct D;",
    );
    assert_eq!(expansion.matches("#[serde(crate = \"::orion::serde\")]").count(), 1, "{expansion}");
}
