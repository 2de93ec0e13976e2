//! Mistakes: how many are said, in which order, and what comes out all the same. Their texts and places are the ui-tests'.

use syn::{File, Item, Macro};

use super::{TABLE, expand, tokens};

/// The messages of an expansion, each with the line where it is, and the expansion without them.
fn mistakes(expansion: proc_macro2::TokenStream) -> (Vec<(usize, String)>, String) {
    let mut file: File = syn::parse2(expansion).expect("the expansion is made of items");
    let (errors, rest) = file.items.into_iter().partition(
        |item| matches!(item, Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "compile_error")),
    );
    file.items = rest;
    let message = |item: Item| {
        let Item::Macro(item) = item else { panic!("partitioned above") };
        let Macro { path, .. } = &item.mac;
        let line = path.segments.last().expect("a name").ident.span().start().line;
        let message: syn::LitStr = item.mac.parse_body().expect("a message");
        let message = message.value();
        (line, message.lines().next().unwrap_or_default().to_owned())
    };
    (Vec::into_iter(errors).map(message).collect(), prettyplease::unparse(&file))
}

#[test]
fn independent_mistakes_are_all_said_in_source_order() {
    let source = r#"pub mod todos { use super::*;
        #[command(pots "/todos")]
        fn add(tx: &Tx) -> Result<Reply> {}
        #[query("select titel from todos")]
        fn titles(db: &Db) -> Result<Vec<String>>;
        #[page("todos")]
        fn home(tx: &Tx) -> Markup {}
        #[region]
        async fn list() -> Markup {}
        #[topic(x)]
        struct All;
        #[migration]
        const CREATE: &str = "create table todos (title text not null) strict";
        #[migration]
        const LATER: &str = concat!("a", "b");
    }"#;
    let (mistakes, _) = mistakes(expand("name = 1, nmae = \"x\"", source));
    let lines: Vec<usize> = mistakes.iter().map(|(line, _)| *line).collect();
    insta::assert_debug_snapshot!(mistakes);
    // The options are another token stream with lines of their own.
    assert!(lines[2..].is_sorted(), "{lines:?}");
}

#[test]
fn a_migration_that_cannot_be_applied_is_the_only_mistake() {
    let source = r#"pub mod todos { use super::*;
        #[migration] const CREATE: &str = "create tabel todos (title text not null) strict";
        #[query("select title from todos")] fn titles(db: &Db) -> Result<Vec<String>>;
        #[query("delete from todos")] fn clear(tx: &Tx) -> Result<()>;
    }"#;
    assert_eq!(mistakes(expand("", source)).0.len(), 1);
}

#[test]
fn a_broken_slice_leaves_stubs_so_that_nothing_else_is_wrong() {
    let source = format!(
        r#"pub mod todos {{ use super::*; {TABLE}
        #[query("select titel from todos")] pub fn titles(db: &Db) -> Result<Vec<String>>;
        #[query("select title from todos")] fn without(db: &Db) -> Vec<String>;
        #[command(post "/todos/{{id}}")] fn add(db: &Db, id: i64) -> Result<Reply> {{ body }}
        #[region] fn list(tx: &Tx, board: i64) -> Markup {{ body }}
        #[page("/{{id}}")] fn home(tx: &Tx, id: i64) -> Markup {{ body }}
        #[topic] struct Key(Vec<u8>);
        }}"#
    );
    let (mistakes, rest) = mistakes(expand("", &source));
    assert_eq!(mistakes.len(), 6, "{mistakes:#?}");
    insta::assert_snapshot!(rest);
}

#[test]
fn what_is_no_module_comes_back_with_one_mistake() {
    for item in ["fn todos() { body }", "pub mod todos;", "struct Todos { id: i64 }"] {
        let (mistakes, rest) = mistakes(expand("", item));
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(!rest.is_empty());
    }
}

#[test]
fn a_construct_outside_of_a_slice_comes_back_with_one_mistake() {
    let query = tokens("pub fn all(db: &Db) -> Result<Vec<Todo>>;");
    let (mistakes, rest) = mistakes(crate::misplaced::misplaced(crate::construct::Construct::Query, query));
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(rest.contains("unimplemented"), "{rest}");
}
