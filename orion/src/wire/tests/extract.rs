//! What commands take from requests, and what requests they refuse.

use std::collections::HashMap;

use http::Method;
use proptest::prelude::*;
use serde::Deserialize;

use super::{datastar, hostile, plain};
use crate::error::Result;
use crate::wire::{Form, FromInput, Input, Query, Signals, Upload};

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=XX";

#[derive(Deserialize, Debug, PartialEq, Default)]
#[serde(default)]
struct Draft {
    title: String,
    amount: i32,
    price: Option<f64>,
    urgent: bool,
    tags: Vec<String>,
    kind: Option<Kind>,
    note: Option<String>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Big,
}

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Strict {
    title: String,
    count: u8,
}

#[derive(Deserialize, Debug)]
struct Files {
    title: String,
    picture: Option<Upload>,
    #[serde(default)]
    more: Vec<Upload>,
}

fn refusal<T: FromInput>(input: &Input) -> (u16, String) {
    match T::from_input(input) {
        Ok(_) => panic!("taken"),
        Err(error) => (error.status(), error.to_string()),
    }
}

/// A part of a multipart body.
fn part(head: &str, content: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
}

#[test]
fn signals_are_in_the_query_of_get_and_delete_and_in_the_body_of_others() {
    let json = r#"{"title": "Milk", "amount": 2, "tags": ["a"], "urgent": true, "unknown": [[[]]]}"#;
    let encoded: String = form_urlencoded::byte_serialize(json.as_bytes()).collect();
    let query = format!("page=2&datastar={encoded}&datastar=ignored");
    let query_method = Method::from_bytes(b"QUERY").unwrap();
    for (method, in_query) in [
        (Method::GET, true),
        (Method::DELETE, true),
        (Method::POST, false),
        (Method::PUT, false),
        (Method::PATCH, false),
        (query_method, false),
    ] {
        let input =
            if in_query { datastar(method, &query, "") } else { datastar(method, "datastar=%7B%7D", json) };
        let draft = Signals::<Draft>::from_input(&input).unwrap();
        assert_eq!((draft.title.as_str(), draft.amount, draft.urgent), ("Milk", 2, true));
    }
}

#[test]
fn a_plain_form_serves_the_same_command() {
    let text = "title=Milk+%26+honey&amount=+2&price=&urgent=on&tags=a&tags=b&kind=big&note=";
    let expected = Draft {
        title: "Milk & honey".into(),
        amount: 2,
        price: None,
        urgent: true,
        tags: vec!["a".into(), "b".into()],
        kind: Some(Kind::Big),
        note: None,
    };
    let parts: String = form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| part(&format!("name=\"{name}\""), &value))
        .chain(["--XX--\r\n".into()])
        .collect();
    for input in [
        plain(Method::POST, "", FORM, text),
        plain(Method::POST, "", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", text),
        plain(Method::POST, "", PARTS, parts),
        plain(Method::GET, text, "", ""),
    ] {
        assert_eq!(Signals::<Draft>::from_input(&input).unwrap().0, expected);
        assert_eq!(Form::<Draft>::from_input(&input).unwrap().0, expected);
    }
    assert_eq!(Query::<Draft>::from_input(&plain(Method::POST, text, "", "")).unwrap().0, expected);
}

#[test]
fn of_several_values_the_last_counts() {
    let input = plain(Method::POST, "", FORM, "urgent=false&urgent=true&amount=1&amount=2");
    let draft = Form::<Draft>::from_input(&input).unwrap();
    assert_eq!((draft.urgent, draft.amount), (true, 2));
}

#[test]
fn files_arrive_with_their_names_and_types() {
    let body = [
        part("name=\"title\"", "Me"),
        part("name=\"picture\"; filename=\"C:\\\\x/a.png\"\r\nContent-Type: image/png", "\u{1}\r\n--X\r\n"),
        part("name=\"more\"; filename=\"1\"", ""),
        part("name=\"more\"; filename=\"2\"", "b"),
        "--XX--".into(),
    ]
    .concat();
    let Form(files) = Form::<Files>::from_input(&plain(Method::POST, "", PARTS, body)).unwrap();
    let picture = files.picture.unwrap();
    assert_eq!((picture.name.as_str(), picture.content_type.as_str()), ("a.png", "image/png"));
    assert_eq!(&picture.bytes[..], b"\x01\r\n--X\r\n");
    assert_eq!(files.title, "Me");
    let more: Vec<_> = files.more.iter().map(|file| (file.name.as_str(), file.bytes.len())).collect();
    assert_eq!(more, [("1", 0), ("2", 1)]);
    assert_eq!(files.more[0].content_type, "application/octet-stream");
}

