//! One stream and its socket.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use http_body::Body as _;
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::chunks::Chunks;
use crate::live::Stream;

/// What a client may say while it listens: nothing that is asked on this connection is answered any more.
const MOST_IGNORED: usize = 64 * 1024;

/// A stream on its way: ready when it, or the client, has come to its end.
pub(super) struct Carried {
    socket: TcpStream,
    stream: Stream,
    chunks: Arc<Chunks>,
    /// Of the chunk that was taken from the stream last, what is not written yet.
    rest: Bytes,
    /// Whether that is the last one.
    last: bool,
    /// How long the client may make no room …
    patience: Duration,
    /// … and when it has made none for that long; only while something waits for room.
    stuck: Option<Pin<Box<Sleep>>>,
    ignored: usize,
}

impl Carried {
    pub(super) fn new(socket: TcpStream, stream: Stream, chunks: Arc<Chunks>, patience: Duration) -> Self {
        Self { socket, stream, chunks, rest: Bytes::new(), last: false, patience, stuck: None, ignored: 0 }
    }

    /// Writes what is left of the chunk.
    fn write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.rest.is_empty() {
            match Pin::new(&mut self.socket).poll_write(cx, &self.rest) {
                Poll::Ready(written) => {
                    self.rest.advance(written?);
                    self.stuck = None;
                }
                Poll::Pending => {
                    let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(self.patience)));
                    ready!(stuck.as_mut().poll(cx));
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
        }
        // Not only empty: it would hold the chunk.
        self.rest = Bytes::new();
        Poll::Ready(Ok(()))
    }

    /// Reads what the client says, until it has closed its end.
    fn left(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut space = [0; 256];
        loop {
            let mut said = ReadBuf::new(&mut space);
            ready!(Pin::new(&mut self.socket).poll_read(cx, &mut said))?;
            self.ignored += said.filled().len();
            if said.filled().is_empty() || self.ignored > MOST_IGNORED {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl Future for Carried {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        loop {
            ready!(this.write(cx))?;
            if this.last {
                return Pin::new(&mut this.socket).poll_shutdown(cx);
            }
            match Pin::new(&mut this.stream).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(piece) = frame.into_data() {
                        this.rest = this.chunks.of(piece);
                    }
                }
                Poll::Ready(Some(Err(never))) => match never {},
                Poll::Ready(None) => {
                    this.rest = Bytes::from_static(b"0\r\n\r\n");
                    this.last = true;
                }
                Poll::Pending => return this.left(cx),
            }
        }
    }
}
