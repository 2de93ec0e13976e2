//! What an editor needs of an expansion: it asks for the expansion of a text that is being typed, with a word of its own at the
//! cursor, and follows its spans back. So every token of the person comes out, in its order and in its own place.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::tokens;

/// The word that rust-analyzer puts where it is asked to complete.
const CURSOR: &str = "raCompletionMarker";

/// Something of everything, as somebody would write it.
const SOURCE: &str = r#"pub mod todos {
    use super::*;
    #[migration] const CREATE: &str = "create table todos (id integer primary key, title text not null) strict";
    #[derive(Row, Clone)] pub struct Todo { pub id: i64, #[doc = "What is to be done."] title: String }
    #[derive(Deserialize)] struct Draft { title: String }
    #[query("select id, title from todos")] pub fn all(db: &Db) -> Result<Vec<Todo>>;
    #[query("insert into todos (title) values (:title)")] fn insert(tx: &Tx, title: &str) -> Result<()>;
    #[command(post "/todos")] pub fn add(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        let title = draft.title.trim();
        ensure!(!title.is_empty(), title = "Say what");
        insert(tx, title)?;
        Ok(Reply::signal("title", ""))
    }
    #[region] fn list(db: &Db) -> Result<Markup> {
        Ok(html! { ul { @for todo in all(db)? { li id={ "todo-" (todo.id) } data-on:click=(add::action()) { (todo.title) } } } })
    }
    #[page("/")] fn home() -> Markup { html! { (list::region()) input data-bind:title; } }
    #[topic] struct Board(pub i64);
    fn helper(todo: &Todo) -> usize { if todo.id > 1 { todo.title.len() } else { 0 } }
}"#;

/// A token with its place; a group is its two brackets and what is between.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
    column: usize,
}

fn flat(stream: TokenStream) -> Vec<Token> {
    let mut flattened = Vec::new();
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let text = TokenTree::Group(group.clone()).to_string();
                let bracket = |at: Option<char>| at.map(String::from).unwrap_or_default();
                flattened.push(token(bracket(text.chars().next()), group.span_open()));
                flattened.extend(flat(group.stream()));
                flattened.push(token(bracket(text.chars().last()), group.span_close()));
            }
            tree => flattened.push(token(tree.to_string(), tree.span())),
        }
    }
    flattened
}

fn token(text: String, span: Span) -> Token {
    let start = span.start();
    Token { text, line: start.line, column: start.column }
}

/// The items between the braces of the module, each without the attribute that says what it declares, and without the
/// semicolon that a body takes the place of.
fn items(source: &str) -> Vec<Vec<Token>> {
    let module = tokens(source).into_iter().last().expect("a module ends with its items");
    let TokenTree::Group(module) = module else { panic!("{module}") };
    let (mut items, mut item, mut is_query) = (Vec::new(), TokenStream::new(), false);
    let mut rest = module.stream().into_iter().peekable();
    while let Some(tree) = rest.next() {
        if let (TokenTree::Punct(hash), Some(TokenTree::Group(attribute))) = (&tree, rest.peek())
            && hash.as_char() == '#'
            && let Some(TokenTree::Ident(name)) = attribute.stream().into_iter().next()
            && ["migration", "query", "command", "region", "page", "topic"].iter().any(|ours| name == ours)
        {
            is_query = name == "query";
            rest.next();
            continue;
        }
        let ends = match &tree {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            // The braces of a type or of a body, and none of an attribute.
            TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace,
            _ => false,
        };
        if !(ends && is_query) {
            item.extend([tree]);
        }
        if ends {
            items.push(flat(std::mem::take(&mut item)));
            is_query = false;
        }
    }
    items
}

/// The first token of the item that is not in the expansion behind those before it.
fn missing<'a>(item: &'a [Token], expansion: &[Token]) -> Option<&'a Token> {
    let mut rest = expansion.iter();
    item.iter().find(|token| !rest.any(|other| other == *token))
}

