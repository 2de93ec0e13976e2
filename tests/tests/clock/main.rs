//! The wall clock is set while people write and look: by hours, by a century, into 1970, and back.

use orion_tests::process::Launch;
use orion_tests::{App, Client, Clock, Load, binary, certificate};
use std::net::Ipv4Addr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const HOURS: Duration = Duration::from_hours(5);
const CENTURY: Duration = Duration::from_hours(24 * 36_525);
/// What a machine's clock that has no battery says when an application is started: the least that Linux lets a clock say.
const NEVER_SET: SystemTime = UNIX_EPOCH;
/// Far more than a request takes, and far less than any clock here is put.
const NEAR: Duration = Duration::from_mins(1);

const WRITERS: usize = 4;
const PAUSE: Duration = Duration::from_millis(20);

fn todos(clock: &Clock) -> Launch {
    App::of(binary("todos")).env("ORION_LOG", "warn,orion=info").health().by(clock)
}

async fn add(client: &Client, title: &str) {
    assert_eq!(client.post("/todos").form(&[("title", title)]).send().await.status, 303, "{title}");
}

/// The date that answers carry, which is also how a test knows that the clock was set at all.
async fn is_dated(client: &Client, time: SystemTime) {
    let answer = client.get("/").send().await;
    let date = answer.headers["date"].to_str().unwrap().to_owned();
    let said = httpdate::parse_http_date(&date).unwrap();
    let apart = said.duration_since(time).unwrap_or_else(|before| before.duration());
    assert!(apart < NEAR, "the clock was put to {time:?}, and the answer's date is {date}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_while_people_write_and_look_harms_nobody() {
    let clock = Clock::right();
    let mut app = todos(&clock).start().await;
    let anna = app.client();
    let reference = anna.live("/").await;
    let identity = anna.cookie("orion_viewer").expect("a visitor is known");
    let mut stream = anna.get(&reference).encoding("br").stream().await;
    let load = Load::start(&app.client(), WRITERS, PAUSE);
    let now = SystemTime::now();
    for (case, time) in [
        ("five hours ahead", now + HOURS),
        ("five hours behind", now - HOURS),
        ("a century ahead", now + CENTURY),
        ("never set", NEVER_SET),
        ("right", now),
    ] {
        clock.put(time);
        load.goes_on().await;
        is_dated(&anna, time).await;
        add(&anna, case).await;
        let shows = |event: &orion_tests::http::Event| event.value("elements").contains(case);
        stream.until(&format!("the open stream showed what was written {case}"), shows).await;
        let mut again = anna.get(&reference).stream().await;
        assert_eq!(again.status, 200, "{case}: a page from before");
        again.until(&format!("a page from before was shown what is there, {case}"), shows).await;
        assert_eq!(app.health().get("/readyz").send().await.status, 200, "{case}");
    }
    assert_eq!(anna.cookie("orion_viewer").as_deref(), Some(&*identity), "who somebody is has no date");
    let told = load.stop_and_count("a clock that was set five times").await;
    assert_eq!(told.failed, [""; 0]);
    assert_eq!(app.term().await.code(), Some(0));
    for word in ["panicked", "WARN", "ERROR"] {
        assert!(!app.log().contains(word), "{}", app.log());
    }
}

#[tokio::test]
async fn what_was_written_in_the_future_is_read_by_a_process_that_begins_in_1970() {
    let clock = Clock::right();
    clock.put(SystemTime::now() + CENTURY);
    let mut app = todos(&clock).start().await;
    let anna = app.client();
    let reference = anna.live("/").await;
    add(&anna, "from the future").await;
    assert_eq!(app.term().await.code(), Some(0));
    clock.put(NEVER_SET);
    app.restart().await;
    is_dated(&anna, NEVER_SET).await;
    let mut stream = anna.get(&reference).stream().await;
    assert_eq!(stream.status, 200, "a page of the process before");
    for (case, time) in [("before it was set", NEVER_SET), ("when it had been set", SystemTime::now())] {
        clock.put(time);
        add(&anna, case).await;
        let both = |event: &orion_tests::http::Event| {
            ["from the future", case].iter().all(|title| event.value("elements").contains(title))
        };
        stream.until(&format!("what was written {case} was shown"), both).await;
    }
}

#[tokio::test]
async fn handshakes_of_tls_are_done_whatever_the_clock_says() {
    let (clock, folder) = (Clock::right(), tempfile::tempdir().unwrap());
    certificate::make(folder.path(), "todos.test");
    let app = todos(&clock).secure("todos.test", folder.path()).start().await;
    let first = app.visitor(Ipv4Addr::LOCALHOST).await.unwrap();
    for time in [SystemTime::now() + CENTURY, NEVER_SET, SystemTime::now()] {
        clock.put(time);
        is_dated(&app.visitor(Ipv4Addr::LOCALHOST).await.unwrap(), time).await;
        is_dated(&first, time).await;
    }
}

#[tokio::test]
async fn a_clock_that_no_date_can_say_is_told_at_the_start() {
    let clock = Clock::right();
    for time in [UNIX_EPOCH - HOURS, SystemTime::now() + 100 * CENTURY] {
        clock.put(time);
        let told = todos(&clock).env("ORION_LISTEN", "127.0.0.1:0").run().await;
        let text = String::from_utf8_lossy(&told.stderr);
        assert!(
            text.starts_with("error: the clock of this machine stands before 1970 or after 9999, "),
            "{text}"
        );
        assert!(text.contains("\nhelp: set the clock, "), "{text}");
        assert_eq!(told.status.code(), Some(1));
    }
}
