//! A stream of server-sent events, read as they come.

mod parse;

pub use parse::Event;

use super::decode::Decoder;
use crate::in_time;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use parse::Parser;
use std::collections::VecDeque;
use std::io;

/// How a stream ended.
#[derive(Debug)]
pub enum Ending {
    /// The response was complete.
    Clean,
    /// The connection was lost in the middle of it, or what came could not be decoded.
    Broken(io::Error),
}

/// An open event stream; dropping it closes the connection.
#[derive(Debug)]
pub struct Events {
    /// The status code; only 200 brings events.
    pub status: u16,
    /// The response's headers.
    pub headers: HeaderMap,
    body: Incoming,
    decoder: io::Result<Decoder>,
    parser: Parser,
    ready: VecDeque<Event>,
    encoded: u64,
}

impl Events {
    pub(super) fn new(response: http::Response<Incoming>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status.as_u16(),
            decoder: Decoder::of(&head.headers),
            headers: head.headers,
            body,
            parser: Parser::default(),
            ready: VecDeque::new(),
            encoded: 0,
        }
    }

    /// How many bytes of the body have come, as they were encoded.
    pub fn encoded_bytes(&self) -> u64 {
        self.encoded
    }

    /// The next event or the end, however long it takes.
    pub async fn step(&mut self) -> Result<Event, Ending> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(event);
            }
            let frame = self.body.frame().await.ok_or(Ending::Clean)?;
            let frame = frame.map_err(|error| Ending::Broken(io::Error::other(error)))?;
            let Some(bytes) = frame.data_ref() else { continue };
            self.encoded += bytes.len() as u64;
            let decoder =
                self.decoder.as_mut().map_err(|error| Ending::Broken(io::Error::other(error.to_string())))?;
            let text = decoder.decode(bytes).map_err(Ending::Broken)?;
            self.ready.extend(self.parser.read(&text));
        }
    }

    /// The next event.
    pub async fn next(&mut self) -> Event {
        let event = in_time("another event came", self.step()).await;
        event
            .unwrap_or_else(|ending| panic!("the stream ended ({ending:?}) where another event was expected"))
    }

    /// The next event for which `is_it` holds; the others are dropped. `what` completes "it did not happen in time
    /// that …".
    pub async fn until(&mut self, what: &str, is_it: impl Fn(&Event) -> bool) -> Event {
        let found = async {
            loop {
                match self.step().await {
                    Ok(event) if is_it(&event) => return event,
                    Ok(_) => {}
                    Err(ending) => panic!("the stream ended ({ending:?}) before {what}"),
                }
            }
        };
        in_time(what, found).await
    }

    /// Reads to the end of the stream.
    pub async fn ending(&mut self) -> Ending {
        let end = async {
            loop {
                if let Err(ending) = self.step().await {
                    return ending;
                }
            }
        };
        in_time("the stream ended", end).await
    }
}