fn every_token_comes_out(source: &str) {
    let expansion = flat(crate::slice::slice(&TokenStream::new(), &tokens(source)));
    for item in items(source) {
        assert_eq!(missing(&item, &expansion), None, "{source}");
    }
}

/// Where the tokens inside of the module begin, in bytes.
fn places(source: &str) -> Vec<usize> {
    let lines: Vec<usize> = source
        .split_inclusive('\n')
        .scan(0, |start, line| {
            let at = *start;
            *start += line.len();
            Some(at)
        })
        .collect();
    let all = items(source).into_iter().flatten();
    all.map(|token| lines[token.line - 1] + token.column).collect()
}

#[test]
fn every_token_of_the_person_comes_out_in_order_and_in_its_place() {
    assert_eq!(items(SOURCE).len(), 11);
    every_token_comes_out(SOURCE);
}

#[test]
fn wherever_the_cursor_is_its_word_comes_out_and_all_that_is_around_it() {
    let places = places(SOURCE);
    assert!(places.len() > 200);
    for at in places {
        let (before, behind) = SOURCE.split_at(at);
        let source = format!("{before} {CURSOR} {behind}");
        let expansion = crate::slice::slice(&TokenStream::new(), &tokens(&source)).to_string();
        assert!(expansion.contains(CURSOR), "{source}");
    }
}

#[test]
fn a_body_that_is_being_typed_comes_out_at_every_keystroke() {
    let body =
        SOURCE.find("let title").expect("it is in a body")..SOURCE.find("Ok(Reply").expect("it is behind");
    for at in places(SOURCE).into_iter().filter(|at| body.contains(at)) {
        for typed in ["db.", "tx . raCompletionMarker", "let x =", "insert(", "match title {", "html! { p"] {
            // What was opened is closed by the editor: a macro is never given brackets that do not match.
            let close: String = typed
                .chars()
                .rev()
                .filter_map(|c| "({".find(c).map(|open| ")}".as_bytes()[open] as char))
                .collect();
            let (before, behind) = SOURCE.split_at(at);
            every_token_comes_out(&format!("{before} {typed} {close} {behind}"));
        }
    }
}

#[test]
fn what_is_left_when_a_token_is_deleted_comes_out() {
    let body =
        SOURCE.find("let title").expect("it is in a body")..SOURCE.find("#[region]").expect("it is behind");
    let places: Vec<usize> = places(SOURCE).into_iter().filter(|at| body.contains(at)).collect();
    for pair in places.windows(2) {
        let deleted = &SOURCE[pair[0]..pair[1]];
        if !deleted.contains(['(', ')', '{', '}']) {
            every_token_comes_out(&format!("{}{}", &SOURCE[..pair[0]], &SOURCE[pair[1]..]));
        }
    }
}

#[test]
fn what_is_wrong_comes_out_all_the_same() {
    for wrong in [
        r#"#[query("select titel from todos")] fn titles(db: &Db) -> Result<Vec<String>>;"#,
        r#"#[query("select title from todos")] fn titles(db: &Db) -> Result<Vec<String>> { db.first(1) }"#,
        r#"#[command(pots "/todos/{id}")] fn add(id: u8, tx: &mut Tx) -> Reply { insert(tx, id) }"#,
        r#"#[command(post "/todos", allow(editor(id)))] async fn add(tx: &Tx) -> Markup { insert(tx) }"#,
        "#[region(on)] async fn list(tx: &Tx) -> String { tx.all(1); String::new() }",
        r#"#[page("home")] fn home() -> &str { match 1 { 1 => "a", _ => "b" } }"#,
        "#[topic] struct Board<T>(pub T);",
        r#"#[command(post "/x")] fn add(tx: ) -> Result<Reply> { tx.raCompletionMarker }"#,
        "#[region] fn list(db: &raCompletionMarker) -> Markup { db.all() }",
        "#[page(\"/\")] fn home() -> { body } fn after() {}",
        "#[derive(Row)] struct Todo { id: , }",
    ] {
        every_token_comes_out(&format!("pub mod todos {{ {wrong} fn behind() {{ body }} }}"));
    }
}
