//! The content security policy in Chromium: what the page means to run runs, what was slipped into it does not.

use crate::careless;
use orion_tests::{App, Browser, Window};
use serde_json::json;

/// Markup that runs `hit()` where nothing forbids it.
const SLIPPED_IN: [&str; 6] = [
    "<script>document.documentElement.dataset.hit = 'script'</script>",
    "<script nonce=guessed>document.documentElement.dataset.hit = 'nonce'</script>",
    "<script nonce src=\"data:text/javascript,document.documentElement.dataset.hit = 'data'\"></script>",
    "<img src=x onerror=\"document.documentElement.dataset.hit = 'error'\">",
    "<svg><animate onbegin=\"document.documentElement.dataset.hit = 'svg'\" attributeName=x dur=1s></svg>",
    "<iframe srcdoc=\"<script>parent.document.documentElement.dataset.hit = 'frame'</script>\"></iframe>",
];

async fn say(app: &App, text: &str) {
    let answer = app.client().post("/said").signals(&json!({ "text": text })).send().await;
    assert_eq!(answer.status, 204);
}

async fn set(window: &Window, name: &str) -> bool {
    window.eval("return args in document.documentElement.dataset", json!(name)).await == true
}

/// What the browser says it refused, until it has said so `count` times.
async fn refused(window: &Window, count: usize) -> Vec<String> {
    let mut refused = Vec::new();
    let all = async {
        while refused.len() < count {
            let lines = window.console().await.into_iter().map(|line| line.text);
            refused.extend(lines.filter(|text| text.contains("Content Security Policy")));
        }
    };
    orion_tests::in_time("the browser refused what was slipped in", all).await;
    refused
}

#[tokio::test]
async fn a_page_works_without_eval_and_its_own_script_runs() {
    let app = careless().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    anna.wait_text("h1", "clicks: 0").await;
    anna.click("#click").await;
    anna.wait_text("h1", "clicks: 1").await;
    assert!(set(&anna, "own").await, "the page's own script ran");
    anna.type_into("input", "milk").await;
    anna.click("#say").await;
    anna.wait_texts("#wall-list li", &["milk"]).await;
    anna.click("#tell").await;
    let told = "return document.documentElement.dataset.told === 'yes'";
    anna.wait_until("a command's script ran", told, json!(null)).await;
    let evaluated = "return new Promise((done) => {
        const script = document.createElement('script');
        addEventListener('securitypolicyviolation', (event) => done(event.blockedURI), { once: true });
        setTimeout('1'); });";
    assert_eq!(anna.eval(evaluated, json!(null)).await, "eval", "nothing may be evaluated");
    assert_eq!(anna.attribute("html", "data-nonce").await, None, "no attribute tells the nonce");
}

#[tokio::test]
async fn a_script_that_was_slipped_into_a_page_does_not_run() {
    let app = careless().await;
    for text in SLIPPED_IN {
        say(&app, text).await;
    }
    say(&app, "<p id=end>the end</p>").await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/raw").await;
    anna.wait_text("#end", "the end").await;
    let refused = refused(&anna, SLIPPED_IN.len()).await;
    assert!(!set(&anna, "hit").await, "{refused:#?}");
}

#[tokio::test]
async fn a_handler_that_was_slipped_into_a_region_does_not_run_when_it_is_patched_in() {
    let app = careless().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    anna.wait_text("h1", "clicks: 0").await;
    for text in &SLIPPED_IN[3..] {
        say(&app, text).await;
    }
    say(&app, "<p id=end>the end</p>").await;
    anna.wait_text("#end", "the end").await;
    let refused = refused(&anna, 1).await;
    assert!(!set(&anna, "hit").await, "{refused:#?}");
}

#[tokio::test]
async fn what_reaches_datastars_attributes_is_script_whatever_the_policy_says() {
    let app = careless().await;
    say(&app, "<p data-init=\"document.documentElement.dataset.hit = 'init'\">the end</p>").await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    let hit = "return document.documentElement.dataset.hit === args";
    anna.wait_until("the attribute ran", hit, json!("init")).await;
    say(&app, "<script>document.documentElement.dataset.hit = 'script'</script>").await;
    anna.wait_until("the script that was patched in ran", hit, json!("script")).await;
}

#[tokio::test]
async fn no_other_page_frames_one_and_none_sends_its_forms_elsewhere() {
    let app = careless().await;
    say(&app, "<form action=https://evil.example/><button id=send>Send</button></form><p id=end>the end</p>")
        .await;
    let browser = Browser::start().await;
    let anna = browser.window(&app.url()).await;
    anna.goto("/raw").await;
    anna.click("#send").await;
    refused(&anna, 1).await;
    assert_eq!(anna.location().await, "/raw");
    let framed =
        "const frame = document.createElement('iframe'); frame.src = '/'; document.body.append(frame);
        return new Promise((done) => { frame.onload = () => done(frame.contentDocument === null); });";
    assert_eq!(anna.eval(framed, json!(null)).await, true, "not even its own page");
}
