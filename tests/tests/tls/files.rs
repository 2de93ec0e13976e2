//! The certificate is renewed while the application runs.

use crate::{DOMAIN, add, board, make, visitor};
use orion_tests::{App, binary, certificate, in_time};
use std::fs;
use std::net::Ipv4Addr;
use std::time::Duration;

/// Waits until a visitor comes in who trusts what is in the folder.
async fn shown(app: &App) {
    let shown = async {
        let mut tries = tokio::time::interval(Duration::from_millis(100));
        while app.visitor(Ipv4Addr::LOCALHOST).await.is_err() {
            tries.tick().await;
        }
    };
    in_time("the new certificate was shown", shown).await;
}

#[tokio::test]
async fn a_new_certificate_is_shown_to_who_comes_next_and_ends_no_stream() {
    let (folder, launch) = board();
    let app = launch.start().await;
    let before = visitor(&app).await;
    make(&before).await;
    let mut stream = before.get(&before.live("/boards/1").await).stream().await;
    certificate::make(folder.path(), DOMAIN);
    shown(&app).await;
    add(&visitor(&app).await, "Milk").await;
    stream.until("the stream went on", |event| event.value("elements").contains("Milk")).await;
}

#[tokio::test]
async fn a_certificate_without_its_key_is_not_shown_until_the_key_is_there() {
    let (folder, launch) = board();
    let app = launch.start().await;
    let file = |name: &str| folder.path().join(name);
    let first = fs::read(file("fullchain.pem")).unwrap();
    certificate::make(folder.path(), DOMAIN);
    let (second, key) = (fs::read(file("fullchain.pem")).unwrap(), fs::read(file("privkey.pem")).unwrap());
    fs::write(file("privkey.pem"), "not yet").unwrap();
    app.wait_log("the certificate before is still shown").await;
    fs::write(file("fullchain.pem"), first).unwrap();
    visitor(&app).await;
    fs::write(file("fullchain.pem"), second).unwrap();
    fs::write(file("privkey.pem"), key).unwrap();
    shown(&app).await;
}

#[tokio::test]
async fn what_cannot_be_shown_is_said_at_once() {
    let (folder, launch) = board();
    fs::write(folder.path().join("privkey.pem"), "nothing").unwrap();
    let told = launch.arg("serve").env("ORION_LISTEN", "127.0.0.1:0").run().await;
    let text = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1), "{text}");
    assert!(text.contains("error: the key in ") && text.contains("privkey.pem cannot be read: "), "{text}");
}

#[tokio::test]
async fn a_program_that_cannot_get_certificates_says_how_it_could() {
    let launch = App::of(binary("board")).env("ORION_LISTEN", "127.0.0.1:0");
    let told = launch.env("ORION_ACME", r#"["board.test"]"#).run().await;
    let text = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1), "{text}");
    assert!(
        text.contains("error: acme is set, and this program cannot get certificates\nhelp: in Cargo.toml, "),
        "{text}"
    );
}
