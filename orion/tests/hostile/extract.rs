//! Requests: what a command takes from any bytes.

use std::collections::HashMap;

use http::{HeaderMap, Method};
use orion::serde::Deserialize;
use orion::wire::{FromInput, Input};
use orion::{Form, Query, Result, Signals, Upload, Viewer};

/// Method and content type, and then the body, or where it has no meaning the query.
pub(crate) const RIGHT: [&[u8]; 6] = [
    b"\x00datastar=%7B%22title%22%3A%22milk%22%2C%22count%22%3A3%7D",
    b"\x00title=milk&count=3&tags=a&tags=b&price=",
    b"\x01{\"title\": \"milk\", \"count\": 3, \"inner\": {\"tags\": [\"a\", {}], \"note\": null}}",
    b"\x02title=milk&count=3&tags=%E2%82%AC&done=on",
    b"\x03--XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nmilk\r\n--XX\r\nContent-Disposition: form-data; \
      name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nbytes\r\n--XX--\r\n",
    b"\x04anything",
];

#[derive(Deserialize)]
#[serde(crate = "orion::serde")]
#[allow(dead_code, reason = "what was read is looked at by nobody")]
struct Draft {
    title: String,
    count: u8,
    #[serde(default)]
    tags: Vec<String>,
    price: Option<f64>,
    #[serde(default)]
    done: bool,
    file: Option<Upload>,
}

/// Whatever is sent, it is taken or refused with a 4xx and one sentence of ours.
pub(crate) fn gate(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let (method, content_type) = match kind % 5 {
        0 => (Method::GET, ""),
        1 => (Method::POST, "application/json"),
        2 => (Method::POST, "application/x-www-form-urlencoded"),
        3 => (Method::POST, "multipart/form-data; boundary=XX"),
        _ => (Method::PUT, "text/plain"),
    };
    let mut headers = HeaderMap::new();
    if !content_type.is_empty() {
        headers.insert("content-type", content_type.parse().expect("it is text"));
    }
    let query =
        if method == Method::GET { String::from_utf8_lossy(rest).into_owned() } else { String::new() };
    let body = rest.to_vec().into();
    let input = Input { method, params: Vec::new(), query, headers, body, viewer: Viewer::with_id("ada") };
    is_plain(Signals::<Draft>::from_input(&input));
    is_plain(Signals::<HashMap<String, Vec<i32>>>::from_input(&input));
    is_plain(Form::<Draft>::from_input(&input));
    is_plain(Query::<Draft>::from_input(&input));
}

fn is_plain<T>(read: Result<T>) {
    let Err(error) = read else { return };
    assert!([400, 413, 415, 422].contains(&error.status()), "{error}");
    let sentence = error.to_string();
    assert!(sentence.len() < 200 && sentence.ends_with('.'), "{sentence}");
    assert!(sentence.bytes().all(|b| b.is_ascii_alphanumeric() || b" `.,_-[]/".contains(&b)), "{sentence}");
}
