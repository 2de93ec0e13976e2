//! What each construct expands to, as a person would format it. The texts are beside this file; `INSTA_UPDATE=always cargo
//! test -p orion-macros` writes them anew.

mod editors;
mod guide;
mod mistakes;
mod properties;

use proc_macro2::TokenStream;
use quote::quote;

/// The expansion of `#[orion::slice]` on a module `todos` with these items.
fn slice(items: &str) -> String {
    formatted(expand("", &format!("pub mod todos {{ use super::*; {items} }}")))
}

fn expand(args: &str, item: &str) -> TokenStream {
    crate::slice::slice(&tokens(args), &tokens(item))
}

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the source is made of tokens")
}

fn formatted(expansion: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expansion).expect("the expansion is made of items"))
}

const TABLE: &str = r#"
    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text) strict";
"#;

#[test]
fn a_migration_stays_and_is_listed() {
    insta::assert_snapshot!(slice(TABLE));
}

#[test]
fn a_query_gets_a_body_and_a_statement() {
    insta::assert_snapshot!(slice(&format!(
        r#"{TABLE}
        #[derive(Row)]
        pub struct Todo {{ pub id: i64, pub title: String }}
        /// Every todo.
        #[query("select id, title from todos order by id")]
        pub fn all(db: &Db) -> Result<Vec<Todo>>;
        #[query("select id, title from todos where id = :id")]
        pub(crate) fn one(db: &Db, id: i64) -> Result<Option<Todo>>;
        #[query("insert into todos (title, done) values (:title, :done)")]
        fn insert(tx: &Tx, done: bool, title: &str) -> Result<()>;
        #[query("update todos set done = not done where id = :id")]
        pub(super) fn flip(tx: &Tx, id: i64) -> Result<Changes>;
        "#
    )));
}

#[test]
fn a_single_value_is_read_without_a_struct() {
    insta::assert_snapshot!(slice(&format!(
        r#"{TABLE}
        #[query("select title from todos")]
        fn titles(db: &Db) -> Result<Vec<String>>;
        #[query("select due from todos where id = :id")]
        fn due(db: &Db, id: i64) -> Result<Option<String>>;
        "#
    )));
}

#[test]
fn a_row_type_from_elsewhere_is_compared_in_a_constant() {
    insta::assert_snapshot!(slice(&format!(
        r#"{TABLE}
        #[query("select id, title from todos")]
        fn all(db: &Db) -> Result<Vec<super::Todo>>;
        "#
    )));
}

#[test]
fn a_command_gets_links_and_a_shim() {
    insta::assert_snapshot!(slice(
        r#"
        #[derive(Deserialize)]
        struct Draft { title: String }
        #[command(post "/todos/{id}/title")]
        fn rename(tx: &Tx, id: i64, draft: Signals<Draft>, viewer: &Viewer) -> Result<Reply> { body }
        #[command(delete "/todos/{slug}/{*rest}")]
        pub async fn remove(cx: Cx, rest: String, slug: &str, form: Form<self::Reason>) -> Result<()> { body }
        "#
    ));
}

#[test]
fn a_region_gets_an_embed_and_a_shim() {
    insta::assert_snapshot!(slice(
        r"
        #[region]
        fn list(db: &Db) -> Result<Markup> { body }
        #[region(on(Board(board), super::All))]
        pub fn cards(db: &Db, board: i64, filter: &str, viewer: &Viewer, present: &Present) -> Markup { body }
        "
    ));
}

#[test]
fn a_key_is_data_where_it_is_read_and_where_it_is_written() {
    insta::assert_snapshot!(formatted(expand(
        "keyed(cards.board)",
        r#"pub mod boards { use super::*;
        #[migration]
        const CREATE: &str = "create table cards (id integer primary key, board integer not null, title text) strict";
        #[query("select title from cards where title > :after and board = :board")]
        fn titles(db: &Db, board: i64, after: &str) -> Result<Vec<Option<String>>>;
        #[query("delete from cards where board = :board")]
        fn clear(tx: &Tx, board: i64) -> Result<()>;
        #[region(every = "2s")]
        fn list(db: &Db, board: i64) -> Markup { body }
        }"#
    )));
}

#[test]
fn a_page_gets_a_link_and_a_shim() {
    insta::assert_snapshot!(slice(
        r#"
        #[page("/")]
        fn home() -> Markup { body }
        #[page("/boards/{id}", title = "Board")]
        pub fn board(db: &Db, viewer: &Viewer, id: i64, filter: Query<Filter>) -> Result<Document> { body }
        "#
    ));
}

#[test]
fn a_topic_can_be_announced() {
    insta::assert_snapshot!(slice(
        "#[topic] pub struct Board(pub i64); #[topic] struct Cell { x: u8, y: u8 } #[topic] struct All;"
    ));
}

#[test]
fn what_is_generated_is_configured_as_its_item_is() {
    insta::assert_snapshot!(slice(
        r"
        #[cfg(unix)] #[region] fn list(db: &Db) -> Markup { body }
        #[cfg(windows)] #[region] fn list(db: &Db, root: String) -> Markup { body }
        "
    ));
}

#[test]
fn a_slice_in_its_own_file_says_its_name() {
    insta::assert_snapshot!(formatted(expand(
        r#"name = "board""#,
        "/// Boards.\npub(crate) mod slice { #![allow(dead_code)] use super::*; #[page(\"/\")] fn home() -> Markup { } }"
    )));
}

#[test]
fn a_row_reads_its_fields_in_order() {
    insta::assert_snapshot!(formatted(crate::row::derive(quote! {
        pub struct Todo { pub id: i64, r#type: Option<String>, done: bool }
    })));
}

#[test]
fn an_application_lists_its_slices_and_embeds_its_files() {
    let root = std::env::temp_dir().join(format!("orion-macros-main-{}", std::process::id()));
    std::fs::create_dir_all(root.join("public/img")).expect("folders");
    for file in ["public/style.css", "public/img/logo.svg"] {
        std::fs::write(root.join(file), "").expect("a file");
    }
    let input = r#"slices: [todos, board::slice], static: "public", name: "Todos""#;
    let expansion = crate::application::main(tokens(input), &root);
    std::fs::remove_dir_all(&root).expect("removed");
    insta::assert_snapshot!(formatted(expansion));
}

#[test]
fn an_application_without_files_has_its_packages_name() {
    let expansion = crate::application::main(quote!(slices: [todos]), std::path::Path::new("/nowhere"));
    insta::assert_snapshot!(formatted(expansion));
}
