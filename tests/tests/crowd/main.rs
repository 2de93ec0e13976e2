//! A crowd on `board`: fifty people look, twenty of them write as fast as they are answered, and whenever they stop
//! everybody is shown exactly what a fresh visit shows.

mod dice;
mod viewer;
mod writer;

use orion_tests::{App, binary};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use viewer::Viewer;
use writer::{Written, write};

const VIEWERS: usize = 50;
const WRITERS: usize = 20;
const BOARDS: usize = 4;
/// They stop a few times: an update that is lost while they write is made good by the next one, and only the last is missed.
const ROUNDS: u64 = 10;
const ROUND: Duration = Duration::from_secs(3);
const CODINGS: [&str; 3] = ["br", "gzip", "identity"];

/// Another one is another story; this one can be told again.
const SEED: u64 = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_that_writes_for_half_a_minute_is_finally_shown_the_truth() {
    let app = App::of(binary("board")).env("ORION_LOG", "warn").start().await;
    for board in 1..=BOARDS {
        let name = format!("Board {board} of the <b>crowd</b>");
        assert_eq!(app.client().post("/boards").form(&[("name", &*name)]).send().await.status, 303);
    }
    let (quiet, hears) = watch::channel(false);
    let mut viewers = Vec::new();
    for number in 0..VIEWERS {
        // Every tenth looks at the list of boards and does not write.
        let page = if number % 10 == 9 { "/".to_owned() } else { format!("/boards/{}", number % BOARDS + 1) };
        viewers.push(Viewer::open(&app, &page, CODINGS[number % CODINGS.len()], hears.clone()).await);
    }

    let mut written = Written::default();
    for round in 0..ROUNDS {
        written += write_at_once(&viewers, SEED + round * 1000).await;
        for viewer in &viewers {
            viewer.is_shown_the_truth().await;
        }
    }
    quiet.send_replace(true);
    for viewer in &mut viewers {
        viewer.come_to_rest().await;
        viewer.is_shown_the_truth().await;
    }

    println!("{WRITERS} writers, {ROUNDS} times {} s: {written}", ROUND.as_secs());
    for coding in CODINGS {
        let received = viewers.iter().filter(|viewer| viewer.coding == coding).map(Viewer::received);
        let sum = |[a, b, c, d]: [u64; 4], [x, y, z]: [u64; 3]| [a + 1, b + x, c + y, d + z];
        let [count, frames, text, encoded] = received.fold([0; 4], sum);
        println!("{count} viewers with {coding}: {frames} frames, {text} bytes of text in {encoded} bytes");
    }
    assert_eq!(app.client().get("/").send().await.status, 200, "it is alive");
    let errors =
        app.log().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(errors, [""; 0]);
}

/// Lets the first of those who have a board open write for one round.
async fn write_at_once(viewers: &[Viewer], seed: u64) -> Written {
    let until = Instant::now() + ROUND;
    let on_boards = viewers.iter().filter(|viewer| viewer.page != "/").take(WRITERS);
    let writers: Vec<_> = on_boards
        .zip(seed..)
        .map(|(viewer, seed)| tokio::spawn(write(viewer.actor(), seed, until)))
        .collect();
    let mut written = Written::default();
    for writer in writers {
        written += writer.await.expect("no writer panics");
    }
    written
}
