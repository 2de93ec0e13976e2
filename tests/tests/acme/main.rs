//! A certificate from an authority: `board` asks Pebble, Let's Encrypt's authority for tests.

mod authority;
mod unit;

use authority::Authority;
use orion_tests::process::Launch;
use orion_tests::{App, Client, Clock, binary, in_time, port};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, SystemTime};

/// Nobody's (RFC 6761).
const DOMAIN: &str = "board.test";
/// Longer than any test takes, in seconds.
const LONG: u32 = 3600;
/// What is logged of a certificate that is due when it is given.
const DUE: &str = "a new certificate is shown, and is due already by the clock of this machine";

/// `board`, which asks this authority.
fn board(authority: &Authority) -> Launch {
    App::of(binary("board"))
        .at(authority.validates)
        .certified(DOMAIN, &authority.root())
        .env("ORION_ACME", format!(r#"["{DOMAIN}"]"#))
        .env("ORION_ACME_DIRECTORY", authority.directory())
        .env("SSL_CERT_FILE", authority.own_certificate())
}

async fn visitor(app: &App) -> Client {
    app.visitor(Ipv4Addr::LOCALHOST).await.expect("the application lets visitors in")
}

/// The certificate that is shown.
async fn shown(app: &App, authority: &Authority) -> Vec<u8> {
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, app.port()));
    let stream = orion_tests::http::tls(DOMAIN, server, &authority.root(), Ipv4Addr::LOCALHOST, b"h2").await;
    let stream = stream.expect("a certificate of the authority is shown");
    stream.get_ref().1.peer_certificates().expect("a server shows one")[0].to_vec()
}

#[tokio::test]
async fn a_certificate_is_got_kept_and_shown_after_a_restart_without_asking_again() {
    let mut authority = Authority::start(port::free(), LONG).await;
    let mut app = board(&authority).start().await;
    assert_eq!(visitor(&app).await.get("/").send().await.status, 200);
    let before = shown(&app, &authority).await;
    let folder = app.folder().join("board.db-acme");
    let mode = |name: &str| folder.join(name).metadata().expect("it is kept").permissions().mode() & 0o777;
    assert_eq!((mode("."), mode("privkey.pem")), (0o700, 0o600));
    authority.end();
    app.restart().await;
    assert!(before == shown(&app, &authority).await, "the same certificate is shown");
}

#[tokio::test]
async fn a_certificate_is_renewed_before_it_has_run_out_and_ends_no_connection() {
    let authority = Authority::start(port::free(), 15).await;
    let app = board(&authority).start().await;
    let (visitor, first) = (visitor(&app).await, shown(&app, &authority).await);
    let renewed = async {
        let mut looks = tokio::time::interval(Duration::from_millis(200));
        // Whoever looks trusts no certificate that has run out.
        while shown(&app, &authority).await == first {
            looks.tick().await;
        }
    };
    in_time("another certificate was shown", renewed).await;
    assert_eq!(visitor.get("/").send().await.status, 200);
}

/// By that clock every certificate is due when it is given: without end it would be asked for another.
#[tokio::test]
async fn a_clock_that_is_ahead_asks_for_one_certificate_and_not_for_another_at_once() {
    let authority = Authority::start(port::free(), LONG).await;
    let clock = Clock::right();
    clock.put(SystemTime::now() + Duration::from_secs(LONG.into()));
    let app = board(&authority).by(&clock).start().await;
    app.wait_log(DUE).await;
    assert!(app.log().contains(r#""again_in":"3600s""#), "{}", app.log());
    assert_eq!(app.log().matches("a new certificate is shown").count(), 1, "{}", app.log());
    assert_eq!(visitor(&app).await.get("/").send().await.status, 200, "it is shown all the same");
}

#[tokio::test]
async fn what_the_authority_has_against_it_is_logged_and_the_application_lives() {
    let authority = Authority::start(port::free(), LONG).await;
    // The authority looks at another port.
    let launch = board(&authority).at(port::free()).health();
    let app = launch.begin();
    app.wait_log("the authority gave no certificate").await;
    assert!(app.log().contains("urn:ietf:params:acme:error"), "{}", app.log());
    assert_eq!(app.health().get("/readyz").send().await.status, 200);
}
