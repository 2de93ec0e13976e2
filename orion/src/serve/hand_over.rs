//! A connection that changes hands: hyper reads the request and writes the head of the answer; a live stream is then written to
//! the socket by a [carrier](super::carry). So a stream that is open for hours keeps none of hyper's buffers, and a frame is one
//! system call away from its socket.
//!
//! HTTP/1.1 only: the answer to a client of 1.0 ends with its connection, and stays hyper's.

use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Method, Response, Version};
use http_body::{Body, Frame};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::live::{Stream, Take};

/// What hyper is given as its socket, and the other end of it.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<State>>);

struct State {
    socket: Option<TcpStream>,
    /// The stream that goes on where the head of its answer ends.
    stream: Option<Stream>,
    /// Whether hyper has come to the body of that answer …
    at_body: bool,
    /// … and whether everything before it is written.
    written: bool,
    /// Whether the client said something to which nothing was said yet.
    unanswered: bool,
}

impl Shared {
    pub(super) fn new(socket: TcpStream) -> Self {
        Self(Arc::new(Mutex::new(State {
            socket: Some(socket),
            stream: None,
            at_body: false,
            written: false,
            unanswered: false,
        })))
    }

    /// Takes the stream out of an answer that has one, and leaves a body in its place that never begins.
    pub(super) fn keep(
        &self,
        (method, version): (&Method, Version),
        response: &mut Response<axum::body::Body>,
    ) {
        if version != Version::HTTP_11 || *method != Method::GET {
            return;
        }
        let taken = response.extensions_mut().remove::<Take>().and_then(|take| take.take());
        if let Some(stream) = taken {
            self.lock().stream = Some(stream);
            *response.body_mut() = axum::body::Body::new(Nothing(self.clone()));
        }
    }

    /// The socket and the stream, once hyper has written the head of the stream's answer.
    pub(super) fn take(&self) -> Option<(TcpStream, Stream)> {
        let mut state = self.lock();
        if !state.written {
            return None;
        }
        Some((state.socket.take()?, state.stream.take()?))
    }

    /// Says `words` to a client that waits for an answer, as far as its socket takes them at once.
    pub(super) fn say(&self, words: &str) {
        let state = self.lock();
        if let (Some(socket), true) = (&state.socket, state.unanswered) {
            let _ = socket.try_write(words.as_bytes());
        }
    }

    /// The state is whole between any two calls of the socket.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`with`](Self::with), for what says something to the client.
    fn write(
        &self,
        f: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let mut state = self.lock();
        state.unanswered = false;
        state.with(f)
    }

    fn with<T>(&self, f: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        self.lock().with(f)
    }
}

impl State {
    fn with<T>(&mut self, f: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match &mut self.socket {
            Some(socket) => f(Pin::new(socket)),
            None => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl AsyncRead for Shared {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let (before, mut state) = (buf.filled().len(), self.lock());
        let read = state.with(|socket| socket.poll_read(cx, buf));
        state.unanswered |= buf.filled().len() > before;
        read
    }
}

impl AsyncWrite for Shared {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.write(|socket| socket.poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = self.with(|socket| socket.poll_flush(cx));
        if let Poll::Ready(Ok(())) = flushed {
            // hyper flushes what it has written, and only when it has written all that it had.
            let mut state = self.lock();
            state.written |= state.at_body;
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with(|socket| socket.poll_shutdown(cx))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.write(|socket| socket.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}

/// The body of which hyper writes the head only.
struct Nothing(Shared);

impl Body for Nothing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.lock().at_body = true;
        // Nobody is woken: whoever drives the connection looks at once.
        Poll::Pending
    }
}
