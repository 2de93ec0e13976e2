//! The headers of every kind of answer.

use crate::careless;
use http::Method;
use serde_json::json;

const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin-allow-popups"),
];

#[tokio::test]
async fn every_answer_has_the_headers_that_bind_a_browser() {
    let app = careless().await;
    let visitor = app.client();
    let page = visitor.get("/").send().await;
    let script = page.text().split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answers = [
        ("a page", page),
        ("no page", visitor.get("/nowhere").send().await),
        ("a file", visitor.get(&script).send().await),
        ("a command", visitor.post("/said").signals(&json!({ "text": "milk" })).send().await),
        ("a refusal", visitor.post("/said").signals(&json!([])).send().await),
        ("no stream", visitor.get("/_orion/live").send().await),
    ];
    for (what, answer) in &answers {
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), value, "{what}");
        }
        let is_page = what.ends_with("page");
        assert_ne!(answer.header("content-security-policy").is_empty(), is_page, "{what}");
    }
    let stream = visitor.request(Method::HEAD, &visitor.live("/").await).send().await;
    assert_eq!((stream.status, stream.header("x-content-type-options")), (200, "nosniff"));
}

#[tokio::test]
async fn each_answer_has_a_nonce_of_its_own_and_every_script_carries_it() {
    let app = careless().await;
    let visitor = app.client();
    let mut seen = std::collections::BTreeSet::new();
    for path in ["/", "/", "/raw", "/nowhere"] {
        let answer = visitor.get(path).send().await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        let html = answer.text();
        assert!(html.contains(&format!("<html lang=\"en\" data-nonce=\"{nonce}\">")), "{html}");
        let scripts = html.matches("<script").count();
        assert!(scripts > 0 && html.matches(&format!(" nonce=\"{nonce}\"")).count() == scripts, "{html}");
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe-inline'"),
            "{policy}"
        );
        assert!(seen.insert(nonce.to_owned()), "{nonce} came twice");
    }
}

#[tokio::test]
async fn a_page_allows_itself_what_it_says_and_no_other_page_that() {
    let app = careless().await;
    let policy = async |path: &str| {
        let answer = app.client().get(path).send().await;
        answer.header("content-security-policy").to_owned()
    };
    assert!(policy("/raw").await.contains("img-src 'self' data: https://pictures.example;"));
    assert!(policy("/").await.contains("img-src 'self' data:;"));
}
