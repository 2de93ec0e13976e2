//! Signals, and what is finished before the process ends.

use crate::{FOR_EVER, connect, read_until, todos};
use orion_tests::http::Ending;
use orion_tests::process::signal;
use orion_tests::{App, Client, binary, in_time};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Instant;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

async fn a_hundred_streams_end_at_once_with(signal: &str) {
    let mut app = todos().env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER).start().await;
    let visitor = app.client();
    let path = visitor.live("/").await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        let mut events = visitor.get(&path).encoding("br").stream().await;
        events.until("the list came", |event| event.value("elements").contains("0 remaining")).await;
        streams.push(events);
    }
    let start = Instant::now();
    app.signal(signal);
    assert_eq!(app.ended().await.code(), Some(0));
    println!("SIG{signal}: ended with 100 open streams after {:.1?}", start.elapsed());
    for mut events in streams {
        assert!(matches!(events.ending().await, Ending::Clean));
    }
}

#[tokio::test]
async fn sigterm_ends_a_hundred_streams_cleanly_and_does_not_wait() {
    a_hundred_streams_end_at_once_with("TERM").await;
}

#[tokio::test]
async fn sigint_ends_a_hundred_streams_cleanly_and_does_not_wait() {
    a_hundred_streams_end_at_once_with("INT").await;
}

/// A process whose log the test reads itself; it is killed when dropped.
struct Listening {
    process: Child,
    _folder: tempfile::TempDir,
    log: Option<BufReader<ChildStderr>>,
    url: String,
}

impl Listening {
    /// Returns as soon as the log says where it listens.
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(binary("todos"))
            .current_dir(folder.path())
            .env("ORION_LISTEN", "127.0.0.1:0")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let url = log.by_ref().lines().map(Result::unwrap).find_map(|line| {
            let (_, rest) = line.split_once("listening on ")?;
            Some(rest.split('"').next()?.to_owned())
        });
        Self { process, _folder: folder, log: Some(log), url: url.expect("it says where it listens") }
    }

    fn term(&mut self) -> Option<i32> {
        signal("TERM", self.process.id());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // Both fail only for a process that has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn who_is_asked_to_end_as_soon_as_it_listens_ends_in_good_order() {
    assert_eq!(Listening::start().term(), Some(0));
}

#[tokio::test]
async fn a_log_that_nobody_reads_any_more_stops_nothing() {
    let mut app = Listening::start();
    drop(app.log.take());
    assert_eq!(Client::new(&app.url).get("/").send().await.status, 200);
    assert_eq!(app.term(), Some(0));
}

#[tokio::test]
async fn connections_that_say_nothing_do_not_hold_up_the_end() {
    let mut app =
        todos().env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER).env("ORION_REQUEST_TIMEOUT", FOR_EVER).start().await;
    let silent = connect(&app).await;
    let mut kept = connect(&app).await;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    read_until(&mut kept, "</html>").await;
    assert_eq!(app.term().await.code(), Some(0));
    drop((silent, kept));
}

/// A command whose body was asked for: it is under way.
async fn command_under_way(app: &App) -> TcpStream {
    let mut stream = connect(app).await;
    let head = "POST /todos HTTP/1.1\r\nhost: a\r\ndatastar-request: true\r\ncontent-type: application/json\r\n\
                expect: 100-continue\r\ncontent-length: 16\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    read_until(&mut stream, "HTTP/1.1 100 Continue\r\n\r\n").await;
    stream
}

#[tokio::test]
async fn a_command_under_way_is_finished_and_answered() {
    let mut app = todos().env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER).start().await;
    let mut stream = command_under_way(&app).await;
    app.signal("TERM");
    app.wait_log("stopping").await;
    stream.write_all(br#"{"title":"milk"}"#).await.unwrap();
    let answer = read_until(&mut stream, r#"{"title":""}"#).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert_eq!(app.ended().await.code(), Some(0));
    app.restart().await;
    assert!(app.client().get("/").send().await.text().contains("milk"));
}

#[tokio::test]
async fn nobody_new_is_let_in_while_a_command_is_finished() {
    let mut app = todos().env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER).start().await;
    let stream = command_under_way(&app).await;
    app.signal("TERM");
    let refused = async {
        while app.client().get("/").try_send().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    in_time("nobody was let in any more", refused).await;
    drop(stream);
    assert_eq!(app.ended().await.code(), Some(0));
}

#[tokio::test]
async fn a_command_that_never_comes_is_waited_for_no_longer_than_configured() {
    let mut app =
        todos().env("ORION_SHUTDOWN_TIMEOUT", "0.5").env("ORION_REQUEST_TIMEOUT", FOR_EVER).start().await;
    let stream = command_under_way(&app).await;
    assert_eq!(app.term().await.code(), Some(0));
    assert!(app.log().contains("shutdown did not wait any longer for open requests"), "{}", app.log());
    drop(stream);
}

#[tokio::test]
async fn a_write_that_does_not_end_is_waited_for_no_longer_than_configured() {
    let mut app = todos().env("ORION_SHUTDOWN_TIMEOUT", "0.5").start().await;
    // Another program holds the file: the writer waits for it, longer than the shutdown may take.
    let other = rusqlite::Connection::open(app.folder().join("todos.db")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let mut stream = command_under_way(&app).await;
    stream.write_all(br#"{"title":"milk"}"#).await.unwrap();
    assert_eq!(app.term().await.code(), Some(0));
    assert!(app.log().contains("shutdown did not wait any longer for the database"), "{}", app.log());
    other.execute_batch("rollback").unwrap();
}

#[tokio::test]
async fn in_the_end_all_is_in_the_one_file() {
    let mut app = todos().start().await;
    assert_eq!(app.client().post("/todos").form(&[("title", "milk")]).send().await.status, 303);
    assert_eq!(app.term().await.code(), Some(0));
    let copy = app.folder().join("copy.db");
    std::fs::copy(app.folder().join("todos.db"), &copy).unwrap();
    let copy = rusqlite::Connection::open(copy).unwrap();
    let title: String = copy.query_row("select title from todos", [], |row| row.get(0)).unwrap();
    assert_eq!(title, "milk", "without the log beside it");
}

/// A program that a service starts has the sign of the journal in its environment; its own output may go elsewhere.
#[tokio::test]
async fn a_journal_that_standard_error_does_not_go_to_is_left_alone() {
    let app = todos().env("JOURNAL_STREAM", "1:1").start().await;
    assert!(app.log().contains(r#""message":"listening on http://127.0.0.1:"#), "{}", app.log());
}
