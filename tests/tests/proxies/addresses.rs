//! The application knows whose a request is, and nobody can make it believe something else.

use crate::{board, both};
use orion_tests::http::Request;
use orion_tests::{App, binary};
use serde_json::Value as Json;
use std::net::Ipv4Addr;

/// A visitor's, whom nobody takes for the proxy.
const THEIRS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// What somebody says of himself (RFC 5737).
const CLAIMED: &str = "203.0.113.9";

/// The event of the request with this path, once it is logged.
async fn logged(app: &App, path: &str) -> Json {
    app.wait_log(path).await;
    let log = app.log();
    let line = log.lines().find(|line| line.contains(path)).expect("it was waited for");
    serde_json::from_str(line).expect("a line is an object")
}

fn claims(request: Request) -> Request {
    request
        .header("x-forwarded-for", CLAIMED)
        .header("x-real-ip", CLAIMED)
        .header("forwarded", &format!("for={CLAIMED};proto=http"))
        .header("x-forwarded-proto", "https")
}

#[tokio::test]
async fn the_log_has_the_clients_address_and_not_the_proxys() {
    for (app, front) in both().await {
        let visitor = front.visitor_at(THEIRS).await;
        visitor.get("/plain").send().await;
        assert_eq!(logged(&app, "/plain").await["client"], THEIRS.to_string(), "{}", front.name);
        claims(visitor.get("/claimed")).send().await;
        assert_eq!(logged(&app, "/claimed").await["client"], THEIRS.to_string(), "{}", front.name);
    }
}

#[tokio::test]
async fn who_comes_past_the_proxy_is_not_believed() {
    for (proxies, client, secure) in [
        (r#"["127.0.0.1"]"#, CLAIMED, true),
        (r#"["10.0.0.0/8"]"#, "127.0.0.1", false),
        ("[]", "127.0.0.1", false),
    ] {
        let app = App::of(binary("board")).env("ORION_PROXIES", proxies).start().await;
        let page = claims(app.client().get("/boards/1")).send().await;
        assert_eq!(logged(&app, "/boards/1").await["client"], client, "{proxies}");
        assert_eq!(page.header("set-cookie").contains("; Secure"), secure, "{proxies}");
    }
}

#[tokio::test]
async fn a_proxy_on_this_machine_is_believed_unless_somebody_says_otherwise() {
    let app = board().await;
    claims(app.client().get("/by-default")).send().await;
    assert_eq!(logged(&app, "/by-default").await["client"], CLAIMED);
}
