//! Every case of the official suite at v1.0.4, by its name there.
//!
//! The suite parses both sides, groups the data lines by their keys and ignores the order of a script's attributes. Here the bytes
//! must be equal, which is stricter.

use axum::body::Body;
use axum::http::Request;
use orion::testing::{Answer, TestApp};

struct Case {
    name: &'static str,
    /// The events of the input.
    events: &'static str,
    output: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "executeScriptWithAllOptions",
        events: r#"{"type": "executeScript", "script": "console.log('hello');", "eventId": "event1", "retryDuration": 2000,
            "attributes": {"type": "text/javascript", "blocking": "false"}, "autoRemove": false}"#,
        output: "event: datastar-patch-elements\nid: event1\nretry: 2000\ndata: selector body\ndata: mode append\n\
            data: elements <script type=\"text/javascript\" blocking=\"false\">console.log('hello');</script>\n\n",
    },
    Case {
        name: "executeScriptWithDefaults",
        events: r#"{"type": "executeScript", "script": "console.log('hello');", "autoRemove": true}"#,
        output: "event: datastar-patch-elements\ndata: selector body\ndata: mode append\n\
            data: elements <script data-effect=\"el.remove()\">console.log('hello');</script>\n\n",
    },
    Case {
        name: "executeScriptWithMultilineScript",
        events: r#"{"type": "executeScript", "script": "if (true) {\n  console.log('hello');\n}"}"#,
        output: "event: datastar-patch-elements\ndata: selector body\ndata: mode append\n\
            data: elements <script data-effect=\"el.remove()\">if (true) {\n\
            data: elements   console.log('hello');\ndata: elements }</script>\n\n",
    },
    Case {
        name: "executeScriptWithoutDefaults",
        events: r#"{"type": "executeScript", "script": "console.log('hello');"}"#,
        output: "event: datastar-patch-elements\ndata: selector body\ndata: mode append\n\
            data: elements <script data-effect=\"el.remove()\">console.log('hello');</script>\n\n",
    },
    Case {
        name: "patchElementsWithAllOptions",
        events: r#"{"type": "patchElements", "elements": "<div>Merge</div>", "eventId": "event1", "retryDuration": 2000,
            "selector": "div", "mode": "append", "useViewTransition": true}"#,
        output: "event: datastar-patch-elements\nid: event1\nretry: 2000\ndata: selector div\ndata: mode append\n\
            data: useViewTransition true\ndata: elements <div>Merge</div>\n\n",
    },
    Case {
        name: "patchElementsWithDefaults",
        events: r#"{"type": "patchElements", "elements": "<div>Merge</div>", "mode": "outer", "useViewTransition": false}"#,
        output: "event: datastar-patch-elements\ndata: elements <div>Merge</div>\n\n",
    },
    Case {
        name: "patchElementsWithMultilineElements",
        events: r#"{"type": "patchElements", "elements": "<div>\n  <span>Merge</span>\n</div>"}"#,
        output: "event: datastar-patch-elements\ndata: elements <div>\ndata: elements   <span>Merge</span>\n\
            data: elements </div>\n\n",
    },
    Case {
        name: "patchElementsWithoutDefaults",
        events: r#"{"type": "patchElements", "elements": "<div>Merge</div>"}"#,
        output: "event: datastar-patch-elements\ndata: elements <div>Merge</div>\n\n",
    },
    Case {
        name: "patchSignalsWithAllOptions",
        events: r#"{"type": "patchSignals", "signals": {"one": 1, "two": 2}, "eventId": "event1", "retryDuration": 2000,
            "onlyIfMissing": true}"#,
        output: "event: datastar-patch-signals\nid: event1\nretry: 2000\ndata: onlyIfMissing true\n\
            data: signals {\"one\":1,\"two\":2}\n\n",
    },
    Case {
        name: "patchSignalsWithDefaults",
        events: r#"{"type": "patchSignals", "signals": {"one": 1, "two": 2}, "onlyIfMissing": false}"#,
        output: "event: datastar-patch-signals\ndata: signals {\"one\":1,\"two\":2}\n\n",
    },
    Case {
        name: "patchSignalsWithMultilineJson",
        events: r#"{"type": "patchSignals",
            "signals-raw": "{\n\"one\": \"first signal\",\n\"two\":  \n\"second signal\"}"}"#,
        output: "event: datastar-patch-signals\ndata: signals {\ndata: signals \"one\": \"first signal\",\n\
            data: signals \"two\":  \ndata: signals \"second signal\"}\n\n",
    },
    Case {
        name: "patchSignalsWithMultilineSignals",
        events: r#"{"type": "patchSignals", "signals": {"one": "first\n signal", "two": "second signal"}}"#,
        output: "event: datastar-patch-signals\n\
            data: signals {\"one\":\"first\\n signal\",\"two\":\"second signal\"}\n\n",
    },
    Case {
        name: "patchSignalsWithoutDefaults",
        events: r#"{"type": "patchSignals", "signals": {"one": 1, "two": 2}}"#,
        output: "event: datastar-patch-signals\ndata: signals {\"one\":1,\"two\":2}\n\n",
    },
    Case {
        name: "removeElementsWithAllOptions",
        events: r##"{"type": "patchElements", "selector": "#target", "eventId": "event1", "mode": "remove",
            "retryDuration": 2000, "useViewTransition": true}"##,
        output: "event: datastar-patch-elements\nid: event1\nretry: 2000\ndata: selector #target\ndata: mode remove\n\
            data: useViewTransition true\n\n",
    },
    Case {
        name: "removeElementsWithDefaults",
        events: r##"{"type": "patchElements", "selector": "#target", "mode": "remove", "useViewTransition": false}"##,
        output: "event: datastar-patch-elements\ndata: selector #target\ndata: mode remove\n\n",
    },
    Case {
        name: "removeElementsWithoutDefaults",
        events: r##"{"type": "patchElements", "selector": "#target", "mode": "remove"}"##,
        output: "event: datastar-patch-elements\ndata: selector #target\ndata: mode remove\n\n",
    },
    Case {
        name: "removeSignalsWithAllOptions",
        events: r#"{"type": "patchSignals", "signals": {"one": null, "two": {"alpha": null}}, "eventId": "event1",
            "retryDuration": 2000}"#,
        output: "event: datastar-patch-signals\nid: event1\nretry: 2000\n\
            data: signals {\"one\":null,\"two\":{\"alpha\":null}}\n\n",
    },
    Case {
        name: "removeSignalsWithDefaults",
        events: r#"{"type": "patchSignals", "signals": {"one": null}}"#,
        output: "event: datastar-patch-signals\ndata: signals {\"one\":null}\n\n",
    },
    Case {
        name: "sendTwoEvents",
        events: r#"{"type": "patchElements", "elements": "<div>Merge</div>"},
            {"type": "patchElements", "elements": "<div>Merge 2</div>"}"#,
        output: "event: datastar-patch-elements\ndata: elements <div>Merge</div>\n\n\
            event: datastar-patch-elements\ndata: elements <div>Merge 2</div>\n\n",
    },
    // The suite's only case that is posted; the others are asked for with GET.
    Case {
        name: "readSignalsFromBody",
        events: r#"{"type": "patchElements", "elements": "<div>Merge</div>"}"#,
        output: "event: datastar-patch-elements\ndata: elements <div>Merge</div>\n\n",
    },
    // Beyond the suite: the options that the decision record has since 1.0.
    Case {
        name: "every option of 1.0.4",
        events: r##"{"type": "patchElements", "elements": "<g/>", "selector": "#vis", "mode": "inner",
            "useViewTransition": true, "viewTransitionSelector": "#main", "namespace": "svg"}"##,
        output: "event: datastar-patch-elements\ndata: selector #vis\ndata: mode inner\ndata: useViewTransition true\n\
            data: viewTransitionSelector #main\ndata: namespace svg\ndata: elements <g/>\n\n",
    },
];

