//! How the process begins, ends and defends itself: signals, the command line, limits. Without a browser.

use orion_tests::http::Ending;
use orion_tests::process::{Launch, signal};
use orion_tests::{App, Client, binary, in_time};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// Longer than any test waits: whatever ends earlier did not wait for it.
const FOR_EVER: &str = "3600";

fn todos() -> Launch {
    App::of(binary("todos"))
}

/// Where the live stream of the page `/` is; its visitor has the page's cookie afterwards.
async fn live(visitor: &Client) -> String {
    let page = visitor.get("/").send().await.text();
    let (_, rest) = page.split_once("/_orion/live?page=").expect("the page opens a stream");
    format!("/_orion/live?page={}", rest.split('\'').next().unwrap_or_default())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A connection that says exactly what a test makes it say.
async fn connect(app: &App) -> TcpStream {
    TcpStream::connect(("127.0.0.1", app.port())).await.expect("the application accepts a connection")
}

async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut got = Vec::new();
    let read = async {
        while !text(&got).contains(end) {
            assert_ne!(stream.read_buf(&mut got).await.expect("more comes"), 0, "{}", text(&got));
        }
    };
    in_time(&format!("{end:?} came"), read).await;
    text(&got)
}

mod ending {
    use super::*;

    async fn a_hundred_streams_end_at_once_with(signal: &str) {
        let mut app = todos().env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER).start().await;
        let visitor = app.client();
        let path = live(&visitor).await;
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
        let mut app = todos()
            .env("ORION_SHUTDOWN_TIMEOUT", FOR_EVER)
            .env("ORION_REQUEST_TIMEOUT", FOR_EVER)
            .start()
            .await;
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
}

mod command_line {
    use super::*;

