//! The judgement over made-up slices; what a person sees of it is in `ui-tests/tests/main`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::{MethodFilter, get, on};
use proptest::prelude::*;
use tower::ServiceExt as _;

use super::check;
use crate::decl::{Command, Method, Page, Reach, Region, Run, Slice, Statement};
use crate::topic::Topic;

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The message without the places, which are lines of this file.
fn said(slices: &[&'static Slice]) -> String {
    let message = check(slices).err().unwrap_or_default();
    let mut parts = message.split(concat!(" (", file!(), ":"));
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').map_or("", |(_, rest)| rest))
}

#[test]
fn a_message_says_where_what_it_is_about_is_declared() {
    let line = line!() + 1;
    let twice = [leak(Slice::new("a")), leak(Slice::new("a"))];
    let message = check(&twice).expect_err("one name");
    let place = format!(" ({}:{line})", file!());
    assert!(
        message.starts_with(&format!("two slices are called `a`{place} and{place}\nhelp: ")),
        "{message}"
    );
}

fn page(path: &'static str) -> &'static Page {
    leak(Page::new("notes", path, path, |_| Err(crate::Error::internal("never rendered"))))
}

fn command(name: &'static str, method: Method, path: &'static str, reach: Reach) -> &'static Command {
    let run = Run::Sync(|_| Err(crate::Error::internal("never run")));
    leak(Command::new("notes", name, method, path, run).reach(reach))
}

fn region(name: &'static str) -> Region {
    Region::new("notes", name, |_| Err(crate::Error::internal("never rendered")))
}

const READ: Statement = Statement::new("select 1").named("notes", "all").reads(&["notes"]);
const WRITE: Statement =
    Statement::new("delete from notes").named("notes", "clear").reads(&["notes"]).writes(&["notes"]);

fn showing(
    region: Region,
    statements: &'static [&'static Statement],
    commands: Vec<&'static Command>,
) -> String {
    let regions = leak(vec![leak(region)]);
    let slice = Slice::new("notes")
        .tables(&["notes"])
        .regions(leak(regions.iter().map(|region| &**region).collect::<Vec<_>>()));
    said(&[leak(slice.statements(statements).commands(leak(commands)))])
}

const CALLS: Reach = Reach::new().calls(&["all"]);

#[test]
fn a_region_changes_with_the_tables_that_it_reads() {
    assert_eq!(showing(region("list").reach(CALLS), &[&READ, &WRITE], vec![]), "");
    let still = showing(region("list").reach(CALLS), &[&READ], vec![]);
    assert!(
        still.starts_with(
            "nothing can change region `list` of slice `notes`: no query writes `notes`\nhelp: "
        ),
        "{still}"
    );
}

#[test]
fn a_region_of_which_not_everything_is_known_is_not_judged() {
    assert_eq!(showing(region("by_hand"), &[&READ], vec![]), "");
    assert_eq!(showing(region("list").reach(CALLS.open()), &[&READ], vec![]), "");
    assert_eq!(showing(region("list").reach(Reach::new().calls(&["elsewhere"])), &[&READ], vec![]), "");
    let opaque = command("run", Method::Post, "/run", Reach::new().open());
    assert_eq!(showing(region("list").reach(CALLS), &[&READ], vec![opaque]), "");
    assert_eq!(showing(region("who").reach(Reach::new()).present(), &[], vec![]), "");
}

fn heard(hears: &'static [&'static str], publishes: &'static [&'static str]) -> String {
    let face =
        region("face").reach(Reach::new()).on(|_| Ok(vec![Topic::declared("notes", "Tick", 1)])).hears(hears);
    let wind = command("wind", Method::Post, "/wind", Reach::new().publishes(publishes));
    let slice = Slice::new("notes").topics(&["Tick", "Tock"]);
    said(&[leak(slice.regions(leak([leak(face)])).commands(leak([wind])))])
}

#[test]
fn what_is_published_is_heard_and_what_is_heard_is_published() {
    assert_eq!(heard(&["Tick"], &["Tick"]), "");
    assert_eq!(heard(&["a::notes::Tick"], &["notes::slice::Tick"]), "");
    assert!(
        heard(&["Tick"], &["Tock", "Tick"])
            .starts_with("command `wind` of slice `notes` publishes `Tock`, and no region")
    );
    assert!(heard(&["Tick"], &[]).ends_with("no command publishes `Tick`\nhelp: write a query that changes it, or make it a plain function that the page calls"));
    assert_eq!(heard(&["*"], &["Tock"]), "", "a topic that cannot be read may be any");
    assert_eq!(heard(&[], &["Tock"]), "", "by hand nobody says what is heard");
}

