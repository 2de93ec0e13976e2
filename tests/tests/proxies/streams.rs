//! Streams come through as they are: at once, all of them, compressed as the application compressed them, and when nothing happens.

use crate::front::Front;
use crate::{add, board, both, make};
use orion_tests::http::{Event, Events};
use std::time::Duration;

const TABS: usize = 50;

/// Waits until the stream shows a card.
async fn shows(stream: &mut Events, title: &str) {
    let what = format!("a stream showed {title}");
    stream.until(&what, |event| event.value("elements").contains(title)).await;
}

fn is_ping(event: &Event) -> bool {
    event.name == "datastar-ping"
}

#[tokio::test]
async fn fifty_streams_on_one_connection_all_get_each_change_at_once() {
    for (app, front) in both().await {
        let visitor = front.visitor().await;
        make(&visitor).await;
        add(&visitor, "Milk").await;
        let mut streams = Vec::new();
        for _ in 0..TABS {
            let live = visitor.live("/boards/1").await;
            let mut stream = visitor.get(&live).encoding("br").stream().await;
            assert_eq!(stream.status, 200);
            assert_eq!(stream.headers["content-encoding"], "br");
            shows(&mut stream, "Milk").await;
            streams.push(stream);
        }
        let before = streams.iter().map(Events::encoded_bytes).sum::<u64>();
        // The second change finds the streams of the first one: they are open, and nothing was held back.
        for title in ["Bread", "Honey"] {
            add(&app.client(), title).await;
            for stream in &mut streams {
                shows(stream, title).await;
            }
        }
        let bytes = streams.iter().map(Events::encoded_bytes).sum::<u64>() - before;
        println!("{}: two changes to {TABS} streams of one connection, {bytes} encoded bytes", front.name);
    }
}

#[tokio::test]
async fn every_coding_comes_through_as_the_application_chose_it() {
    for (app, front) in both().await {
        let visitor = front.visitor().await;
        make(&visitor).await;
        let live = visitor.live("/boards/1").await;
        for (accepted, chosen) in [("identity", None), ("gzip", Some("gzip")), ("gzip, br", Some("br"))] {
            let coding = |headers: &http::HeaderMap| {
                headers.get("content-encoding").map(|coding| coding.to_str().unwrap().to_owned())
            };
            // The decoder knows one coding a stream: had the proxy added its own, nothing could be read.
            let page = visitor.get("/boards/1").encoding(accepted).send().await;
            assert_eq!(coding(&page.headers).as_deref(), chosen, "{} of a page", front.name);
            assert!(page.text().contains("Kitchen"));
            let mut stream = visitor.get(&live).encoding(accepted).stream().await;
            assert_eq!(coding(&stream.headers).as_deref(), chosen, "{} of a stream", front.name);
            add(&app.client(), accepted).await;
            shows(&mut stream, accepted).await;
        }
    }
}

/// A proxy waits longer than a silence lasts: 15 seconds. nginx is given 20 in place of its hour, and two silences.
#[tokio::test]
async fn a_stream_on_which_nothing_happens_stays_open() {
    let (one, other) = (board().await, board().await);
    let hurry = |site: String| {
        assert!(site.contains("proxy_read_timeout 1h;"), "{site}");
        site.replace("proxy_read_timeout 1h;", "proxy_read_timeout 20s;")
    };
    let fronts = [Front::caddy(&one).await, Front::nginx_changed(&other, hurry).await];
    let idle = fronts.map(async |front| {
        let visitor = front.visitor().await;
        make(&visitor).await;
        let live = visitor.live("/boards/1").await;
        let mut stream = visitor.get(&live).encoding("br").stream().await;
        let began = tokio::time::Instant::now();
        for _ in 0..2 {
            stream.until("a silence was broken", is_ping).await;
        }
        assert!(began.elapsed() > Duration::from_secs(20), "the silences were shorter than the time-out");
        add(&visitor, "Milk").await;
        shows(&mut stream, "Milk").await;
    });
    futures_util::future::join_all(idle).await;
}
