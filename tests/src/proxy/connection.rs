//! One connection through the proxy.

use super::{Blow, Mode, Shared, coding};
use std::borrow::Cow;
use std::io;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

const BAD_GATEWAY: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 22\r\n\
    connection: close\r\n\r\n<h1>Bad Gateway</h1>\r\n";

/// The last chunk of a response in chunks.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// The same behind the end of the chunk before it.
const END_OF_CHUNKS: &[u8] = b"\r\n0\r\n\r\n";

pub(super) struct Connection<'a> {
    client: TcpStream,
    /// Nothing, if the application did not accept the connection.
    upstream: Option<TcpStream>,
    shared: &'a Shared,
    blows: broadcast::Receiver<Blow>,
    /// Half-open: nothing that comes is passed on any more.
    dead: bool,
    /// An event stream in chunks is on its way.
    streaming: bool,
}

/// What happened next.
enum Next {
    Blow(Result<Blow, RecvError>),
    FromClient(io::Result<usize>),
    FromUpstream(io::Result<usize>),
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Reset,
    Close,
    Finish,
    BadGateway,
}

impl<'a> Connection<'a> {
    pub(super) fn new(
        client: TcpStream,
        upstream: Option<TcpStream>,
        shared: &'a Shared,
        blows: broadcast::Receiver<Blow>,
    ) -> Self {
        Self { client, upstream, shared, blows, dead: shared.mode() == Mode::Stall, streaming: false }
    }

    pub(super) async fn serve(mut self) {
        let mut down = vec![0; 16 * 1024];
        let mut up = vec![0; 16 * 1024];
        let end = loop {
            let next = tokio::select! {
                biased;
                blow = self.blows.recv() => Next::Blow(blow),
                read = self.client.read(&mut up) => Next::FromClient(read),
                read = read(self.upstream.as_mut(), &mut down) => Next::FromUpstream(read),
            };
            let end = match next {
                Next::Blow(blow) => self.struck(&blow),
                Next::FromClient(Ok(length)) => self.ask(&up[..length]).await,
                Next::FromUpstream(Ok(length)) => self.answer(&down[..length]).await,
                Next::FromClient(Err(_)) => Some(End::Reset),
                Next::FromUpstream(Err(_)) => self.lost(End::Reset),
            };
            if let Some(end) = end {
                break end;
            }
        };
        // An error says that the client was gone first.
        let _ = self.end(end).await;
    }

    fn struck(&mut self, blow: &Result<Blow, RecvError>) -> Option<End> {
        match blow {
            Ok(Blow::Cut) | Err(RecvError::Closed) => Some(End::Reset),
            Ok(Blow::Close) => Some(End::Close),
            Ok(Blow::Finish) => self.streaming.then_some(End::Finish),
            Ok(Blow::Stall) => {
                self.dead = true;
                None
            }
            Err(RecvError::Lagged(_)) => None,
        }
    }

    /// Bytes of a request: here is where a request is refused, even on a connection that has carried others.
    async fn ask(&mut self, bytes: &[u8]) -> Option<End> {
        if bytes.is_empty() {
            return Some(End::Close);
        }
        if let Some(line) = request_line(bytes) {
            self.shared.seen.send_modify(|seen| seen.requests.push(line));
        }
        if self.dead {
            return None;
        }
        match (self.shared.mode(), &mut self.upstream) {
            (Mode::BadGateway, _) => Some(End::BadGateway),
            (Mode::Refuse, _) | (_, None) => Some(End::Reset),
            (_, Some(upstream)) => {
                let bytes = match self.shared.coding() {
                    Some(only) => Cow::Owned(coding::accepting(bytes, only)),
                    None => Cow::Borrowed(bytes),
                };
                upstream.write_all(&bytes).await.err().map(|_| End::Reset)
            }
        }
    }

    /// Bytes of a response.
    async fn answer(&mut self, bytes: &[u8]) -> Option<End> {
        if bytes.is_empty() {
            return self.lost(End::Close);
        }
        if self.dead {
            return None;
        }
        match self.shared.mode() {
            Mode::Delay(time) => tokio::time::sleep(time).await,
            Mode::LoseAnswers => return Some(End::Reset),
            _ => {}
        }
        if bytes.starts_with(b"HTTP/1.1 ") {
            let head = String::from_utf8_lossy(bytes).to_ascii_lowercase();
            let streams = head.contains("text/event-stream") && head.contains("transfer-encoding: chunked");
            if streams {
                let coding = coding::of(&head).to_owned();
                self.shared.seen.send_modify(|seen| seen.codings.push(coding));
            }
            self.set_streaming(streams);
        }
        if bytes.ends_with(END_OF_CHUNKS) {
            self.set_streaming(false);
        }
        self.client.write_all(bytes).await.err().map(|_| End::Reset)
    }

    fn set_streaming(&mut self, streaming: bool) {
        match (self.streaming, streaming) {
            (false, true) => self.shared.seen.send_modify(|seen| seen.streams += 1),
            (true, false) => self.shared.seen.send_modify(|seen| seen.streams -= 1),
            _ => {}
        }
        self.streaming = streaming;
    }

    /// The application is gone, which a dead connection does not pass on either.
    fn lost(&mut self, end: End) -> Option<End> {
        self.upstream = None;
        (!self.dead).then_some(end)
    }

    async fn end(mut self, end: End) -> io::Result<()> {
        self.set_streaming(false);
        match end {
            End::Reset => {
                self.client.set_zero_linger()?;
                if let Some(upstream) = &self.upstream {
                    upstream.set_zero_linger()?;
                }
            }
            End::Close => self.client.shutdown().await?,
            End::Finish => {
                self.client.write_all(LAST_CHUNK).await?;
                self.client.shutdown().await?;
            }
            End::BadGateway => {
                self.shared.seen.send_modify(|seen| seen.refused += 1);
                self.client.write_all(BAD_GATEWAY).await?;
                self.client.shutdown().await?;
                // Closing before all of the request was read would reset the connection and take the answer along.
                tokio::io::copy(&mut self.client, &mut tokio::io::sink()).await?;
            }
        }
        Ok(())
    }
}

/// Reads from the application; never ready without one.
async fn read(upstream: Option<&mut TcpStream>, buffer: &mut [u8]) -> io::Result<usize> {
    match upstream {
        Some(upstream) => upstream.read(buffer).await,
        None => std::future::pending().await,
    }
}

/// The first line, if the bytes begin a request.
fn request_line(bytes: &[u8]) -> Option<String> {
    let line = bytes.split(|&byte| byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    line.ends_with(" HTTP/1.1").then(|| line.to_owned())
}
