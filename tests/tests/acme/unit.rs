//! Under the units that `app unit` prints: where certificate and account are kept, and who may read them.

use crate::authority::Authority;
use crate::{DOMAIN, LONG};
use orion_tests::{Machine, http::tls, in_time, port};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::time::Duration;

/// The certificate that is shown, once one is.
async fn shown(server: SocketAddr, authority: &Authority) -> Vec<u8> {
    let shown = async {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        loop {
            looks.tick().await;
            let stream = Box::pin(tls(DOMAIN, server, &authority.root(), Ipv4Addr::LOCALHOST, b"h2")).await;
            if let Ok(stream) = stream {
                return stream.get_ref().1.peer_certificates().expect("a server shows one")[0].to_vec();
            }
        }
    };
    in_time("a certificate of the authority was shown", shown).await
}

#[tokio::test]
async fn a_service_that_nobody_owns_gets_its_certificate_and_keeps_it_for_itself() {
    let mut authority = Authority::start(port::free(), LONG).await;
    let machine = Machine::start("board").await;
    // The service sees no folder of a test's.
    std::fs::copy(authority.own_certificate(), machine.programs().join("authority.pem")).unwrap();
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, authority.validates));
    let variables = [
        format!("ORION_LISTEN={server}"),
        format!(r#"ORION_ACME=["{DOMAIN}"]"#),
        format!("ORION_ACME_DIRECTORY={}", authority.directory()),
        "SSL_CERT_FILE=/usr/local/bin/authority.pem".to_owned(),
    ];
    let said = variables.iter().flat_map(|variable| ["--env", variable]);
    machine.run("/usr/local/bin/board", &["unit", "--install"].into_iter().chain(said).collect::<Vec<_>>());
    machine.systemctl(&["daemon-reload"]);
    machine.systemctl(&["enable", "--now", "board.socket", "board.service"]);
    let before = shown(server, &authority).await;

    let folder = machine.state().join("private/board/board.db-acme");
    let about = |name: &str| folder.join(name).metadata().expect("it is kept");
    let mode = |name: &str| about(name).permissions().mode() & 0o777;
    assert_eq!((mode("."), mode("privkey.pem"), mode("fullchain.pem")), (0o700, 0o600, 0o600));
    let owner = about("privkey.pem").uid();
    assert_eq!(owner.to_string(), machine.property("UID"), "the service's user, whom systemd makes up");
    assert_ne!(owner, 0);

    authority.end();
    machine.systemctl(&["restart", "board.service"]);
    assert!(before == shown(server, &authority).await, "the same certificate is shown, and nobody was asked");
}
