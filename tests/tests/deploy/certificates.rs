//! A service that nobody owns shows a certificate that only root can read; systemd hands it over.

use orion_tests::{Client, Machine, certificate, in_time, port};
use std::fs::{self, Permissions};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const DOMAIN: &str = "todos.test";
/// In the machine.
const FOLDER: &str = "/var/lib/50% of it";

/// A machine, the server in it, and the folder of its certificate, as seen from outside.
struct Scene {
    machine: Machine,
    server: SocketAddr,
    /// Where `http://` is answered.
    plain: SocketAddr,
    folder: PathBuf,
}

impl Scene {
    async fn start() -> Self {
        let machine = Machine::start("todos").await;
        let folder = machine.state().join("50% of it");
        fs::create_dir(&folder).unwrap();
        // As certbot's is.
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        certificate::make(&folder, DOMAIN);
        let [server, plain] = [(); 2].map(|()| SocketAddr::from((Ipv4Addr::LOCALHOST, port::free())));
        let (listen, redirect, cert, key) = (
            format!("ORION_LISTEN={server}"),
            format!("ORION_REDIRECT={plain}"),
            format!("{FOLDER}/fullchain.pem"),
            format!("{FOLDER}/privkey.pem"),
        );
        let unit = [
            "unit",
            "--install",
            "--env",
            &listen,
            "--env",
            &redirect,
            "--tls-cert",
            &cert,
            "--tls-key",
            &key,
        ];
        let told = machine.run("/usr/local/bin/todos", &unit);
        assert!(told.ends_with("restart todos.service, which refuses nobody\n"), "{told}");
        machine.systemctl(&["daemon-reload"]);
        machine.systemctl(&["enable", "--now", "todos.socket", "todos.service"]);
        Self { machine, server, plain, folder }
    }

    /// A file with the certificate that is in the folder now.
    fn kept(&self, name: &str) -> PathBuf {
        let file = self.folder.join(name);
        fs::copy(self.folder.join("fullchain.pem"), &file).unwrap();
        file
    }
}

/// Somebody comes who trusts these, and reads the page.
async fn visit(server: SocketAddr, trusted: &Path) -> io::Result<u16> {
    let visitor = Client::secure(DOMAIN, server, trusted, Ipv4Addr::LOCALHOST).await?;
    Ok(visitor.get("/").try_send().await?.status)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_of_roots_is_shown_and_its_renewal_is_a_restart_that_refuses_nobody() {
    let scene = Scene::start().await;
    let first = scene.kept("first.pem");
    assert_eq!(visit(scene.server, &first).await.unwrap(), 200);
    assert_ne!(scene.machine.property("UID"), "0");
    // Of two sockets each listener has its own.
    let redirected = Client::new(&format!("http://{}", scene.plain)).get("/").send().await;
    assert_eq!(redirected.status, 308, "{}", redirected.text());
    assert_eq!(redirected.headers["location"], format!("https://{}/", scene.server));

    certificate::make(&scene.folder, DOMAIN);
    let second = scene.kept("second.pem");
    let both = scene.folder.join("both.pem");
    fs::write(&both, [fs::read(&first).unwrap(), fs::read(&second).unwrap()].concat()).unwrap();
    assert_eq!(visit(scene.server, &first).await.unwrap(), 200, "it has a copy of its own");

    let (server, over, visits) = (scene.server, Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
    let come = tokio::spawn({
        let (over, visits) = (Arc::clone(&over), Arc::clone(&visits));
        async move {
            let mut failed = Vec::new();
            while !over.load(Ordering::Relaxed) {
                match visit(server, &both).await {
                    Ok(200) => drop(visits.fetch_add(1, Ordering::Relaxed)),
                    other => failed.push(format!("{other:?}")),
                }
            }
            failed
        }
    });
    let go_on = async || {
        let before = visits.load(Ordering::Relaxed);
        let more = async {
            while visits.load(Ordering::Relaxed) < before + 20 {
                tokio::task::yield_now().await;
            }
        };
        in_time("visitors came", more).await;
    };
    go_on().await;
    scene.machine.systemctl(&["restart", "todos.service"]);
    go_on().await;
    over.store(true, Ordering::Relaxed);
    let failed = in_time("the last visitor was served", come).await.unwrap();
    println!("{} visitors before, during and after the restart", visits.load(Ordering::Relaxed));
    assert_eq!(failed, [""; 0]);
    assert_eq!(visit(scene.server, &second).await.unwrap(), 200);
    assert!(visit(scene.server, &first).await.is_err(), "the one before is not shown any more");
}

#[tokio::test]
async fn a_service_whose_key_is_missing_waits_for_it_and_so_do_its_visitors() {
    let scene = Scene::start().await;
    let kept = scene.kept("first.pem");
    fs::remove_file(scene.folder.join("privkey.pem")).unwrap();
    scene.machine.systemctl(&["--no-block", "restart", "todos.service"]);
    let asked = ["show", "--value", "-p", "ExecMainStatus", "todos.service"];
    // systemd's own number for credentials (`systemd.exec(5)`).
    scene.machine.until("systemd told why", &asked, |status| status == "243").await;
    certificate::make(&scene.folder, DOMAIN);
    fs::copy(scene.folder.join("fullchain.pem"), &kept).unwrap();
    let came = in_time("the service was started again", visit(scene.server, &kept)).await;
    assert_eq!(came.unwrap(), 200);
}