fn using(name: &'static str, uses: &'static [&'static str]) -> &'static Slice {
    leak(Slice::new(name).uses(uses))
}

#[test]
fn slices_that_refer_to_each_other_in_a_circle_are_told_the_way_round() {
    assert_eq!(said(&[using("a", &[]), using("b", &["a"]), using("c", &["a", "b"])]), "");
    assert_eq!(
        said(&[using("a", &["b"])]),
        "slice `a` uses slice `b`, which is not listed\nhelp: add it to `slices`"
    );
    assert!(said(&[using("a", &["a"])]).starts_with("slice `a` uses itself"));
    let circle =
        said(&[using("d", &[]), using("a", &["b", "d"]), using("b", &["d", "c"]), using("c", &["d", "a"])]);
    assert!(circle.starts_with("slices use each other: `c` → `a` → `b` → `c`\nhelp: "), "{circle}");
}

#[test]
fn a_path_of_orions_own_is_refused() {
    for path in ["/_orion/live", "/_orion/x", "/static/{*rest}"] {
        assert!(
            said(&[leak(Slice::new("notes").pages(leak([page(path)])))]).contains("orion's own"),
            "{path}"
        );
    }
    assert_eq!(said(&[leak(Slice::new("notes").pages(leak([page("/{*rest}")])))]), "");
}

#[test]
fn slices_whose_paths_begin_differently_are_not_compared_further() {
    let slice =
        |name, path, beginnings| leak(Slice::new(name).pages(leak([page(path)])).beginnings(beginnings));
    let boards = slice("a", "/boards/{id}", &["boards"]);
    assert!(said(&[boards, slice("b", "/boards/new", &["boards", "x"])]).contains("answers GET /boards/new"));
    assert!(said(&[boards, slice("b", "/{any}/{id}", &["{}"])]).contains("answers GET /{any}/{id}"));
    assert!(said(&[boards, slice("b", "/boards/{id}", &[])]).contains("answers GET /boards/{id}"));
    assert_eq!(said(&[boards, slice("b", "/cards/{id}", &["cards"])]), "");
}

#[test]
fn a_slice_that_is_listed_twice_is_told_once() {
    let a: &'static Slice = leak(Slice::new("a").tables(&["notes"]));
    let b: &'static Slice = leak(Slice::new("b"));
    assert!(said(&[b, a, a]).starts_with("two slices are called `a`"));
    let owner: &'static Slice = leak(Slice::new("b").tables(&["notes"]));
    let message = super::mistake(&[owner, a, a], 2).expect("it is listed twice");
    assert!(message.text().starts_with("two slices are called `a`"), "{}", message.text());
}

#[test]
fn a_slice_written_by_hand_may_clash_with_itself() {
    let slice = Slice::new("notes").pages(leak([page("/a/{x}"), page("/a/new")]));
    assert!(
        said(&[leak(slice)])
            .starts_with("page `notes::/a/{x}` answers GET /a/{x}, and page `notes::/a/new` answers")
    );
}

/// A path that a declaration could have: no parameter twice, no empty segment but the last.
fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![Just("a"), Just("b"), Just("{x}"), Just("{y}"), Just("")];
    let path =
        (prop::collection::vec(segment, 0..3), prop::bool::weighted(0.2)).prop_map(|(segments, rest)| {
            let mut path = segments.iter().fold(String::new(), |path, segment| path + "/" + segment);
            if rest {
                path.push_str("/{*rest}");
            }
            if path.is_empty() { "/".to_owned() } else { path }
        });
    path.prop_filter("no such path is declared", |path| {
        path.matches("{x}").count() < 2 && path.matches("{y}").count() < 2 && !path.contains("//")
    })
}

proptest! {
    /// axum panics where two routes cannot be told apart: no application gets that far.
    #[test]
    fn what_is_let_through_does_not_make_the_router_panic(routes in prop::collection::vec((path(), any::<bool>()), 1..5)) {
        let commands: Vec<_> = routes.iter().map(|(path, post)| {
            let method = if *post { Method::Post } else { Method::Get };
            command("run", method, path.clone().leak(), Reach::new())
        }).collect();
        let slice = leak(Slice::new("notes").commands(leak(commands.clone())));
        if said(&[slice]).is_empty() {
            let insert = || commands.iter().fold(Router::<()>::new(), |router, command| {
                let filter = if command.method == Method::Post { MethodFilter::POST } else { MethodFilter::GET };
                router.route(command.path, on(filter, async || ""))
            });
            prop_assert!(catch_unwind(AssertUnwindSafe(insert)).is_ok());
        }
    }

    /// No two routes are refused without a reason: a request that both would answer, or a router that cannot hold both.
    #[test]
    fn what_is_refused_would_go_wrong(first in path(), second in path()) {
        let routes = [first, second].map(|path| command("run", Method::Get, path.leak(), Reach::new()));
        if !said(&[leak(Slice::new("notes").commands(leak(routes)))]).is_empty() {
            let router = |routes: &[&'static Command]| {
                routes.iter().fold(Router::<()>::new(), |router, route| router.route(route.path, get(async || "")))
            };
            let held = catch_unwind(AssertUnwindSafe(|| router(&routes))).is_ok();
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            let both = shared(routes[0].path, routes[1].path);
            let answers = |route: &'static Command| {
                let request = Request::get(&both).body(Body::empty()).expect("a path");
                runtime.block_on(router(&[route]).oneshot(request)).expect("it answers").status() == 200
            };
            prop_assert!(!held || (answers(routes[0]) && answers(routes[1])), "{both}");
        }
    }
}

/// A path that both patterns may match: a word where one of them has one.
fn shared(first: &str, second: &str) -> String {
    let is_word = |segment: &&str| !segment.starts_with('{');
    let both =
        first.split('/').zip(second.split('/')).map(|(a, b)| [a, b].into_iter().find(is_word).unwrap_or("x"));
    both.collect::<Vec<_>>().join("/")
}
