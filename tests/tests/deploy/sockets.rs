//! A socket that outlives the process, as systemd keeps one: a restart refuses no connection.

use orion_tests::process::Launch;
use orion_tests::{App, Load, binary};
use std::io;
use std::time::Duration;

const RESTARTS: usize = 5;
const WRITERS: usize = 8;
const PAUSE: Duration = Duration::from_millis(2);

fn activated() -> Launch {
    App::of(binary("todos")).env("ORION_LOG", "warn,orion=info").activated()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_under_load_refuse_nobody() {
    let mut app = activated().start().await;
    let load = Load::start(&app.client(), WRITERS, PAUSE);
    for _ in 0..RESTARTS {
        load.goes_on().await;
        assert_eq!(app.term().await.code(), Some(0));
        app.restart().await;
    }
    load.goes_on().await;
    let told = load.stop_and_count(&format!("{RESTARTS} restarts")).await;
    assert_eq!(told.failed, [""; 0]);
    assert!(!app.log().contains("WARN"), "{}", app.log());
}

/// Who was being served by the process that was killed is cut off; nobody is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_under_load_lose_nothing_that_was_answered() {
    let mut app = activated().start().await;
    let load = Load::start(&app.client(), WRITERS, PAUSE);
    for _ in 0..RESTARTS {
        load.goes_on().await;
        app.kill9();
        app.restart().await;
    }
    load.goes_on().await;
    let told = load.stop_and_count(&format!("{RESTARTS} times kill -9")).await;
    let refused = format!("{:?}", io::ErrorKind::ConnectionRefused);
    assert!(!told.failed.iter().any(|failed| failed.contains(&refused)), "{:?}", told.failed);
}

#[tokio::test]
async fn the_log_says_whose_the_socket_is() {
    let app = activated().start().await;
    assert!(app.log().contains(r#""socket":"Inherited""#), "{}", app.log());
}
