//! Whether it is alive, and whether it can do its work.

use crate::{gets_ready, readiness, todos};
use orion_tests::{App, in_time};
use std::process::Command;

const ALL_IS_WELL: &str = "writer: ok\nrenderer: ok\nlistener: ok\n";

/// Another program that writes, until it is dropped.
fn another_program_writes(app: &App) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(app.folder().join("todos.db")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    other
}

/// Limits how large a file of the application may grow.
fn limit_files(app: &App, bytes: &str) {
    let limit = ["--pid", &app.id().unwrap().to_string(), &format!("--fsize={bytes}:unlimited")];
    assert!(Command::new("prlimit").args(limit).status().unwrap().success());
}

#[tokio::test]
async fn who_serves_is_alive_and_ready() {
    let app = todos().start().await;
    let alive = app.health().get("/healthz").send().await;
    assert_eq!((alive.status, alive.text().as_str()), (200, "ok\n"));
    assert_eq!(readiness(&app.health()).await, (200, ALL_IS_WELL.to_owned()));
}

#[tokio::test]
async fn the_public_is_told_nothing() {
    let app = todos().start().await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(app.client().get(path).send().await.status, 404, "{path}");
    }
    assert_eq!(app.health().get("/").send().await.status, 404);
}

#[tokio::test]
async fn a_file_that_is_busy_from_another_process_is_not_ready_and_alive() {
    let app = todos().start().await;
    let other = another_program_writes(&app);
    let silent = "writer: no answer within 2s\nrenderer: ok\nlistener: ok\n";
    assert_eq!(readiness(&app.health()).await, (503, silent.to_owned()));
    assert_eq!(app.health().get("/healthz").send().await.status, 200);
    drop(other);
    gets_ready(&app.health()).await;
}

#[tokio::test]
async fn a_full_disk_fails_commands_and_turns_health_red_until_there_is_room_again() {
    // Else the kernel ends whoever writes beyond the limit.
    let app = todos().first("trap '' XFSZ").start().await;
    limit_files(&app, "1");
    let add = async |title| app.client().post("/todos").form(&[("title", title)]).send().await.status;
    assert_eq!(add("too much").await, 500);
    for _ in 0..2 {
        let (status, report) = readiness(&app.health()).await;
        assert_eq!(status, 503);
        assert!(report.contains("writer: the commit failed"), "{report}");
        assert!(report.ends_with("renderer: ok\nlistener: ok\n"), "{report}");
    }
    assert_eq!(app.client().get("/").send().await.status, 200, "what is there is shown");
    limit_files(&app, "unlimited");
    assert_eq!(readiness(&app.health()).await, (200, ALL_IS_WELL.to_owned()), "it tries by itself");
    assert_eq!(add("enough").await, 303);
}

#[tokio::test]
async fn who_starts_is_alive_and_not_ready() {
    let mut app = todos().start().await;
    assert_eq!(app.term().await.code(), Some(0));
    let other = another_program_writes(&app);
    app.begin();
    let health = app.health();
    let alive = async {
        while health.get("/healthz").try_send().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    in_time("it was alive", alive).await;
    assert_eq!(readiness(&health).await, (503, "process: it is starting\n".to_owned()));
    assert_eq!(health.get("/metrics").send().await.status, 503);
    drop(other);
    gets_ready(&health).await;
}

#[tokio::test]
async fn an_address_that_is_taken_is_named_with_the_way_out() {
    let app = todos().start().await;
    let taken = format!("127.0.0.1:{}", app.port());
    let output = todos().env("ORION_HEALTH", &taken).env("ORION_LISTEN", "127.0.0.1:0").run().await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("error: cannot listen on {taken}: Address already in use")), "{said}");
    assert!(said.contains("help: set ORION_HEALTH to another address, or leave it out"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}
