//! A crowd on `board`: fifty people look, twenty of them write as fast as they are answered, and in the end everybody is
//! shown exactly what a fresh visit shows.

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
const WRITING: Duration = Duration::from_secs(30);
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
        // Those of the last ten who do not write look at the list of boards, among others.
        let page = if number % 10 == 9 { "/".to_owned() } else { format!("/boards/{}", number % BOARDS + 1) };
        viewers.push(Viewer::open(&app, &page, CODINGS[number % CODINGS.len()], hears.clone()).await);
    }

    let until = Instant::now() + WRITING;
    let on_boards = viewers.iter().filter(|viewer| viewer.page != "/").take(WRITERS);
    let writers: Vec<_> = on_boards
        .zip(SEED..)
        .map(|(viewer, seed)| tokio::spawn(write(viewer.actor(), seed, until)))
        .collect();
    let mut written = Written::default();
    for writer in writers {
        written += writer.await.expect("no writer panics");
    }
    println!("{WRITERS} writers in {} s: {written}", WRITING.as_secs());

    quiet.send_replace(true);
    for viewer in &mut viewers {
        viewer.come_to_rest().await;
    }
    for coding in CODINGS {
        let those = || viewers.iter().filter(|viewer| viewer.coding == coding);
        let [frames, text, encoded] =
            those().map(Viewer::received).fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
        println!(
            "{} viewers with {coding}: {frames} frames, {text} bytes of text in {encoded} bytes",
            those().count()
        );
    }
    for viewer in &viewers {
        viewer.is_shown_the_truth().await;
    }
    assert_eq!(app.client().get("/").send().await.status, 200, "it is alive");
    assert_eq!(app.log().lines().filter(|line| line.contains("ERROR")).collect::<Vec<_>>(), [""; 0]);
}
