//! A proxy that runs what `app proxy` prints.

use orion_tests::{App, Client, binary, certificate, in_time, port};
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Nobody's (RFC 6761).
pub(crate) const DOMAIN: &str = "board.test";

/// A running proxy, killed when dropped.
pub(crate) struct Front {
    pub(crate) name: &'static str,
    port: u16,
    root: PathBuf,
    process: Child,
    folder: tempfile::TempDir,
}

impl Front {
    /// Caddy, with what it prints as it is. What stands around it makes Caddy sign its certificate itself and leave the machine alone.
    pub(crate) async fn caddy(app: &App) -> Self {
        let (site, folder, port) = (printed(app, "caddy").await, folder(), port::free());
        let path = folder.path().display();
        let around = format!(
            "{{\n\
                debug\n\
                admin off\n\
                local_certs\n\
                skip_install_trust\n\
                auto_https disable_redirects\n\
                storage file_system {path}/storage\n\
                https_port {port}\n\
            }}\n"
        );
        let file = folder.path().join("Caddyfile");
        fs::write(&file, around + &site).unwrap();
        let mut caddy = Command::new("caddy");
        caddy.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file).env("HOME", folder.path());
        let root = folder.path().join("storage/pki/authorities/local/root.crt");
        Self { name: "caddy", port, root, process: started(caddy, folder.path()), folder }.ready().await
    }

    /// nginx.
    pub(crate) async fn nginx(app: &App) -> Self {
        Self::nginx_changed(app, |site| site).await
    }

    /// nginx, with a change to what it prints, besides the ports and the certificate's folder. What stands around it is Debian's in little.
    pub(crate) async fn nginx_changed(app: &App, change: impl FnOnce(String) -> String) -> Self {
        let (mut site, folder, port) = (printed(app, "nginx").await, folder(), port::free());
        let path = folder.path().display();
        for (theirs, ours) in [
            ("listen 80", format!("listen 127.0.0.1:{}", port::free())),
            ("listen [::]:80", format!("listen unix:{path}/80")),
            ("listen 443", format!("listen 127.0.0.1:{port}")),
            ("listen [::]:443", format!("listen unix:{path}/443")),
            (&*format!("/etc/letsencrypt/live/{DOMAIN}/"), format!("{path}/")),
        ] {
            assert!(site.contains(theirs), "{site}");
            site = site.replace(theirs, &ours);
        }
        fs::write(folder.path().join("site.conf"), change(site)).unwrap();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|what| format!("{what}_temp_path {path}/{what};\n")).concat();
        let around = format!(
            "daemon off;\nmaster_process off;\npid {path}/pid;\nerror_log {path}/log;\n\
            events {{ worker_connections 768; }}\n\
            http {{ {temporary} access_log off; gzip on; include {path}/site.conf; }}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, around).unwrap();
        certificate::make(folder.path(), DOMAIN);
        let mut nginx = Command::new("nginx");
        nginx.arg("-c").arg(&file);
        let root = folder.path().join("fullchain.pem");
        Self { name: "nginx", port, root, process: started(nginx, folder.path()), folder }.ready().await
    }

    /// A new visitor, on a connection of its own.
    pub(crate) async fn visitor(&self) -> Client {
        self.visitor_at(Ipv4Addr::LOCALHOST).await
    }

    /// A new visitor with an address of 127.0.0.0/8.
    pub(crate) async fn visitor_at(&self, own: Ipv4Addr) -> Client {
        in_time("a visitor came in", self.try_visitor(own)).await.expect("the proxy lets visitors in")
    }

    /// Waits until the proxy has printed `text`.
    pub(crate) async fn wait_log(&self, text: &str) {
        let printed = async {
            let mut looks = tokio::time::interval(Duration::from_millis(10));
            while !self.log().contains(text) {
                looks.tick().await;
            }
        };
        in_time(&format!("{} printed {text:?}", self.name), printed).await;
    }

    fn log(&self) -> String {
        fs::read(self.folder.path().join("log"))
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }

    async fn try_visitor(&self, own: Ipv4Addr) -> io::Result<Client> {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        // A handshake of TLS has 16 kB of state, which would be in every test's future.
        Box::pin(Client::secure(DOMAIN, server, &self.root, own)).await
    }

    /// Asks until somebody is let in: nothing else tells that a proxy is there.
    async fn ready(mut self) -> Self {
        let ready = async {
            let mut tries = tokio::time::interval(Duration::from_millis(10));
            while let Err(cause) = self.try_visitor(Ipv4Addr::LOCALHOST).await {
                if let Ok(Some(status)) = self.process.try_wait() {
                    panic!("{} ended with {status}, before a visitor came in ({cause})", self.name);
                }
                tries.tick().await;
            }
        };
        in_time("the proxy let visitors in", ready).await;
        self
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        // Both fail only for a process that has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            eprintln!("--- log of {}:\n{}--- end of the log", self.name, self.log());
        }
    }
}

/// What the application prints for a proxy in front of it.
async fn printed(app: &App, proxy: &str) -> String {
    let launch = App::of(binary("board")).arg("proxy").arg(proxy).arg("--domain").arg(DOMAIN);
    let listen = format!("ORION_LISTEN=127.0.0.1:{}", app.port());
    let output = launch.arg("--env").arg(listen).run().await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a configuration is text")
}

fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("orion-front-").tempdir().expect("a temporary folder")
}

fn started(mut proxy: Command, folder: &Path) -> Child {
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    proxy.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    proxy.spawn().unwrap_or_else(|cause| panic!("{proxy:?} did not start (tests/run installs it): {cause}"))
}