/// The answers to a GET and a POST as the suite's runner sends them.
async fn ask(events: &str) -> [Answer; 2] {
    let signals = format!("{{\"events\": [{events}]}}");
    let query: String = form_urlencoded::byte_serialize(signals.as_bytes()).collect();
    let app = TestApp::start(crate::app()).await;
    let mut suite = app.browser();
    let get = Request::get(format!("/test?datastar={query}")).header("datastar-request", "true");
    let post =
        Request::post("/test").header("datastar-request", "true").header("content-type", "application/json");
    [
        suite.ask(get.body(Body::empty()).unwrap()).await,
        suite.ask(post.body(Body::from(signals)).unwrap()).await,
    ]
}

#[tokio::test]
async fn every_golden_case_is_answered_byte_for_byte() {
    for case in CASES {
        for answer in ask(case.events).await {
            assert_eq!(answer.status, 200, "{}: {}", case.name, answer.text);
            assert_eq!(answer.header("content-type"), "text/event-stream", "{}", case.name);
            assert_eq!(answer.text, case.output, "{}", case.name);
        }
    }
}

#[tokio::test]
async fn a_description_that_means_nothing_is_refused() {
    for events in [
        r#"{"type": "mergeFragments"}"#,
        r#"{"elements": "<p>"}"#,
        r#"{"type": "patchElements", "mode": "merge"}"#,
        r#"{"type": "patchElements", "retryDuration": -1}"#,
        "7",
    ] {
        for answer in ask(events).await {
            assert_eq!(answer.status, 422, "{events}");
        }
    }
}
