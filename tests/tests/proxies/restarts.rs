//! The application restarts behind its proxy, and nobody is refused.

use crate::front::Front;
use crate::{add, board, make};
use orion_tests::{App, Client, binary, in_time};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

const WRITERS: usize = 8;
const RESTARTS: usize = 3;

/// Also without a socket that outlives the process. Writes wait as well from Caddy 2.11.2 on; Debian's closes their bodies when it is
/// refused (caddyserver/caddy#7546).
#[tokio::test]
async fn behind_caddy_a_read_waits_until_the_application_is_back() {
    let mut app = board().await;
    let front = Front::caddy(&app).await;
    let visitor = front.visitor().await;
    make(&visitor).await;
    app.term().await;
    let read = tokio::spawn(async move { visitor.get("/boards/1").send().await });
    front.wait_log("connect: connection refused").await;
    app.restart().await;
    let answer = in_time("the read was answered", read).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// As `app unit` sets it up: the socket stays while processes come and go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_under_load_lose_no_request() {
    let launch = App::of(binary("board")).env("ORION_LOG", "warn").activated();
    let (caddy, nginx) = (launch.clone().start().await, launch.start().await);
    let fronts = [Front::caddy(&caddy).await, Front::nginx(&nginx).await];
    for (mut app, front) in [caddy, nginx].into_iter().zip(fronts) {
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
        println!(
            "{}: {RESTARTS} restarts, {} commands answered, {lost} of them lost",
            front.name,
            titles.len()
        );
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
