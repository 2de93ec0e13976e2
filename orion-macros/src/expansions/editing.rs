//! What an editor needs: it asks about the expansion of what is typed just now, with an identifier of its own where the cursor
//! is. So whatever the user has written comes out, in its order and with its own places, be it finished or not.

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};
use syn::{Attribute, Meta, parse_quote};

use super::{TABLE, expand, tokens};
use crate::construct::Construct;

/// What rust-analyzer types at the cursor before it expands a macro.
const CURSOR: &str = "intellijRulezz";

/// A token that is no group, or one side of a group, and where it is written.
type Piece = (String, LineColumn);

/// Items of every construct, right ones and wrong ones, each with something to type in.
const ITEMS: &[&str] = &[
    r#"#[derive(Row)] struct Todo { id: i64, title: String }"#,
    r#"#[query("select id, title from todos")] fn all(db: &Db) -> Result<Vec<Todo>>;"#,
    r#"#[query("select titel from todos")] fn wrong(db: &Db) -> Result<Vec<String>>;"#,
    r#"#[query("select title from todos")] fn with_body(db: &Db) -> Result<Vec<String>> { db.first(1); }"#,
    r#"#[command(post "/todos")] fn add(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        let title = draft.title.trim(); if title.is_empty() { return Err(invalid("title", "x")); }
        for n in 0..3 { insert(tx, title, n)?; } Ok(add::signals().patch(&[title]))
    }"#,
    r#"#[command(post "/two/{id}", allow(editor(id)))] async fn two(cx: Cx, id: i64) -> Result<()> {
        cx.write(move |tx| { touch(tx, id) }).await?; Ok(())
    }"#,
    r#"#[command(pots "/three/{id}")] fn three(id: u8) -> Result<Reply> { let x = id; Ok(x.into()) }"#,
    r#"#[region] fn list(db: &Db) -> Result<Markup> {
        Ok(html! { ul { @for todo in all(db)? { li id={ "todo-" (todo.id) } { (todo.title) } } } })
    }"#,
    r#"#[region(shared)] async fn still(tx: &Tx) -> String { tx.all(1); String::new() }"#,
    r#"#[page("/")] fn home(db: &Db) -> Markup { html! { (list::region()) button data-on:click=(add::action()) { "Add" } } }"#,
    r#"#[page("home")] fn lost() -> &str { match 1 { 1 => "a", _ => "b" } }"#,
    r#"#[topic] struct Board(pub i64);"#,
    r#"fn helper(n: i64) -> i64 { let double = |n: i64| n * 2; double(n) }"#,
    r#"impl Todo { fn short(&self) -> &str { &self.title[..3] } }"#,
];

/// Bodies as they are while somebody types: made of tokens, and no Rust.
const UNFINISHED: &[&str] = &[
    "db.",
    "db. let x = 1;",
    "let x = ;",
    "let x = db.all(",
    "let x = 1 let y = 2",
    "todos::",
    "if",
    "if db.",
    "match x { A => , }",
    "for todo in",
    "|",
    "let f = |x",
    "Vec::<",
    "a < b",
    "Todo { id: }",
    "html! { div { (todo.) } }",
    "return",
    "x.await.",
    "#[allow]",
    "'a",
    "let Some(x) = else",
    "&",
    "..",
    "1.",
    "fn inner",
];

/// Every token of the stream, in order.
fn pieces(stream: TokenStream, into: &mut Vec<Piece>) {
    for token in stream {
        let TokenTree::Group(group) = token else {
            into.push((token.to_string(), token.span().start()));
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => ("", ""),
        };
        into.push((open.to_owned(), group.span_open().start()));
        pieces(group.stream(), into);
        into.push((close.to_owned(), group.span_close().start()));
    }
}

