//! The wire as its other end sees it: requests in, responses out, events read back by a reader of their own.

mod answer;
mod encode;
mod extract;
mod oracle;
mod reader;

use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, Method};
use proptest::prelude::*;

use super::Input;
use crate::viewer::Viewer;

/// A request of Datastar's.
fn datastar(method: Method, query: &str, body: &str) -> Input {
    let mut input = plain(method, query, "application/json", body);
    input.headers.insert("datastar-request", "true".parse().unwrap());
    input
}

/// A request of any other client's.
fn plain(method: Method, query: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Input {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, "example.org".parse().unwrap());
    if !content_type.is_empty() {
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
    }
    Input {
        method,
        params: Vec::new(),
        query: query.into(),
        headers,
        body: body.into().into(),
        viewer: Viewer::with_id("somebody"),
    }
}

/// Text that tries to get out of whatever it is put into.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\r\r",
            "\u{2028}",
            "\u{85}",
            "\u{feff}",
            "\0",
            " ",
            ":",
            "data: elements <b>",
            "data: mode remove",
            "event: datastar-patch-signals",
            "id: 1",
            "retry: 0",
            ": comment",
            "elements ",
            "<script>",
            "</script>",
            "</ScRiPt",
            "<!--",
            "</body>",
            "\\",
            "\"",
            "'",
            "&",
        ])
        .prop_map(String::from),
        any::<char>().prop_map(String::from),
        "[a-z<>/ ]{0,8}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}
