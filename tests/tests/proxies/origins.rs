//! What a browser says of where it is, it says of the domain: the application must find itself in that.

use crate::both;
use crate::front::Front;
use orion_tests::{App, binary};

#[tokio::test]
async fn the_sites_own_pages_may_write_and_others_may_not() {
    for (_app, front) in both().await {
        let visitor = front.visitor().await;
        for (status, headers) in [
            (303, vec![("origin", "https://board.test")]),
            (303, vec![("origin", "https://board.test"), ("sec-fetch-site", "same-origin")]),
            (403, vec![("origin", "https://evil.test")]),
            (403, vec![("origin", "https://evil.test"), ("x-forwarded-host", "evil.test")]),
            (403, vec![("origin", "https://board.test"), ("sec-fetch-site", "cross-site")]),
        ] {
            let write = visitor.post("/boards").form(&[("name", "Kitchen")]);
            let write = headers.iter().fold(write, |write, (name, value)| write.header(name, value));
            assert_eq!(write.send().await.status, status, "{} with {headers:?}", front.name);
        }
    }
}

#[tokio::test]
async fn a_visitor_is_remembered_for_https_alone() {
    for (_app, front) in both().await {
        let answer = front.visitor().await.get("/").send().await;
        assert!(
            answer.header("set-cookie").contains("; Secure"),
            "{}: {}",
            front.name,
            answer.header("set-cookie")
        );
    }
}

#[tokio::test]
async fn health_is_not_told_to_the_public() {
    let app = App::of(binary("board")).health().start().await;
    for front in [Front::caddy(&app).await, Front::nginx(&app).await] {
        let visitor = front.visitor().await;
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(app.health().get(path).send().await.status, 200);
            assert_eq!(visitor.get(path).send().await.status, 404, "{}: {path}", front.name);
        }
    }
}