#[test]
fn a_file_input_that_was_left_empty_is_absent() {
    let body = part("name=\"title\"", "") + &part("name=\"picture\"; filename=\"\"", "") + "--XX--";
    assert!(Form::<Files>::from_input(&plain(Method::POST, "", PARTS, body)).unwrap().picture.is_none());
}

#[test]
fn a_large_file_is_read_to_its_end() {
    let content = "0123456789abcdef".repeat(1 << 18);
    let body = part("name=\"title\"", "") + &part("name=\"picture\"; filename=\"a\"", &content) + "--XX--";
    let Form(files) = Form::<Files>::from_input(&plain(Method::POST, "", PARTS, body)).unwrap();
    assert_eq!(files.picture.unwrap().bytes.len(), content.len());
}

#[test]
fn what_is_malformed_is_a_400() {
    for body in ["", "{", "title=x", "{\"title\": \"x\"} x"] {
        let (status, sentence) = refusal::<Signals<Draft>>(&datastar(Method::POST, "", body));
        assert_eq!((status, sentence.as_str()), (400, "The signals are not well-formed JSON."), "{body}");
    }
    assert_eq!(refusal::<Signals<Draft>>(&datastar(Method::GET, "datastar=%7B", "")).0, 400);
    for (content_type, body) in [
        (PARTS, "no boundary"),
        (PARTS, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"),
        ("multipart/form-data", "--XX--"),
    ] {
        let (status, sentence) = refusal::<Form<Draft>>(&plain(Method::POST, "", content_type, body));
        assert_eq!((status, sentence.as_str()), (400, "The form is not well-formed multipart/form-data."));
    }
}

#[test]
fn another_type_of_content_is_a_415_that_says_what_to_send() {
    for content_type in ["text/plain", "application/jsonx", "text/html; charset=utf-8", "\u{e9}"] {
        let input = plain(Method::POST, "", content_type, "{}");
        let (status, sentence) = refusal::<Signals<Draft>>(&input);
        let send = "Send it as application/json, application/x-www-form-urlencoded or multipart/form-data.";
        assert_eq!((status, sentence.as_str()), (415, send));
        let (status, sentence) = refusal::<Form<Draft>>(&input);
        assert_eq!(
            (status, sentence.as_str()),
            (415, "Send it as application/x-www-form-urlencoded or multipart/form-data.")
        );
    }
    assert_eq!(refusal::<Form<Draft>>(&datastar(Method::POST, "", "{}")).0, 415);
    assert_eq!(refusal::<Signals<Draft>>(&plain(Method::POST, "", "", "{}")).0, 415);
    assert!(Signals::<Draft>::from_input(&plain(Method::POST, "", "", "")).is_ok());
}

#[test]
fn another_shape_is_a_422_that_names_the_field() {
    let said = |input: &Input| refusal::<Signals<Strict>>(input);
    let post = |body| datastar(Method::POST, "", body);
    assert_eq!(said(&post("{}")), (422, "`title` is missing.".into()));
    assert_eq!(
        said(&post(r#"{"title": "", "count": -1}"#)),
        (422, "`count` must be a whole number from 0 to 255.".into())
    );
    assert_eq!(said(&post("[1, 2, 3]")), (422, "`[0]` must be text.".into()));
    let form = |body: &str| plain(Method::POST, "", FORM, body);
    assert_eq!(
        said(&form("title=x&count=<b>")),
        (422, "`count` must be a whole number from 0 to 255.".into())
    );
    assert_eq!(said(&form("title=x")), (422, "`count` is missing.".into()));
    assert_eq!(refusal::<Form<Draft>>(&form("kind=small")), (422, "`kind` must be `big`.".into()));
    assert_eq!(
        refusal::<Form<Draft>>(&form("urgent=maybe")),
        (422, "`urgent` must be true or false.".into())
    );
    let file = part("name=\"title\"; filename=\"a\"", "x") + "--XX--";
    assert_eq!(said(&plain(Method::POST, "", PARTS, file)).1, "`title` must be text.");
    assert_eq!(refusal::<Form<Files>>(&form("title=x&picture=y")), (422, "`picture` must be a file.".into()));
}

#[test]
fn a_form_has_at_most_a_thousand_fields() {
    let fields = |count: usize| "a=1&".repeat(count);
    let input = |count| plain(Method::POST, "", FORM, fields(count));
    assert!(Form::<Draft>::from_input(&input(1000)).is_ok());
    assert_eq!(refusal::<Form<Draft>>(&input(1001)), (413, "The form has more than 1000 fields.".into()));
    let parts = part("name=\"a\"", "").repeat(1001) + "--XX--";
    assert_eq!(refusal::<Form<Draft>>(&plain(Method::POST, "", PARTS, parts)).0, 413);
}

#[test]
fn a_path_parameter_is_parsed_or_refused() {
    let mut input = plain(Method::GET, "", "", "");
    input.params.push(("id".into(), "7x".into()));
    assert_eq!(
        input.path::<i64>("id").unwrap_err().to_string(),
        "`id` in the path is not what it should be."
    );
    assert_eq!(input.path::<String>("id").unwrap(), "7x");
    assert_eq!(input.path::<i64>("other").unwrap_err().status(), 500);
}

fn content_types() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "application/json",
            FORM,
            PARTS,
            "multipart/form-data",
            "",
            "multipart/form-data; boundary=\""
        ])
        .prop_map(String::from),
        "[ -~]{0,30}",
    ]
}

