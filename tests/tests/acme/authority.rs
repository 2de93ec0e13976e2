//! Pebble, and a name server that finds every name on this machine.

use crate::in_time;
use orion_tests::http::tls;
use orion_tests::{certificate, port};
use serde_json::json;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const NAME: &str = "localhost";

/// A running authority, killed when dropped.
pub(crate) struct Authority {
    /// Where it looks whether a name is somebody's.
    pub(crate) validates: u16,
    port: u16,
    management: u16,
    processes: Vec<Child>,
    folder: TempDir,
}

impl Authority {
    /// Its certificates are good for so many seconds.
    pub(crate) async fn start(validates: u16, seconds: u32) -> Self {
        let folder =
            tempfile::Builder::new().prefix("orion-authority-").tempdir().expect("a temporary folder");
        certificate::make(folder.path(), NAME);
        let (port, management, names) = (port::free(), port::free(), port::free());
        let config = json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": folder.path().join("fullchain.pem"),
            "privateKey": folder.path().join("privkey.pem"),
            "httpPort": port::free(),
            "tlsPort": validates,
            "ocspResponderURL": "",
            "externalAccountBindingRequired": false,
            "certificateValidityPeriod": seconds,
        }});
        fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        let mut name_server = Command::new("pebble-challtestsrv");
        name_server.args(["-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""]);
        name_server.arg("-dns01").arg(format!("127.0.0.1:{names}"));
        name_server.arg("-management").arg(format!("127.0.0.1:{}", port::free()));
        let mut pebble = Command::new("pebble");
        pebble.args(["-config", "config.json", "-dnsserver"]).arg(format!("127.0.0.1:{names}"));
        // It would wait some seconds before it looks, as if it were busy.
        pebble.env("PEBBLE_VA_NOSLEEP", "1");
        let processes = [name_server, pebble].map(|program| started(program, &folder)).into();
        let authority = Self { validates, port, management, processes, folder };
        let root = in_time("the authority answered", authority.ask_root()).await;
        fs::write(authority.root(), root).unwrap();
        authority
    }

    /// Ends it; its files stay.
    pub(crate) fn end(&mut self) {
        for process in &mut self.processes {
            // Both fail only for a process that has already ended.
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    pub(crate) fn directory(&self) -> String {
        format!("https://{NAME}:{}/dir", self.port)
    }

    /// What its own API shows.
    pub(crate) fn own_certificate(&self) -> PathBuf {
        self.folder.path().join("fullchain.pem")
    }

    /// Who signs what it gives.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    async fn ask_root(&self) -> String {
        let mut tries = tokio::time::interval(Duration::from_millis(50));
        loop {
            tries.tick().await;
            if let Ok(answer) = Box::pin(self.try_root()).await
                && let Some((_, body)) = answer.split_once("\r\n\r\n")
            {
                return body.to_owned();
            }
        }
    }

    async fn try_root(&self) -> io::Result<String> {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, self.management));
        let mut stream = tls(NAME, server, &self.own_certificate(), Ipv4Addr::LOCALHOST, b"http/1.1").await?;
        stream.write_all(format!("GET /roots/0 HTTP/1.0\r\nhost: {NAME}\r\n\r\n").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.end();
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            eprintln!("--- log of the authority:\n{log}--- end of the log");
        }
    }
}

fn started(mut program: Command, folder: &TempDir) -> Child {
    let log = File::options().create(true).append(true).open(folder.path().join("log")).unwrap();
    program.current_dir(folder.path()).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    program
        .spawn()
        .unwrap_or_else(|cause| panic!("{program:?} did not start (tests/run installs it): {cause}"))
}
