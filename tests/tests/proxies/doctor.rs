//! What is wrong with a proxy, `app doctor` finds from outside, and nothing else.

use crate::front::{DOMAIN, Front};
use crate::{board, make};
use futures_util::future::join_all;
use orion_tests::{App, binary};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

/// What is right, and what stands there in its place.
type Changes<'a> = &'a [(&'a str, &'a str)];

/// What the doctor said, and its exit code.
struct Told {
    text: String,
    code: Option<i32>,
}

impl Told {
    fn wrong(&self) -> Vec<&str> {
        self.text.lines().filter_map(|line| line.strip_prefix("wrong  ")).collect()
    }

    /// Exactly these things are wrong, each with a way out.
    fn is(&self, name: &str, wrong: &[&str]) {
        let found = self.wrong();
        let alike = found.len() == wrong.len()
            && found.iter().zip(wrong).all(|(found, start)| found.starts_with(start));
        assert!(alike, "{name}: {wrong:?} were to be found:\n{}", self.text);
        assert_eq!(self.text.matches("\n       help: ").count(), wrong.len(), "{}", self.text);
        assert_eq!(self.code, Some(i32::from(!wrong.is_empty())), "{name}");
    }
}

/// Watching takes longer than a silence of the application, 15 seconds, and longer than other waits of a test.
async fn doctor(url: String, at: u16, root: &Path) -> Told {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(binary("board"));
    command.args(["doctor", &url, "--at", &format!("127.0.0.1:{at}")]);
    command.env("SSL_CERT_FILE", root).current_dir(folder.path());
    let ran = tokio::task::spawn_blocking(move || command.output());
    let output =
        tokio::time::timeout(Duration::from_mins(2), ran).await.expect("the doctor is done").unwrap();
    let output = output.expect("the doctor runs");
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Told { text, code: output.status.code() }
}

async fn examined(front: &Front) -> Told {
    doctor(format!("https://{DOMAIN}/boards/1"), front.port, &front.root).await
}

/// An application with a board.
async fn ready() -> App {
    let app = board().await;
    make(&app.client()).await;
    app
}

/// nginx as `app proxy` prints it, with some things in place of others.
async fn wrong(app: &App, changes: Changes<'_>) -> Front {
    let change = |site: String| {
        changes.iter().fold(site, |site, (right, wrong)| {
            assert!(site.contains(right), "{site}");
            site.replace(right, wrong)
        })
    };
    Front::nginx_changed(app, change).await
}

#[tokio::test]
async fn nothing_is_wrong_with_what_is_printed() {
    let app = ready().await;
    let fronts = [Front::caddy(&app).await, Front::nginx(&app).await];
    for (front, told) in fronts.iter().zip(join_all(fronts.iter().map(examined)).await) {
        told.is(front.name, &[]);
        for well in [
            "HTTP/2 is spoken",
            "clock",
            "pages come compressed",
            "https",
            "streams come compressed",
            "at once",
            "outlive a silence of 15 s",
            "32 pages of one visitor are live at once",
        ] {
            assert!(told.text.contains(well), "{}: {well}\n{}", front.name, told.text);
        }
    }
}

#[tokio::test]
async fn each_mistake_in_a_proxy_is_found_and_named() {
    let app = ready().await;
    let strip = "proxy_set_header Accept-Encoding \"\"; proxy_buffering off;";
    let gzip = "gzip on; gzip_proxied any; gzip_min_length 0; gzip_types text/event-stream;";
    // nginx asks in HTTP/1.0 if nothing is said. In 1.1 it sees where a chunk ends, and passes it on although it buffers.
    let buffer = [
        ("proxy_http_version 1.1;", "proxy_http_version 1.0;"),
        ("proxy_buffering off;", "proxy_ignore_headers X-Accel-Buffering;"),
    ];
    let short = ("proxy_read_timeout 1h;", "proxy_read_timeout 7s;");
    let zone = ("# First get", "limit_conn_zone $binary_remote_addr zone=visitors:1m;\n# First get");
    let mistakes: [(Changes<'_>, &[&str]); 10] = [
        (&buffer, &["streams are held back"]),
        (&[short], &["a stream was ended after "]),
        (&[buffer[0], buffer[1], short], &["streams are held back", "a stream was ended after "]),
        (&[("ssl http2;", "ssl;")], &["HTTP/2 is missing"]),
        (&[("proxy_buffering off;", strip)], &["pages come uncompressed", "streams come uncompressed"]),
        (
            &[("gzip off;", gzip), ("proxy_buffering off;", strip)],
            &["pages come as gzip", "streams come as gzip"],
        ),
        (
            &[("proxy_set_header X-Forwarded-Proto $scheme;", "")],
            &["the application does not know that it is asked by https"],
        ),
        (
            &[("http2_max_concurrent_streams 512;", "http2_max_concurrent_streams 6;")],
            &["of 32 pages of one visitor only 6 are live at once: others wait"],
        ),
        (
            &[zone, ("gzip off;", "limit_conn visitors 10; gzip off;")],
            &["of 32 pages of one visitor only 10 are live at once: others are answered 503"],
        ),
        // As many connections as a browser opens are not the only limit where there is no HTTP/2.
        (
            &[zone, ("gzip off;", "limit_conn visitors 10; gzip off;"), ("ssl http2;", "ssl;")],
            &[
                "HTTP/2 is missing",
                "of 32 pages of one visitor only 10 are live at once: others are answered 503",
            ],
        ),
    ];
    let mut fronts = Vec::new();
    for (changes, _) in &mistakes {
        fronts.push(wrong(&app, changes).await);
    }
    let told = join_all(fronts.iter().map(examined)).await;
    for ((changes, found), told) in mistakes.iter().zip(told) {
        told.is(&format!("nginx with {changes:?}"), found);
    }
}

#[tokio::test]
async fn an_application_that_is_down_and_a_proxy_that_is_not_there_are_told_apart() {
    let mut app = ready().await;
    let front = Front::nginx(&app).await;
    app.term().await;
    let told = examined(&front).await;
    told.is("nginx", &["the page is answered 502 Bad Gateway: the application does not get the request"]);
    let (port, root) = (front.port, front.root.clone());
    drop(front);
    let told = doctor(format!("https://{DOMAIN}/"), port, &root).await;
    told.is("nobody", &["nobody answers for board.test: Connection refused"]);
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_found() {
    let app = ready().await;
    let (front, other) = (Front::nginx(&app).await, Front::nginx(&app).await);
    let told = doctor(format!("https://{DOMAIN}/"), front.port, &other.root).await;
    told.is("nginx", &["TLS does not come about: invalid peer certificate"]);
}

/// As a server that lives in another time says it, and without TLS.
#[tokio::test]
async fn a_clock_that_is_wrong_is_found() {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut visitor, _) = server.accept().await.unwrap();
            assert_ne!(visitor.read(&mut [0; 4096]).await.unwrap(), 0, "a request comes in one piece");
            let answer = "HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-encoding: br\r\ncontent-length: 0\r\n\r\n";
            visitor.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let root = tempfile::NamedTempFile::new().unwrap();
    let told = doctor("http://a.example/".to_owned(), port, root.path()).await;
    told.is("the past", &["there is no TLS", "its clock and this one are "]);
    assert!(told.text.contains("open   streams: the page shows nothing that is live"), "{}", told.text);
}