    async fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let launch = arguments.iter().fold(todos(), |launch, argument| launch.arg(*argument));
        environment.iter().fold(launch, |launch, (name, value)| launch.env(*name, *value)).run().await
    }

    #[tokio::test]
    async fn help_lists_the_commands() {
        let output = run(&["--help"], &[]).await;
        assert_eq!(
            text(&output.stdout),
            "\
Usage: todos [COMMAND]

Commands:
  serve    Answer requests (the default)
  migrate  Apply what the database still lacks
  routes   List every route: method, path and who answers it

Options:
  -h, --help     Print help
  -V, --version  Print version
"
        );
        assert_eq!(output.status.code(), Some(0));
    }

    #[tokio::test]
    async fn the_version_is_of_the_application_and_of_orion() {
        let output = run(&["--version"], &[]).await;
        assert_eq!(text(&output.stdout), format!("todos on orion {}\n", env!("CARGO_PKG_VERSION")));
    }

    #[tokio::test]
    async fn an_unknown_command_is_refused() {
        let output = run(&["frobnicate"], &[]).await;
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).starts_with("error: unrecognized subcommand 'frobnicate'\n"));
    }

    #[tokio::test]
    async fn routes_are_listed_in_the_order_of_their_declarations() {
        let output = run(&["routes"], &[]).await;
        assert_eq!(
            text(&output.stdout),
            "\
GET    /                   page todos::home
POST   /todos              command todos::create
POST   /todos/{id}/toggle  command todos::toggle
"
        );
        assert_eq!(output.status.code(), Some(0));
    }

    #[tokio::test]
    async fn a_migration_is_asked_for_applied_and_done() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("it.db");
        let database = database.to_str().unwrap();
        let told = async |arguments: &[&str]| {
            let output = run(arguments, &[("ORION_DATABASE", database), ("ORION_LOG", "warn")]).await;
            assert_eq!(text(&output.stderr), "");
            (output.status.code(), text(&output.stdout))
        };
        let missing = (Some(1), "missing: todos::CREATE\n".to_owned());
        assert_eq!(told(&["migrate", "--check"]).await, missing);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "asking leaves nothing behind");
        assert_eq!(told(&["migrate"]).await, (Some(0), "applied: todos::CREATE\n".to_owned()));
        let done = (Some(0), format!("{database} is up to date\n"));
        assert_eq!(told(&["migrate", "--check"]).await, done);
        assert_eq!(told(&["migrate"]).await, done);
    }

    #[tokio::test]
    async fn a_second_process_on_one_file_is_refused_whatever_its_port() {
        let app = todos().start().await;
        let database = app.folder().join("todos.db");
        let environment = [("ORION_DATABASE", database.to_str().unwrap()), ("ORION_LISTEN", "127.0.0.1:0")];
        for command in ["serve", "migrate"] {
            let output = run(&[command], &environment).await;
            assert_eq!(
                text(&output.stderr),
                format!(
                    "\
error: the database `{}` cannot be opened: another orion process has it open (process {})
help: two processes on one file would not hear of each other's changes; stop the other one first, or give this one a file of its own
",
                    database.display(),
                    app.id().unwrap()
                )
            );
            assert_eq!(output.status.code(), Some(1));
        }
        let check = run(&["migrate", "--check"], &environment).await;
        assert_eq!(check.status.code(), Some(0), "asking needs no lock");
        assert_eq!(app.client().get("/").send().await.status, 200);
    }

    #[tokio::test]
    async fn every_problem_of_the_configuration_is_listed() {
        let environment = [
            ("ORION_LISTEN", "nowhere"),
            ("ORION_SYNCHRONOUS", "sometimes"),
            ("ORION_WRITE_TIMEOUT", "0"),
            ("ORION_SECRET", "short"),
            ("ORION_LISEN", "127.0.0.1:3000"),
        ];
        let output = run(&[], &environment).await;
        assert_eq!(
            text(&output.stderr),
            "\
error: the configuration has 5 problems:
  listen: must be an address and a port, such as 127.0.0.1:3000, not `nowhere` (ORION_LISTEN in the environment)
  synchronous: must be `full` or `normal`, not `sometimes` (ORION_SYNCHRONOUS in the environment)
  write_timeout: must be a number of seconds above 0 (ORION_WRITE_TIMEOUT in the environment)
  lisen: there is no such setting (ORION_LISEN in the environment); there are listen, database, synchronous, queue, \
             development, secret, origins, log, log_format, body_limit, request_timeout, write_timeout, shutdown_timeout, \
             streams_per_viewer, streams
  secret: must have at least 32 characters; try `openssl rand -hex 32`
"
        );
        assert_eq!(output.status.code(), Some(1));
    }

    #[tokio::test]
    async fn a_configuration_file_that_is_named_must_be_there() {
        let output = run(&["migrate", "--check"], &[("ORION_CONFIG", "/nowhere/orion.toml")]).await;
        assert_eq!(
            text(&output.stderr),
            "\
error: the configuration has 1 problem:
  there is no file /nowhere/orion.toml (ORION_CONFIG in the environment)
"
        );
        assert_eq!(output.status.code(), Some(1));
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named_with_the_way_out() {
        let app = todos().start().await;
        let taken = format!("127.0.0.1:{}", app.port());
        let output = run(&[], &[("ORION_LISTEN", &taken), ("ORION_LOG", "warn")]).await;
        let said = text(&output.stderr);
        assert!(
            said.starts_with(&format!("error: cannot listen on {taken}: Address already in use")),
            "{said}"
        );
        let help = "\nhelp: set ORION_LISTEN to another address, such as 127.0.0.1:3001\n";
        assert!(said.ends_with(help), "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
}

mod limits {
    use super::*;

    async fn in_haste() -> App {
        todos().env("ORION_REQUEST_TIMEOUT", "1").start().await
    }

    #[tokio::test]
    async fn a_client_that_sends_no_headers_is_dropped() {
        let app = in_haste().await;
        for beginning in ["", "G", "GET / HTTP/1.1\r\nhost: a\r\nx:", "PRI * HT"] {
            assert_eq!(text(&app.client().raw(beginning.as_bytes()).await), "", "{beginning:?}");
        }
    }

    #[tokio::test]
    async fn a_client_that_sends_its_headers_letter_by_letter_is_dropped() {
        let app = in_haste().await;
        let mut stream = connect(&app).await;
        let trickle = async {
            let mut pace = tokio::time::interval(std::time::Duration::from_millis(50));
            for letter in b"GET / HTTP/1.1\r\nx: ".iter().chain(std::iter::repeat(&b'x')) {
                pace.tick().await;
                if stream.write_all(&[*letter]).await.is_err() {
                    break;
                }
            }
        };
        in_time("the client was dropped", trickle).await;
    }

    #[tokio::test]
    async fn an_http2_connection_without_a_request_is_dropped() {
        let app = in_haste().await;
        // The preface and an empty SETTINGS frame (RFC 9113, sections 3.4 and 6.5).
        let mut preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        preface.extend([0, 0, 0, 4, 0, 0, 0, 0, 0]);
        assert_ne!(app.client().raw(&preface).await, b"", "it is spoken with at first");
    }

    #[tokio::test]
    async fn a_stream_is_not_dropped_for_having_nothing_to_say() {
        let app = in_haste().await;
        let visitor = app.client();
        let mut events = visitor.get(&live(&visitor).await).stream().await;
        // A client that is dropped for its silence marks the time.
        app.client().raw(b"GET").await;
        app.client().post("/todos").form(&[("title", "milk")]).send().await;
        events.until("milk was on the list", |event| event.value("elements").contains("milk")).await;
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_refused_in_words() {
        let app = in_haste().await;
        let mut stream = connect(&app).await;
        let head = "POST /todos HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        let answer = read_until(&mut stream, "The body did not arrive in time.").await;
        assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    }

    #[tokio::test]
    async fn a_body_that_is_too_large_is_refused_in_words() {
        let app = todos().env("ORION_BODY_LIMIT", "1000").start().await;
        for size in [1_001, 100_000, 5_000_000] {
            let form = app.client().post("/todos").form(&[("title", &"x".repeat(size))]);
            let answer = form.send().await;
            assert_eq!(answer.status, 413, "{size}");
            assert_eq!(answer.text(), "The request is larger than 1000 bytes.", "{size}");
        }
        assert_eq!(app.client().post("/todos").form(&[("title", "milk")]).send().await.status, 303);
        assert!(app.client().get("/").send().await.text().contains("1 remaining"));
    }

    #[tokio::test]
    async fn a_stream_whose_reader_stands_still_is_closed_and_others_go_on() {
        let app = todos().env("ORION_WRITE_TIMEOUT", "1").env("ORION_STREAMS_PER_VIEWER", "1").start().await;
        // More than all buffers between the two processes hold.
        for _ in 0..10 {
            app.client().post("/todos").form(&[("title", &"x".repeat(1_000_000))]).send().await;
        }
        let (slow, other) = (app.client(), app.client());
        let path = live(&slow).await;
        let mut events = other.get(&live(&other).await).stream().await;
        let other = tokio::spawn(async move {
            events.until("the other got on", |event| event.value("elements").contains("9 remaining")).await
        });
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let mut stream = socket.connect(([127, 0, 0, 1], app.port()).into()).await.unwrap();
        let cookie = slow.cookie("orion_viewer").unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\ncookie: orion_viewer={cookie}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        read_until(&mut stream, "text/event-stream").await;
        assert_eq!(slow.get(&path).send().await.status, 503, "the viewer's only stream is open");
        // From here on it reads nothing.
        let closed = async {
            let mut looks = tokio::time::interval(std::time::Duration::from_millis(50));
            while slow.get(&path).stream().await.status != 200 {
                looks.tick().await;
            }
        };
        in_time("the stream that stood still was closed", closed).await;
        app.client().post("/todos/1/toggle").send().await;
        other.await.unwrap();
        let mut rest = Vec::new();
        let _ = in_time("what was on its way came", stream.read_to_end(&mut rest)).await;
        assert!(!rest.ends_with(b"\r\n0\r\n\r\n"), "the response was not complete");
    }
}
