//! What clients see of a command's result.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, REFERER, RETRY_AFTER};
use http::{Method, Response};
use maud::html;
use serde_json::{Value, json};

use super::reader::{Received, read};
use super::{datastar, plain};
use crate::wire::{Input, IntoReply, PatchElements, Reply, answer};
use crate::{Error, Forbidden, NotFound, Result};

const FORM: &str = "application/x-www-form-urlencoded";

fn post(signals: &Value) -> Input {
    datastar(Method::POST, "", &signals.to_string())
}

fn body(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn events(response: &Response<Bytes>) -> Vec<Received> {
    assert_eq!(response.status(), 200, "{response:?}");
    assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    read(body(response))
}

/// The signals of the only event.
fn signals(response: &Response<Bytes>) -> Value {
    let events = events(response);
    assert_eq!(events.len(), 1, "{events:?}");
    serde_json::from_str(events[0].value("signals").unwrap()).unwrap()
}

fn header<'a>(response: &'a Response<Bytes>, name: &http::HeaderName) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[test]
fn nothing_to_say_is_204() {
    let response = answer(Ok(Reply::done()), &post(&json!({ "title": "Milk" })), false);
    assert_eq!((response.status().as_u16(), body(&response)), (204, ""));
}

#[test]
fn signals_come_first_then_the_events_then_the_redirect() {
    let reply = Reply::redirect("/boards/7?a=\"</script>")
        .and(PatchElements::new(html! { p #a { "x" } }))
        .and_signal("draft.title", "")
        .and_signal("draft.open", true)
        .and_script("hello()");
    let events = events(&answer(Ok(reply), &post(&json!({})), false));
    let values: Vec<_> =
        events.iter().map(|event| event.value("signals").or(event.value("elements")).unwrap()).collect();
    assert_eq!(
        values,
        [
            r#"{"draft":{"open":true,"title":""}}"#,
            r#"<p id="a">x</p>"#,
            r#"<script data-effect="el.remove()">hello()</script>"#,
            r#"<script data-effect="el.remove()">setTimeout(() => window.location = "/boards/7?a=%22%3C/script%3E")</script>"#,
        ]
    );
}

#[test]
fn a_toast_is_escaped_and_removes_itself() {
    let events = events(&answer(Ok(Reply::toast("<b> & \r\ndata: mode remove")), &post(&json!({})), false));
    assert_eq!(events[0].value("selector"), Some("#orion-toasts"));
    assert_eq!(events[0].value("mode"), Some("append"));
    assert_eq!(
        events[0].value("elements").unwrap(),
        "<div class=\"orion-toast\" role=\"status\" data-init__delay.5s=\"el.remove()\">&lt;b&gt; &amp; \ndata: mode remove</div>"
    );
}

#[test]
fn an_error_of_a_field_lands_beside_it_and_the_others_are_cleared() {
    let input = post(&json!({
        "title": "",
        "errors": { "amount": "Too much", "note": "", "address": { "street": "Where?", "zip": null }, "__proto__": "x" }
    }));
    let result = Err(Error::field("title", "Say what").and_field("address.zip", "Say \"where\""));
    assert_eq!(
        signals(&answer(result, &input, false)),
        json!({ "errors": { "title": "Say what", "amount": "", "address": { "street": "", "zip": "Say \"where\"" } } })
    );
}

#[test]
fn success_clears_the_errors_that_the_page_shows() {
    let input = post(&json!({ "errors": { "title": "Say what", "amount": "" } }));
    assert_eq!(
        signals(&answer(Ok(Reply::signal("title", "")), &input, false)),
        json!({ "title": "", "errors": { "title": "" } })
    );
    assert_eq!(signals(&answer(Ok(Reply::done()), &input, false)), json!({ "errors": { "title": "" } }));
    assert_eq!(
        signals(&answer(Ok(Reply::signal("errors.amount", "?")), &input, false)),
        json!({ "errors": { "title": "", "amount": "?" } })
    );
}

#[test]
fn the_errors_of_a_request_without_a_body_are_read_from_its_query() {
    let input =
        datastar(Method::DELETE, "a=b&datastar=%7B%22errors%22%3A%7B%22title%22%3A%22No%22%7D%7D", "");
    assert_eq!(signals(&answer(Ok(Reply::done()), &input, false)), json!({ "errors": { "title": "" } }));
}

#[test]
fn a_form_clears_the_errors_of_its_own_fields() {
    let mut input = datastar(Method::POST, "", "title=x&items%5B%5D=1&amount=0");
    input.headers.insert(CONTENT_TYPE, FORM.parse().unwrap());
    assert_eq!(
        signals(&answer(Err(Error::field("amount", "Order one")), &input, false)),
        json!({ "errors": { "title": "", "amount": "Order one" } })
    );
}

#[test]
fn hostile_errors_in_a_request_are_no_obstacle() {
    for text in ["", "{", "[]", r#"{"errors": 7}"#, r#"{"errors": [1]}"#, &"[".repeat(100_000)] {
        let response = answer(Ok(Reply::done()), &datastar(Method::POST, "", text), false);
        assert_eq!(response.status(), 204, "{text}");
    }
    let odd = r#"{"errors": {"a\nb</script>": "x", "c": [1], "d": {"e": {"f": 1}}}}"#;
    assert_eq!(
        signals(&answer(Ok(Reply::done()), &datastar(Method::POST, "", odd), false)),
        json!({ "errors": { "a\nb</script>": "", "c": "", "d": { "e": { "f": "" } } } })
    );
}

#[test]
fn a_refusal_keeps_its_status_and_says_one_sentence() {
    for (error, status, sentence) in [
        (NotFound.into(), 404, "There is nothing here."),
        (Forbidden.into(), 403, "You may not do this."),
        (Error::refused(422, "`title` is missing."), 422, "`title` is missing."),
    ] {
        for input in [post(&json!({})), plain(Method::POST, "", FORM, "")] {
            let error: &Error = &error;
            let copy = Error::refused(error.status(), error.to_string());
            let response = answer(Err(copy), &input, false);
            assert_eq!((response.status().as_u16(), body(&response)), (status, sentence));
            assert_eq!(header(&response, &CONTENT_TYPE), "text/plain; charset=utf-8");
        }
    }
}

#[test]
fn a_full_queue_says_when_to_come_back() {
    let response = answer(Err(Error::refused(503, "Too busy.")), &post(&json!({})), false);
    assert_eq!((response.status().as_u16(), header(&response, &RETRY_AFTER)), (503, "1"));
}

#[test]
fn an_internal_error_is_opaque_but_in_development() {
    let failed = || Err(Error::internal("the disk is full").while_doing("writing a todo"));
    let production = answer(failed(), &post(&json!({})), false);
    assert_eq!(
        (production.status().as_u16(), body(&production)),
        (500, "Something went wrong on the server.")
    );
    let development = answer(failed(), &post(&json!({})), true);
    assert_eq!(body(&development), "writing a todo: the disk is full");
}

#[test]
fn a_form_without_javascript_goes_back_to_its_page() {
    let mut input = plain(Method::POST, "", FORM, "title=x");
    assert_eq!(header(&answer(Ok(Reply::toast("Saved")), &input, false), &LOCATION), "/");
    input.headers.insert(REFERER, "https://example.org/boards/7?a=b".parse().unwrap());
    let response = answer(Ok(Reply::done()), &input, false);
    assert_eq!((response.status().as_u16(), header(&response, &LOCATION)), (303, "/boards/7?a=b"));
    let response = answer(Ok(Reply::redirect("/done")), &input, false);
    assert_eq!((response.status().as_u16(), header(&response, &LOCATION)), (303, "/done"));
}

#[test]
fn errors_of_fields_are_a_422_without_datastar() {
    let error = Error::field("title", "Say what").and_field("amount", "Order one");
    let response = answer(Err(error), &plain(Method::POST, "", FORM, ""), false);
    assert_eq!((response.status().as_u16(), body(&response)), (422, "title: Say what\namount: Order one\n"));
}

#[test]
fn a_redirect_to_a_script_fails_the_command_before_it_is_kept() {
    for reply in
        [Reply::redirect("javascript:alert(1)"), Reply::done().and_redirect("//evil.org").and_redirect("/")]
    {
        let kept: Result<Reply> = Ok(reply.clone()).into_reply();
        assert!(kept.unwrap_err().to_string().starts_with("a reply redirects to a path"));
        assert_eq!(answer(Ok(reply), &post(&json!({})), false).status(), 500);
    }
}

#[test]
fn a_signal_that_is_not_json_fails_the_command() {
    let odd = std::collections::HashMap::from([((1, 2), 3)]);
    let error = Reply::signal("odd", odd).into_reply().unwrap_err();
    assert!(error.to_string().starts_with("the signal `odd` cannot be written as JSON"), "{error}");
}
