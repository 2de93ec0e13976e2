use super::*;
use crate::app::IntoDocument;
use crate::decl::Region;
use crate::live::fake::{BROKEN, TODOS, count, db, input};
use crate::live::{Args, Scope};
use crate::viewer::Viewer;

const LIST: Region = Region::new("todos", "list", list);
const OUTER: Region = Region::new("todos", "outer", |_| Ok(html! { (Embed::new(&LIST, Args::new(&(1,)))) }));
const WHO: Region = Region::new("todos", "who", |scope| Ok(html! { (scope.present.len()) })).present();
const FAILS: Region = Region::new("todos", "fails", |scope| {
    count(scope.db, &BROKEN)?;
    Ok(html! {})
});
const PANICS: Region = Region::new("todos", "panics", |_| panic!("<script>alert(1)</script>"));
const ECHO: Region = Region::new("todos", "echo", |scope| {
    let (text,): (String,) = scope.args()?;
    Ok(html! { (text) })
});

fn list(scope: &Scope<'_>) -> Result<Markup> {
    let (id,): (i64,) = scope.args()?;
    let count = count(scope.db, &TODOS)?;
    Ok(html! { (id) " of " (count) })
}

fn numbered(id: i64) -> Embed {
    Embed::new(&LIST, Args::new(&(id,)))
}

fn embed(region: &'static Region) -> Embed {
    Embed::new(region, Args::none())
}

fn paint_page(render: fn(&Visit<'_>) -> Result<Document>, development: bool) -> Result<Painted> {
    let page = Page::new("todos", "home", "/", render);
    let db = db(&[("todos", 3)]);
    let input = input("ada");
    let present = |_: &Embed| Present(vec![Viewer::with_id("eve")]);
    paint(&page, &Visit::new(&db, &input), &Easel { present: &present, development, oracle: None })
}

fn error(render: fn(&Visit<'_>) -> Result<Document>) -> String {
    paint_page(render, false).unwrap_err().to_string()
}

fn element_of(id: &str, inner: &str) -> String {
    format!("<div id=\"{id}\" data-orion-region>{inner}</div>")
}

#[test]
fn every_region_is_rendered_in_its_place_and_listed_in_order() {
    let painted = paint_page(
        |visit| {
            html! { h1 { (visit.viewer().id()) } (numbered(2)) hr; (numbered(1)) (embed(&WHO)) }
                .into_document()
        },
        false,
    )
    .unwrap();
    assert_eq!(
        painted.document.body.0,
        format!(
            "<h1>ada</h1>{}<hr>{}{}",
            element_of("todos-list-2", "2 of 3"),
            element_of("todos-list-1", "1 of 3"),
            element_of("todos-who", "1")
        )
    );
    let listed: Vec<_> = painted.regions.iter().map(ToString::to_string).collect();
    assert_eq!(
        listed,
        ["region `todos::list` with [2]", "region `todos::list` with [1]", "region `todos::who`"]
    );
}

#[test]
fn a_region_within_a_region_is_not_the_pages_own() {
    let painted = paint_page(|_| html! { (embed(&OUTER)) }.into_document(), false).unwrap();
    assert_eq!(painted.document.body.0, element_of("todos-outer", &element_of("todos-list-1", "1 of 3")));
    assert_eq!(painted.regions.len(), 1);
}

#[test]
fn a_region_that_fails_is_an_empty_element_and_stays_the_pages() {
    let painted =
        paint_page(|_| html! { (embed(&FAILS)) (embed(&PANICS)) (numbered(1)) }.into_document(), false)
            .unwrap();
    assert_eq!(
        painted.document.body.0,
        format!(
            "{}{}{}",
            element_of("todos-fails", ""),
            element_of("todos-panics", ""),
            element_of("todos-list-1", "1 of 3")
        )
    );
    assert_eq!(painted.regions.len(), 3);
}

#[test]
fn in_development_a_region_that_fails_says_why() {
    let painted = paint_page(|_| html! { (embed(&FAILS)) (embed(&PANICS)) }.into_document(), true).unwrap();
    let html = painted.document.body.0;
    assert!(html.contains("<strong>region `todos::fails`</strong>"), "{html}");
    assert!(html.contains("no such table: broken"), "{html}");
    assert!(html.contains("panicked: &lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
}

#[test]
fn a_region_twice_on_a_page_is_refused_wherever_the_second_one_is() {
    let twice = "region `todos::list` with [1] is shown twice: its element's id must be there once, \
                 so give one of them other arguments";
    assert_eq!(error(|_| html! { (numbered(1)) (numbered(1)) }.into_document()), twice);
    assert_eq!(error(|_| html! { (embed(&OUTER)) (numbered(1)) }.into_document()), twice);
    assert_eq!(
        error(|_| html! { (numbered(1)) (embed(&OUTER)) }.into_document()),
        "region `todos::outer` holds a region that the page shows already: its element's id must be there once"
    );
    assert_eq!(
        error(|_| {
            let list = html! { (numbered(1)) };
            html! { (list) (list) }.into_document()
        }),
        twice
    );
}

#[test]
fn a_region_in_the_head_is_refused() {
    assert_eq!(
        error(|_| Ok(Document::new(html! {}).head(html! { (numbered(1)) }))),
        "region `todos::list` with [1] stands in the page's head: regions belong into its body"
    );
}

#[test]
fn more_regions_than_a_stream_carries_are_refused() {
    assert_eq!(
        error(|_| html! { @for id in 0..257 { (numbered(id)) } }.into_document()),
        "page `todos::home` shows 257 regions: it must be at most 256; let one region show many things"
    );
    let most = paint_page(|_| html! { @for id in 0..256 { (numbered(id)) } }.into_document(), false);
    assert_eq!(most.unwrap().regions.len(), 256);
}

#[test]
fn what_a_page_fails_with_is_its_answer() {
    let refused = paint_page(|_| Err(crate::NotFound.into()), false).unwrap_err();
    assert_eq!(refused.status(), 404);
}

#[test]
fn a_page_that_panicked_leaves_nothing_behind_on_its_thread() {
    let caught = std::panic::catch_unwind(|| {
        paint_page(
            |_| {
                let _ = html! { (numbered(1)) };
                panic!("as pages do")
            },
            false,
        )
    });
    assert!(caught.is_err());
    let painted = paint_page(|_| html! { (numbered(2)) }.into_document(), false).unwrap();
    assert_eq!(painted.regions.len(), 1);
    assert!(html! { (numbered(3)) }.into_string().contains("outside a page"));
}

#[test]
fn huge_and_hostile_arguments_are_painted_and_stay_in_their_place() {
    let painted = paint_page(
        |_| {
            let huge = "\"></div><script>".repeat(10_000);
            html! { (Embed::new(&ECHO, Args::new(&(huge,)))) }.into_document()
        },
        false,
    )
    .unwrap();
    let html = painted.document.body.0;
    assert!(!html.contains("<script>"));
    assert!(html.len() < 1_000_000);
}
