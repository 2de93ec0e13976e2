//! One board under each content coding: three people, three ways for a change to reach a page.

use crate::{add, board, make, no_errors, rename, shows};
use orion_tests::{Browser, Proxy, Window};

#[tokio::test]
async fn identity_gzip_and_br_show_the_same() {
    let app = board().await;
    let path = make(&app, "Kitchen").await;
    let browser = Browser::start().await;
    let mut people = Vec::new();
    for coding in ["identity", "gzip", "br"] {
        let proxy = Proxy::start(app.port()).await;
        proxy.accept_only(coding);
        let window = browser.window(&proxy.url()).await;
        window.goto(&path).await;
        let what = format!("a stream was open with coding {coding}");
        proxy.wait_until(&what, |seen| seen.streams == 1 && seen.codings == [coding]).await;
        people.push((proxy, window));
    }
    let windows: Vec<&Window> = people.iter().map(|(_, window)| window).collect();
    let all = async |columns: [&[&str]; 3]| {
        for window in &windows {
            shows(window, columns).await;
        }
    };

    // Each of them writes, and everybody's stream is told of what the others did.
    for (window, title) in windows.iter().zip(["Milk", "<i>Bread</i> & “Käse”", "Honey"]) {
        add(window, "To do", title).await;
    }
    all([&["Milk", "<i>Bread</i> & “Käse”", "Honey"], &[], &[]]).await;
    for (number, window) in windows.iter().enumerate() {
        rename(window, number + 1, &format!("Card {number}")).await;
    }
    all([&["Card 0", "Card 1", "Card 2"], &[], &[]]).await;
    windows[1].click("#card-1 button[aria-label='Move to Doing']").await;
    all([&["Card 1", "Card 2"], &["Card 0"], &[]]).await;
    windows[2].click("#card-2 button[aria-label='Remove']").await;
    all([&["Card 2"], &["Card 0"], &[]]).await;

    // These are still the streams that were open at the beginning.
    for ((proxy, _), coding) in people.iter().zip(["identity", "gzip", "br"]) {
        assert_eq!(proxy.seen().codings, [coding]);
    }
    no_errors(&windows).await;
}
