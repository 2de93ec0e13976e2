//! The application restarts behind its proxy, and nobody is refused.

use crate::front::Front;
use crate::{add, board, make};
use orion_tests::{App, Client, binary, in_time};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

const WRITERS: usize = 8;
const RESTARTS: usize = 3;

#[tokio::test]
async fn behind_caddy_a_request_waits_until_the_application_is_back() {
    let mut app = board().await;
    let front = Front::caddy(&app).await;
    let visitor = front.visitor().await;
    make(&visitor).await;
    app.term().await;
    // Nobody listens: a proxy that does not wait answers 502 to both.
    let write = visitor.post("/boards").form(&[("name", "Garden")]);
    let asked = tokio::spawn(async move { tokio::join!(write.send(), visitor.get("/boards/1").send()) });
    app.restart().await;
    let (written, read) = in_time("both were answered", asked).await.unwrap();
    assert_eq!((written.status, written.header("location")), (303, "/boards/2"), "{}", written.text());
    assert_eq!(read.status, 200, "{}", read.text());
}

/// As `app unit` sets it up: the socket stays while processes come and go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_under_load_lose_no_request() {
    for name in ["caddy", "nginx"] {
        let mut app = App::of(binary("board")).env("ORION_LOG", "warn").activated().start().await;
        let front = if name == "caddy" { Front::caddy(&app).await } else { Front::nginx(&app).await };
        make(&front.visitor().await).await;
        let (over, answered) = (Arc::new(AtomicBool::new(false)), watch::Sender::new(0));
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            let visitor = front.visitor().await;
            writers.push(tokio::spawn(write(visitor, number, Arc::clone(&over), answered.clone())));
        }
        for _ in 0..RESTARTS {
            more(&answered).await;
            app.restart().await;
        }
        more(&answered).await;
        over.store(true, Ordering::Relaxed);
        let mut titles = Vec::new();
        for writer in writers {
            titles.extend(in_time("a writer ended", writer).await.expect("every command is answered"));
        }
        let page = app.client().get("/boards/1").send().await.text();
        let lost = titles.iter().filter(|title| !page.contains(&format!(">{title}<"))).count();
        println!("{name}: {RESTARTS} restarts, {} commands answered, {lost} of them lost", titles.len());
        assert_eq!(lost, 0);
    }
}

/// Waits until some more commands were answered: the load meets a process that works.
async fn more(answered: &watch::Sender<usize>) {
    let until = *answered.borrow() + WRITERS * 10;
    let mut watched = answered.subscribe();
    drop(in_time("commands were answered", watched.wait_for(|count| *count >= until)).await.unwrap());
}

/// Adds cards one after the other, and panics where that is not answered with success.
async fn write(
    visitor: Client,
    writer: usize,
    over: Arc<AtomicBool>,
    answered: watch::Sender<usize>,
) -> Vec<String> {
    let mut titles = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let title = format!("w{writer}-{}", titles.len());
        add(&visitor, &title).await;
        titles.push(title);
        answered.send_modify(|count| *count += 1);
    }
    titles
}
