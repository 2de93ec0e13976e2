//! What it has done, as numbers.

use crate::todos;
use orion_tests::{App, in_time};
use std::collections::BTreeMap;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Every sample by its name and labels, whole numbers of them. Each must be described, and the text complete.
async fn samples(app: &App) -> BTreeMap<String, u64> {
    let answer = app.health().get("/metrics").send().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, OPEN_METRICS));
    let text = answer.text();
    assert!(text.ends_with("# EOF\n"), "{text}");
    let described: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    let mut samples = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(described.iter().any(|family| name.starts_with(family)), "{name} is not described");
        let whole = value.split('.').next().unwrap();
        let twice = samples.insert(name.to_owned(), whole.parse().unwrap());
        assert_eq!(twice, None, "{name} is there twice");
    }
    samples
}

#[tokio::test]
async fn what_was_done_is_counted() {
    let app = todos().start().await;
    let visitor = app.client();
    let mut events = visitor.get(&visitor.live("/").await).encoding("br").stream().await;
    events.until("the list came", |event| event.value("elements").contains("0 remaining")).await;
    let before = samples(&app).await;
    for title in ["milk", "bread", ""] {
        visitor.post("/todos").form(&[("title", title)]).send().await;
    }
    events.until("all were shown", |event| event.value("elements").contains("bread")).await;
    let after = samples(&app).await;

    let now = |name: &str| after[name];
    let more = |name: &str| now(name) - before[name];
    assert_eq!(now(r#"orion_commands_total{slice="todos",command="create",status="303"}"#), 2);
    assert_eq!(now(r#"orion_commands_total{slice="todos",command="create",status="422"}"#), 1);
    assert_eq!(more("orion_command_seconds_count"), 3);
    assert_eq!(more("orion_writes_total"), 2);
    assert_eq!(more("orion_group_writes_sum"), 2);
    assert_eq!(more("orion_group_writes_count"), more("orion_commits_total"));
    assert_eq!(more("orion_commit_seconds_count"), more("orion_commits_total"));
    assert!((1..=2).contains(&more("orion_renders_total")), "two changes may be one frame");
    assert_eq!(more("orion_frames_total"), more("orion_renders_total"));
    assert_eq!(more("orion_frames_sent_total"), more("orion_frames_total"));
    assert!(more("orion_frame_bytes_total") > 0);
    for (name, value) in [("streams", 1), ("viewers", 1), ("cells", 1), ("queue_depth", 0)] {
        assert_eq!(now(&format!("orion_{name}")), value, "{name}");
    }
    assert_eq!(now("orion_writes_refused_total"), 0);
    assert_eq!(now("orion_streams_dropped_total"), 0);
}

#[tokio::test]
async fn writes_that_wait_and_writes_that_are_not_let_in_are_counted() {
    const QUEUE: u64 = 4;
    let app = todos().env("ORION_QUEUE", QUEUE.to_string()).start().await;
    let other = rusqlite::Connection::open(app.folder().join("todos.db")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let add = || {
        let client = app.client();
        tokio::spawn(async move { client.post("/todos").form(&[("title", "milk")]).send().await.text() })
    };
    let mut sent = Vec::new();
    let full = async {
        // Some are with the writer, which waits; as many as may wait behind it; the rest is sent away.
        while samples(&app).await["orion_queue_depth"] != QUEUE {
            sent.push(add());
        }
        sent.push(add());
    };
    in_time("as many wait as may", full).await;
    drop(other);
    let mut refused = 0;
    for sent in sent {
        refused += u64::from(sent.await.unwrap().contains("The server is busy."));
    }
    assert!(refused >= 1);
    assert_eq!(samples(&app).await["orion_writes_refused_total"], refused);
}
