//! Writes a live stream to its socket, in the chunks of HTTP/1.1 (RFC 9112, section 7.1).

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use http_body::Body as _;
use tokio::io::{AsyncRead as _, AsyncWriteExt as _, ReadBuf};

use super::hand_over::Socket;
use crate::live::Stream;

/// What a client may say while it listens: nothing that is asked on this connection is answered any more.
const MOST_IGNORED: usize = 64 * 1024;

/// Carries the stream to its end, or to the client's.
///
/// # Errors
/// If the socket fails, or a write to it makes no progress for too long.
pub(super) async fn carry(mut socket: Socket, mut stream: Stream) -> io::Result<()> {
    let mut ignored = 0;
    loop {
        match poll_fn(|cx| next(&mut socket, &mut stream, &mut ignored, cx)).await? {
            Next::Piece(piece) => {
                let size = format!("{:x}\r\n", piece.len());
                socket.write_all_buf(&mut size.as_bytes().chain(piece).chain(&b"\r\n"[..])).await?;
            }
            Next::End => {
                socket.write_all(b"0\r\n\r\n").await?;
                return socket.shutdown().await;
            }
            Next::Left => return Ok(()),
        }
    }
}

enum Next {
    Piece(Bytes),
    End,
    /// The client closed its end.
    Left,
}

fn next(
    socket: &mut Socket,
    stream: &mut Stream,
    ignored: &mut usize,
    cx: &mut Context<'_>,
) -> Poll<io::Result<Next>> {
    match Pin::new(stream).poll_frame(cx) {
        Poll::Ready(None) => return Poll::Ready(Ok(Next::End)),
        Poll::Ready(Some(Ok(frame))) => {
            if let Ok(piece) = frame.into_data() {
                return Poll::Ready(Ok(Next::Piece(piece)));
            }
        }
        Poll::Ready(Some(Err(never))) => match never {},
        Poll::Pending => {}
    }
    let mut space = [0; 256];
    loop {
        let mut said = ReadBuf::new(&mut space);
        ready!(socket.as_mut().poll_read(cx, &mut said))?;
        *ignored += said.filled().len();
        if said.filled().is_empty() || *ignored > MOST_IGNORED {
            return Poll::Ready(Ok(Next::Left));
        }
    }
}
