//! From what a command returned to the response that its client understands.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use super::encode::Encode as _;
use super::errors;
use super::event::{Event, ExecuteScript, PatchSignals};
use super::input::Input;
use super::location::Location;
use super::reply::Reply;
use super::signal_name;
use crate::error::{Error, Kind, Result};

/// What an internal error is called in production.
const OPAQUE: &str = "Something went wrong on the server.";

/// The response to a command.
///
/// | result | Datastar | any other client |
/// |---|---|---|
/// | success | 200 with the reply's events, or 204 when there are none | 303, to the reply's redirect or back |
/// | errors of fields | 200: each message in `$errors.field`, every other error of the page cleared | 422, a line for each field |
/// | a refusal | its status and sentence | the same |
/// | an internal error | 500: opaque, or in development the whole chain of causes | the same |
///
/// Datastar's client reads bodies of status 200 only, so errors beside fields have to be one. Success clears the errors that the
/// page still shows.
pub fn answer(result: Result<Reply>, input: &Input, development: bool) -> Response<Bytes> {
    match result.and_then(Reply::checked) {
        Ok(reply) => success(reply, input),
        Err(error) => failure(&error, input, development),
    }
}

fn success(reply: Reply, input: &Input) -> Response<Bytes> {
    if !input.is_datastar() {
        return see_other(&reply.redirect.unwrap_or_else(|| Location::back(&input.headers)));
    }
    let mut signals = errors::patch(input, &[]);
    signal_name::merge(&mut signals, reply.signals);
    let mut events = reply.events;
    events.extend(reply.redirect.map(|location| leave_for(&location).into()));
    stream(signals, &events)
}

fn failure(error: &Error, input: &Input, development: bool) -> Response<Bytes> {
    match error.kind() {
        Kind::Fields(found) if input.is_datastar() => stream(errors::patch(input, found), &[]),
        Kind::Fields(found) => {
            let lines = found.iter().map(|(field, message)| format!("{field}: {message}\n"));
            text(StatusCode::UNPROCESSABLE_ENTITY, lines.collect())
        }
        Kind::Refused { status, sentence } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = text(status, sentence.to_string());
            if status == StatusCode::SERVICE_UNAVAILABLE {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            response
        }
        Kind::Internal { .. } => {
            let body = if development { error.chain() } else { OPAQUE.into() };
            text(StatusCode::INTERNAL_SERVER_ERROR, body)
        }
    }
}

/// The signals in one patch, then the events; 204 where there is neither.
fn stream(signals: Map<String, Value>, events: &[Event<'_>]) -> Response<Bytes> {
    let mut body = String::new();
    if !signals.is_empty() {
        PatchSignals::from(signals).encode_into(&mut body);
    }
    for event in events {
        event.encode_into(&mut body);
    }
    if body.is_empty() {
        return response(StatusCode::NO_CONTENT, Bytes::new());
    }
    let mut response = response(StatusCode::OK, body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

/// From a timer, because Firefox would take a navigation in a running script for a replacement of the page in its history.
fn leave_for(location: &Location) -> ExecuteScript<'static> {
    let target = Value::from(location.as_str());
    ExecuteScript::new(format!("setTimeout(() => window.location = {target})"))
}

fn see_other(location: &Location) -> Response<Bytes> {
    let mut response = response(StatusCode::SEE_OTHER, Bytes::new());
    let target = HeaderValue::from_str(location.as_str()).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, target);
    response
}

fn text(status: StatusCode, body: String) -> Response<Bytes> {
    let mut response = response(status, body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn response(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
