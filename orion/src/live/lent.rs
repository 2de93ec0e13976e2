//! The answer to a page's stream, from which whoever owns the socket may take the stream out again.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame};

use super::Stream;

/// A stream as the body of its answer. Where nobody [takes](Take) it out, it is read like any other.
pub struct Lent(Slot);

/// In the extensions of the answer: takes the stream out, once. What is left of the body ends at once.
#[derive(Clone)]
pub struct Take(Slot);

type Slot = Arc<Mutex<Option<Stream>>>;

impl Lent {
    /// The whole answer, with a [`Take`] in its extensions.
    pub fn answer(stream: Stream) -> Response<Self> {
        let (parts, stream) = stream.into_response().into_parts();
        let slot = Arc::new(Mutex::new(Some(stream)));
        let mut response = Response::from_parts(parts, Self(Arc::clone(&slot)));
        response.extensions_mut().insert(Take(slot));
        response
    }
}

impl Take {
    /// The stream, if it was not taken before.
    pub fn take(&self) -> Option<Stream> {
        lock(&self.0).take()
    }
}

impl Body for Lent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *lock(&self.0) {
            Some(stream) => Pin::new(stream).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }
}

/// A stream is whole between any two calls of it.
fn lock(slot: &Slot) -> MutexGuard<'_, Option<Stream>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
