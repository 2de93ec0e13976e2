//! The body of a live stream: what one tab receives for as long as it is open.

use std::convert::Infallible;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderName, HeaderValue, Response};
use http_body::{Body, Frame};
use tokio::time::{Instant, Sleep, sleep};

use crate::live::coding::{Encoder, Event};
use crate::live::engine::StreamId;
use crate::live::hub::{Hub, Mailbox};
use crate::live::{Coding, frame};

/// The body of the answer to a page's stream, of type `text/event-stream`.
///
/// First the time after which to come back, another for each stream so that they do not all come back at once; then the
/// complete present state of every region of the page, then each newer one. A ping when there was nothing to say for a
/// while. It ends when the hub shuts down, and never else; dropping it closes it.
///
/// What it says is decided when it is read: a slow reader skips what was replaced meanwhile.
pub struct Stream {
    hub: Arc<Hub>,
    id: StreamId,
    mailbox: Arc<Mailbox>,
    /// Whether a frame is all that there can be at one time: then nobody looks for another.
    single: bool,
    coding: Coding,
    greeting: Option<Bytes>,
    /// `None` once the stream has ended.
    encoder: Option<Encoder>,
    /// Since when it has said nothing.
    quiet: Instant,
    /// Ends no later than the silence that is broken by a ping: it is not put off for every event.
    silence: Pin<Box<Sleep>>,
}

impl Stream {
    pub(super) fn new(
        hub: Arc<Hub>,
        (id, mailbox): (StreamId, Arc<Mailbox>),
        coding: Coding,
        regions: usize,
    ) -> Self {
        // Without randomness all come back at the same time: no reason not to serve them.
        let jitter = getrandom::u32().unwrap_or(0) % 1201;
        let silence = Box::pin(sleep(hub.options().ping));
        let single = regions <= 1 && !hub.options().development;
        Self {
            hub,
            id,
            mailbox,
            single,
            coding,
            greeting: Some(frame::retry(Duration::from_millis((300 + jitter).into()))),
            encoder: Some(Encoder::new(coding)),
            quiet: Instant::now(),
            silence,
        }
    }

    /// Says something more to this stream alone, before all else.
    #[must_use]
    pub fn greeting(mut self, event: &Bytes) -> Self {
        self.greeting = Some([&*self.greeting.take().unwrap_or_default(), event].concat().into());
        self
    }

    /// The whole answer: status 200, which alone Datastar reads, and the headers that keep caches and proxies from holding
    /// events back.
    pub fn into_response(self) -> Response<Self> {
        let coding = self.coding.content_encoding().map(HeaderValue::from_static);
        let mut response = Response::new(self);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
        // nginx would collect events until a buffer is full.
        headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, coding);
        }
        response
    }

    /// The next event, before it is encoded; `None` at the end.
    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        // First of all: what happens from here on wakes this task.
        self.mailbox.wait(cx);
        if self.hub.is_closing() {
            return Poll::Ready(None);
        }
        let news = self.greeting.take().map(Event::Private).or_else(|| self.news());
        if news.is_none() {
            ready!(self.poll_silence(cx));
        }
        self.quiet = Instant::now();
        Poll::Ready(Some(news.unwrap_or(Event::Ping)))
    }

    /// What there is to say, if there is anything.
    fn news(&mut self) -> Option<Event> {
        if !self.mailbox.has_news() {
            return None;
        }
        let letter = self.mailbox.take().map(Event::Private);
        let may_be_last = self.single && letter.is_none();
        let news = letter.or_else(|| self.hub.take(self.id));
        if news.is_some() && !may_be_last {
            self.mailbox.has_more();
        }
        news
    }

    /// Ready when nothing was said for so long that a ping is due.
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.silence.as_mut().poll(cx));
            let due = self.quiet + self.hub.options().ping;
            self.silence.as_mut().reset(due.max(Instant::now()));
            if due <= Instant::now() {
                return Poll::Ready(());
            }
        }
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = &mut *self;
        while this.encoder.is_some() {
            let event = ready!(this.poll_event(cx));
            let piece = match (event, &mut this.encoder) {
                (Some(event), Some(encoder)) => {
                    let piece = encoder.encode(&event, this.hub.histories());
                    if let Event::Frame(_) = event {
                        this.hub.sent().frame(piece.len());
                    }
                    piece
                }
                _ => this.encoder.take().map(Encoder::finish).unwrap_or_default(),
            };
            // An empty piece says nothing, and HTTP/1.1 would take it for the end.
            if !piece.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
        }
        Poll::Ready(None)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.hub.close(self.id);
    }
}

#[cfg(test)]
mod tests;
