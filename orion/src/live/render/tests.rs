use maud::{Markup, html};

use super::*;
use crate::decl::Region;
use crate::live::Args;
use crate::live::fake::{BROKEN, TAGS, TODOS, count, db};
use crate::topic::Topic;

const TODO_COUNT: Region = Region::new("todos", "count", |scope| {
    let count = count(scope.db, &TODOS)?;
    Ok(html! { b { (count) } })
})
.on(|_| Ok(vec![Topic::declared("todos", "Board", 7)]));

const TAG_COUNT: Region = Region::new("tags", "count", |scope| {
    let count = count(scope.db, &TAGS)?;
    Ok(html! { p { (count) " " (embed(&TODO_COUNT)) } })
});

const FAILS: Region = Region::new("todos", "fails", |scope| {
    count(scope.db, &TODOS)?;
    count(scope.db, &BROKEN)?;
    count(scope.db, &TAGS)?;
    Ok(html! {})
})
.on(|_| Ok(vec![Topic::declared("todos", "Board", 7)]));

const PANICS: Region = Region::new("todos", "panics", |_| panic!("as regions do"));

const ME: Region = Region::new("users", "me", |scope| {
    let viewer = scope.viewer()?;
    Ok(html! { (viewer.id()) })
})
.personal();

const LIES: Region = Region::new("users", "lies", |scope| Ok(html! { (scope.viewer()?.id()) }));
const SHARED_WITH_ME: Region = Region::new("users", "shared", |_| Ok(html! { (embed(&ME)) }));
const MINE_WITH_ME: Region = Region::new("users", "mine", |_| Ok(html! { (embed(&ME)) })).personal();

const WHO: Region = Region::new("users", "who", |scope| Ok(html! { (scope.present.len()) })).present();
const DEAF: Region = Region::new("users", "deaf", |_| Ok(html! { (embed(&WHO)) }));
const HEARS: Region = Region::new("users", "hears", |_| Ok(html! { (embed(&WHO)) })).present();

const TWICE: Region = Region::new("todos", "twice", |_| Ok(html! { (embed(&ME)) (embed(&ME)) })).personal();
const ITSELF: Region = Region::new("todos", "itself", |scope| {
    let (depth,): (u32,) = scope.args()?;
    Ok(html! { (Embed::new(&ITSELF_AGAIN, Args::new(&(depth + 1,)))) })
});
static ITSELF_AGAIN: Region = ITSELF;

fn embed(region: &'static Region) -> Embed {
    Embed::new(region, Args::none())
}

fn render(embed: &Embed) -> Rendered {
    let db = db(&[("todos", 3), ("tags", 4)]);
    // Read by somebody else on the same snapshot.
    count(&db, &BROKEN).unwrap_err();
    let viewer = Viewer::with_id("<ada>");
    let present = Present(vec![viewer.clone()]);
    Renderer { db: &db, viewer: Some(&viewer), present: &present, oracle: None }.render(embed)
}

fn error(region: &'static Region) -> String {
    render(&embed(region)).html.unwrap_err().to_string()
}

fn reads(topics: &[&str]) -> Topics {
    topics.iter().map(|name| Topic::from_wire(*name)).collect()
}

#[test]
fn a_region_in_a_region_is_part_of_it_and_so_is_what_it_reads() {
    let rendered = render(&embed(&TAG_COUNT));
    assert_eq!(
        rendered.html.unwrap(),
        "<div id=\"tags-count\" data-orion-region><p>4 \
         <div id=\"todos-count\" data-orion-region><b>3</b></div></p></div>"
    );
    assert_eq!(rendered.reads, reads(&["todos", "tags", "todos::Board(7)"]));
    assert_eq!(rendered.ids.iter().collect::<Vec<_>>(), ["tags-count", "todos-count"]);
}

#[test]
fn a_failed_render_tells_what_it_read_until_then() {
    let rendered = render(&embed(&FAILS));
    assert_eq!(
        rendered.html.unwrap_err().to_string(),
        "rendering region `todos::fails`: no such table: broken"
    );
    assert_eq!(rendered.reads, reads(&["todos", "broken", "todos::Board(7)"]));
}

#[test]
fn a_panic_is_an_error() {
    assert_eq!(error(&PANICS), "rendering region `todos::panics`: panicked: as regions do");
}

#[test]
fn a_region_that_renders_without_a_limit_is_an_error_that_names_it() {
    const LONG: Region = Region::new("todos", "long", |_| Ok(html! { ("x".repeat(LONGEST)) }));
    let error = error(&LONG);
    assert!(error.starts_with("region `todos::long` is 8388"), "{error}");
    assert!(
        error.ends_with("bytes long, and a frame may have 8388608: let its query have a limit"),
        "{error}"
    );
}

#[test]
fn a_panic_over_the_declared_topics_is_an_error_too() {
    const DEAF: Region = Region::new("todos", "deaf", |_| Ok(html! {})).on(|_| panic!("as topics do"));
    assert_eq!(error(&DEAF), "rendering region `todos::deaf`: panicked: as topics do");
}

#[test]
fn only_a_personal_region_knows_who_looks() {
    assert_eq!(error(&LIES), "rendering region `users::lies`: a shared region asked who is looking at it");
    assert!(render(&embed(&ME)).html.unwrap().contains("&lt;ada&gt;"));
    assert!(render(&embed(&MINE_WITH_ME)).html.unwrap().contains("&lt;ada&gt;"));
}

#[test]
fn a_personal_region_in_a_shared_one_is_refused_with_both_names() {
    assert_eq!(
        error(&SHARED_WITH_ME),
        "region `users::me` is personal and stands in region `users::shared`, which is rendered once for everyone: \
         let both take `&Viewer`, or put the personal one into the page"
    );
}

#[test]
fn a_region_of_who_is_present_stands_only_where_that_is_heard() {
    assert_eq!(
        error(&DEAF),
        "region `users::who` shows who is present and stands in region `users::deaf`, which is not rendered when \
         somebody comes or goes: let both take `&Present`, or put the inner one into the page"
    );
    assert!(render(&embed(&HEARS)).html.unwrap().contains(">1<"));
}

#[test]
fn the_same_region_twice_in_one_is_refused() {
    assert_eq!(
        error(&TWICE),
        "region `users::me` is shown twice: its element's id must be there once, so give one of them other arguments"
    );
}

#[test]
fn a_region_that_embeds_itself_is_refused() {
    let error = render(&Embed::new(&ITSELF, Args::new(&(0,)))).html.unwrap_err().to_string();
    assert_eq!(
        error,
        "region `todos::itself` with [16] stands in 16 regions: a region must not embed itself"
    );
}

#[test]
fn arguments_of_another_shape_are_an_error_and_no_panic() {
    for args in ["[]", "[\"x\"]", "{}", "", "[1,2]"] {
        assert!(render(&Embed::new(&ITSELF, Args::from_wire(args))).html.is_err());
    }
}

#[test]
fn markup_of_a_region_may_be_passed_around() {
    const WRAPS: Region = Region::new("todos", "wraps", |_| {
        let inner: Markup = html! { (embed(&TODO_COUNT)) };
        Ok(html! { ul { li { (inner) } } })
    });
    assert!(render(&embed(&WRAPS)).html.unwrap().contains("<li><div id=\"todos-count\""));
}