/// The construct whose attribute's brackets these are.
fn construct(token: &TokenTree) -> Option<Construct> {
    let TokenTree::Group(group) = token else { return None };
    let meta: Meta = syn::parse2(group.stream()).ok().filter(|_| group.delimiter() == Delimiter::Bracket)?;
    let attribute: Attribute = parse_quote!(#[#meta]);
    Construct::of(&attribute)
}

/// What must come out: every token but the attributes that the slice takes off, and the semicolon that a body stands in for.
fn kept(source: &str) -> Vec<Piece> {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut query = false;
    for token in tokens(source) {
        match construct(&token) {
            Some(construct) => {
                query = construct == Construct::Query;
                kept.pop();
            }
            None if query && token.to_string() == ";" => query = false,
            None => kept.push(token),
        }
    }
    let mut written = Vec::new();
    pieces(kept.into_iter().collect(), &mut written);
    written
}

/// The first token of `items`, the whole of a slice, that does not come out in its order and its place.
fn lost(items: &str) -> Option<Piece> {
    // On the first line, as in `kept`.
    let module = format!("{items}\n}}");
    let mut output = Vec::new();
    pieces(expand("", &format!("mod todos {{\n{module}")), &mut output);
    let mut output = output.into_iter();
    kept(items).into_iter().find(|(text, place)| {
        let place = LineColumn { line: place.line + 1, column: place.column };
        !output.any(|(other, there)| other == *text && there == place)
    })
}

/// The item with the cursor after each of its tokens in turn, from the first brace on: inside of its body.
fn with_cursor(item: &str) -> Vec<String> {
    let mut written = Vec::new();
    pieces(tokens(item), &mut written);
    let lines: Vec<&str> = item.split_inclusive('\n').collect();
    let byte = |place: LineColumn| {
        let before: usize = lines[..place.line - 1].iter().map(|line| line.len()).sum();
        before + place.column
    };
    let body = written.iter().position(|(text, _)| text == "{").map_or(written.len(), |at| at + 1);
    let places = written.into_iter().skip(body).map(|(_, place)| byte(place));
    places.map(|at| format!("{} {CURSOR} {}", &item[..at], &item[at..])).collect()
}

#[test]
fn what_is_written_comes_out_in_its_order_and_its_place() {
    let all = ITEMS.join("\n");
    for items in ITEMS.iter().copied().chain([all.as_str()]) {
        assert_eq!(lost(&format!("{TABLE} {items}")), None, "{items}");
    }
}

#[test]
fn the_cursor_comes_out_wherever_in_a_body_it_is() {
    let mut tried = 0;
    for item in ITEMS {
        for typed in with_cursor(item) {
            assert_eq!(lost(&typed), None, "{typed}");
            tried += 1;
        }
    }
    assert!(tried > 250, "only {tried} places");
}

#[test]
fn an_unfinished_body_comes_out_and_costs_nothing_else() {
    for body in UNFINISHED {
        // An open delimiter is closed before a macro is asked.
        let closed = body.replace("all(", "all()");
        for head in [
            "#[command(post \"/x\")] fn x(tx: &Tx) -> Result<Reply>",
            "#[command(pots \"/x\")] fn x(tx: &Tx) -> Result<Reply>",
            "#[region] fn x(db: &Db) -> Markup",
            "#[page(\"/x\")] fn x(db: &Db) -> Markup",
            "fn x(db: &Db)",
        ] {
            for typed in [closed.clone(), format!("{closed} {CURSOR}"), format!("{CURSOR} {closed}")] {
                let items =
                    format!("{head} {{ {typed} }} #[page(\"/after\")] fn after() -> Markup {{ body }}");
                assert_eq!(lost(&items), None, "{items}");
                let expansion = expand("", &format!("mod todos {{ {items} }}")).to_string();
                assert!(expansion.contains("mod after"), "{expansion}");
                assert_eq!(expansion.contains("compile_error"), head.contains("pots"), "{expansion}");
            }
        }
    }
}

#[test]
fn an_unfinished_item_comes_out() {
    for items in [
        "#[command(post \"/x\")] fn",
        "#[command(post \"/x\")] fn add",
        "#[command(post \"/x\")] fn add(tx: &Tx",
        "#[command(post \"/x\")] fn add(tx: ) -> Result<Reply> { body }",
        "#[command(post \"/x\")] fn add(tx: &Tx, intellijRulezz) -> Result<Reply> { body }",
        "#[command(post \"/x\")] fn add(tx: &Tx) -> intellijRulezz { body }",
        "#[region] fn list(db: &intellijRulezz) -> Markup { body }",
        "#[region] pub intellijRulezz fn list(db: &Db) -> Markup { body }",
        "#[page(\"/\")] fn home() -> { body } fn after() {}",
        "#[topic] struct Board(intellijRulezz);",
        "#[topic] struct",
        "#[derive(Row)] struct Todo { id: , }",
        "use super::intellijRulezz fn after() {}",
        "struct A { x: } fn after() {}",
        "intellijRulezz",
        "pub",
        "fn helper( intellijRulezz",
    ] {
        // Whatever is open is closed before a macro is asked.
        let items = if items.matches('(').count() > items.matches(')').count() {
            format!("{items})")
        } else {
            items.to_owned()
        };
        assert_eq!(lost(&items), None, "{items}");
    }
}

#[test]
fn what_is_in_no_slice_comes_out_too() {
    for source in ["fn todos() { db.intellijRulezz }", "mod todos;", "struct Todos { id: intellijRulezz }"] {
        let (mut written, mut output) = (Vec::new(), Vec::new());
        pieces(tokens(source), &mut written);
        pieces(expand("", source), &mut output);
        assert_eq!(output[..written.len()], written, "{source}");
        output.clear();
        pieces(crate::misplaced::misplaced(Construct::Command, tokens(source)), &mut output);
        let mut output = output.into_iter();
        // A semicolon after a module is no body's.
        assert!(written.iter().all(|piece| output.any(|other| other == *piece)), "{source}");
    }
}
