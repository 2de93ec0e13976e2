//! The rule against the table that the macros' rule is tested with, and against the router itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use proptest::prelude::*;
use tower::ServiceExt;

use super::{Overlap, overlap};

/// A verdict and two paths a line.
const CASES: &str = include_str!("cases.txt");

#[test]
fn every_case_of_the_table_is_judged_as_it_says_from_both_sides() {
    for case in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [verdict, a, b] = case.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{case}") };
        let verdict = match verdict {
            "same" => Overlap::Same,
            "some" => Overlap::Some,
            "rest" => Overlap::Rest,
            "none" => Overlap::None,
            _ => panic!("{case}"),
        };
        assert_eq!((overlap(a, b), overlap(b, a)), (verdict, verdict), "{case}");
    }
}

fn router(paths: &[&str]) -> Router {
    paths.iter().fold(Router::new(), |router, path| router.route(path, get(async || "")))
}

/// Whether the router would panic: it cannot tell the two apart.
fn panics(a: &str, b: &str) -> bool {
    catch_unwind(AssertUnwindSafe(|| router(&[a, b]))).is_err()
}

/// Whether a route answers the request, were it alone.
async fn answers(route: &Router, request: &str) -> bool {
    let request = Request::get(request).body(Body::empty()).expect("a path");
    route.clone().oneshot(request).await.expect("a router answers").status() == StatusCode::OK
}

/// A request that both answer, among all that are made of a few words.
fn both(a: &str, b: &str) -> Option<String> {
    let mut requests = vec![String::new()];
    for depth in 0..3 {
        let longest: Vec<String> =
            requests.iter().filter(|path| path.matches('/').count() == depth).cloned().collect();
        let longer = longest.iter().filter(|path| !path.ends_with('/'));
        let longer = longer.flat_map(|path| ["a", "b", "x", ""].map(|word| format!("{path}/{word}")));
        requests.extend(longer.collect::<Vec<_>>());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let (a, b) = (router(&[a]), router(&[b]));
        for request in requests.into_iter().filter(|path| !path.is_empty()) {
            if answers(&a, &request).await && answers(&b, &request).await {
                return Some(request);
            }
        }
        None
    })
}

/// Where `{*rest}` stands: what it takes is what nobody else does, so only two that stand at one depth are compared.
fn rest(path: &str) -> Option<usize> {
    path.split('/').position(|segment| segment.starts_with("{*"))
}

/// A path that a declaration could have: no parameter twice, no empty segment but the last.
pub(in crate::closure) fn path() -> impl Strategy<Value = String> {
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
    /// Both ways: what is refused is refused for a request or for a router that panics, and what is not, for neither.
    #[test]
    fn two_paths_overlap_where_a_request_is_both_or_the_router_panics(a in path(), b in path()) {
        let common = if rest(&a) == rest(&b) { both(&a, &b) } else { None };
        let verdict = overlap(&a, &b);
        let wanted = match verdict {
            Overlap::None => common.is_none() && !panics(&a, &b),
            Overlap::Some | Overlap::Same => common.is_some(),
            Overlap::Rest => panics(&a, &b),
        };
        prop_assert!(wanted, "{a} {b}: {verdict:?}, {common:?}, {}", panics(&a, &b));
    }
}
