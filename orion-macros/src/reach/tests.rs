//! What bodies reach, and where their tokens leave doubt.

use crate::errors::Errors;

/// The reach of the region `shown` with this body, in a slice with a bit of everything.
fn reach(body: &str) -> String {
    let source = format!(
        r#"pub mod notes {{
        use orion::prelude::*;
        use crate::boards::slice::{{self as boards, latest}};
        #[migration] const CREATE: &str = "create table notes (id integer primary key) strict";
        #[query("select id from notes")] fn all(db: &Db) -> Result<Vec<i64>>;
        #[query("select count(*) from notes")] fn count(db: &Db) -> Result<i64>;
        fn names(store: &Db, of: i64) -> Result<Vec<String>> {{ all(store)?; names(store, of) }}
        fn hidden(db: &Db) {{ db.all(&X, &[]) }}
        fn pure(of: i64) -> i64 {{ of }}
        #[region] fn shown(db: &Db, id: i64) -> Markup {{ {body} }}
        }}"#
    );
    let (mut cx, item) = (Errors::new(), source.parse().expect("tokens"));
    let written = crate::slice::parse(&mut cx, proc_macro2::TokenStream::new(), &item).expect("a slice");
    let slice = crate::slice::check(&mut cx, written);
    assert_eq!(cx.into_tokens().to_string(), "");
    let super::Reach { calls, publishes, shows, offers, open, functions: _, modules: _ } =
        super::Reaches::of(&slice.items).from("shown");
    let mut text = Vec::new();
    for (word, names) in [("calls", calls), ("publishes", publishes), ("shows", shows), ("offers", offers)] {
        if !names.is_empty() {
            text.push(format!("{word} {}", names.into_iter().collect::<Vec<_>>().join(" ")));
        }
    }
    text.extend(open.then(|| "open".to_owned()));
    text.join("; ")
}

#[test]
fn queries_of_the_slice_are_found_wherever_they_are_called() {
    assert_eq!(reach("let a = all(db)?; html! { @for x in count(db)? { (x) } }"), "calls all count");
    assert_eq!(reach("self::all(&db)"), "calls all");
    assert_eq!(reach("pure(all(db)?.len())"), "calls all");
}

#[test]
fn plain_functions_are_followed_also_where_they_call_themselves() {
    assert_eq!(reach("names(db, count(db)?)"), "calls all count");
    assert_eq!(reach("hidden(db)"), "open");
}

#[test]
fn queries_of_other_slices_are_recorded_by_their_path() {
    assert_eq!(reach("crate::people::slice::name(db, id)"), "calls people::slice::name");
    assert_eq!(
        reach("boards::columns(db, id); latest(db, id)"),
        "calls boards::slice::columns boards::slice::latest"
    );
}

/// The modules that may be other slices.
fn modules(body: &str) -> Vec<String> {
    let source = format!(
        "pub mod notes {{ use orion::prelude::*; use crate::boards::slice::{{self as boards, latest}};
        #[region] fn shown(db: &Db) -> Markup {{ {body} }} }}"
    );
    let (mut cx, item) = (Errors::new(), source.parse().expect("tokens"));
    let written = crate::slice::parse(&mut cx, proc_macro2::TokenStream::new(), &item).expect("a slice");
    let slice = crate::slice::check(&mut cx, written);
    assert_eq!(cx.into_tokens().to_string(), "");
    let modules = super::Reaches::of(&slice.items).modules(&slice.items);
    modules.into_iter().map(|module| module.join("::")).collect()
}

#[test]
fn modules_that_may_be_slices_are_found_from_beside_the_function() {
    assert_eq!(modules("people::name(db); (people::list::region())"), ["self::people"]);
    assert_eq!(modules("super::people::slice::add::action(1)"), ["super::people::slice"]);
    assert_eq!(modules("boards::columns(db); latest(db)"), ["crate::boards::slice"]);
    assert_eq!(modules("self::list::region(); std::env::path(); Vec::from(db); super::all(db)"), [""; 0]);
    assert_eq!(
        modules("use crate::a; a::all(db)"),
        [""; 0],
        "what the body itself imports is not found beside it"
    );
    assert_eq!(modules("#[cfg(test)] { a::all(db) }"), [""; 0], "it may not be there");
}

#[test]
fn links_and_embeds_are_found_in_markup() {
    assert_eq!(
        reach(
            "html! { (list::region(id)) button data-on:click=(boards::add::action(1)) { } a href=(crate::site::home::path()) {} }"
        ),
        "shows list; offers boards::slice::add site::home"
    );
}

#[test]
fn topics_are_found_where_they_are_published() {
    assert_eq!(
        reach("db.publish(Moved(id)); db.publish(boards::Gone { id }); db.publish(&Bell)"),
        "publishes Bell Moved boards::slice::Gone"
    );
    assert_eq!(reach("db.publish(topic)"), "open");
    assert_eq!(reach("db.publish(topic(id))"), "open");
}

#[test]
fn a_closure_that_is_given_a_store_is_read() {
    assert_eq!(reach("db.write(move |tx| { all(tx)?; Ok(()) })"), "calls all");
    assert_eq!(reach("db.read(|store: &Db| count(store))"), "calls count");
    assert_eq!(reach("db.read(all)"), "open");
}

#[test]
fn a_store_that_goes_elsewhere_leaves_it_open() {
    for body in [
        "let store = db; all(store)",
        "other(db)",
        "elsewhere::render(id, db)",
        "thing.render(db)",
        "db.all(&STATEMENT, &[])",
        "ids.map(|id| (db, id))",
        "Wrapper { db }",
    ] {
        assert!(reach(body).ends_with("open"), "{body}: {}", reach(body));
    }
}

#[test]
fn names_in_strings_and_comments_are_no_calls() {
    assert_eq!(reach(r#"let text = "all(db)"; /* count(db) */ html! { "list::region()" }"#), "");
}

#[test]
fn a_name_that_is_not_called_is_nothing() {
    assert_eq!(reach("let all = 1; all + pure(2)"), "");
}