fn methods() -> impl Strategy<Value = Method> {
    prop::sample::select(vec![Method::GET, Method::POST, Method::DELETE, Method::PATCH])
}

/// Bytes of any kind, some of them close to what is expected.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let near_multipart = prop::collection::vec(
        prop_oneof![
            Just("--XX\r\n".to_owned()),
            Just("--XX--".to_owned()),
            Just("Content-Disposition: form-data; name=\"title\"\r\n".to_owned()),
            Just("Content-Disposition: form-data; name=\"picture\"; filename=\"\"\r\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r\n\r\n".to_owned()),
            hostile(),
        ],
        0..12,
    );
    let near_json = prop::collection::vec(
        prop_oneof![
            prop::sample::select(vec!["{", "}", "[", "]", ":", ",", "\"title\"", "1e999", "\"", "null"])
                .prop_map(String::from),
            hostile()
        ],
        0..12,
    );
    prop_oneof![
        any::<Vec<u8>>(),
        near_multipart.prop_map(|pieces| pieces.concat().into_bytes()),
        near_json.prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

/// Whatever was sent, a refusal is one plain sentence of ours.
fn is_plain<T>(result: Result<T>) {
    if let Err(error) = result {
        assert!([400, 413, 415, 422].contains(&error.status()), "{error}");
        let sentence = error.to_string();
        assert!(sentence.len() < 200 && sentence.ends_with('.'), "{sentence}");
        assert!(
            sentence.bytes().all(|b| b.is_ascii_alphanumeric() || b" `.,_-[]/".contains(&b)),
            "{sentence}"
        );
    }
}

proptest! {
    #[test]
    fn no_request_is_too_odd_to_be_read_or_refused(
        method in methods(),
        query in prop_oneof![hostile(), bodies().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())],
        content_type in content_types(),
        body in bodies(),
    ) {
        let mut input = plain(method, &query, &content_type, body);
        is_plain(Signals::<Strict>::from_input(&input));
        is_plain(Signals::<serde_json::Value>::from_input(&input));
        is_plain(Signals::<Files>::from_input(&input));
        is_plain(Form::<Files>::from_input(&input));
        is_plain(Form::<HashMap<String, bool>>::from_input(&input));
        is_plain(Form::<()>::from_input(&input));
        is_plain(Query::<Strict>::from_input(&input));
        is_plain(Query::<Vec<(String, i32)>>::from_input(&input));
        let _ = crate::wire::answer(Ok(crate::Reply::done()), &input, true);
        input.headers.insert("datastar-request", "true".parse().unwrap());
        let _ = crate::wire::answer(Err(crate::Error::field("title", "x")), &input, true);
    }

    #[test]
    fn any_text_survives_a_form(text in hostile()) {
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let input = plain(Method::POST, "", FORM, format!("title={encoded}"));
        prop_assert_eq!(&Form::<Draft>::from_input(&input).unwrap().title, &text);
    }

    #[test]
    fn any_text_survives_as_a_signal(text in hostile()) {
        let body = serde_json::json!({ "title": text }).to_string();
        prop_assert_eq!(&Signals::<Draft>::from_input(&datastar(Method::POST, "", &body)).unwrap().title, &text);
    }
}
