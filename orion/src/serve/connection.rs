//! One connection, from the socket that was accepted to its end, or to where a live stream takes it over; and what a client may do to it.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use http::header::{CONNECTION, DATE, HeaderValue};
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::Tls;
use super::carry::{Carriers, Handed};
use super::client::Proxies;
use super::config::Config;
use super::date;
use super::hand_over::Shared;
use super::head;
use super::listen::Seat;
use crate::live::Stream;

/// Why a connection ended before its time.
pub(super) enum Cause {
    /// A request did not arrive in time.
    TooSlow,
    Other(String),
}

/// What all connections have in common.
pub(super) struct Connections {
    pub(super) http1: http1::Builder,
    router: Router,
    tls: Option<Tls>,
    proxies: Proxies,
    carriers: Carriers,
    header_limit: usize,
    write_timeout: Duration,
    ending: AtomicBool,
}

/// A connection that was just let in.
pub(super) struct Accepted {
    pub(super) socket: TcpStream,
    pub(super) peer: SocketAddr,
    /// Tells when the end begins.
    pub(super) watcher: Watcher,
    pub(super) seat: Seat,
}

impl Connections {
    /// Counts in `dropped` the streams whose clients do not read.
    pub(super) fn new(config: &Config, router: Router, tls: Option<Tls>, dropped: &Arc<AtomicU64>) -> Self {
        Self {
            http1: http1(config),
            router,
            tls,
            proxies: Proxies::new(&config.proxies),
            carriers: Carriers::start(config.write_timeout, dropped),
            header_limit: config.header_limit,
            write_timeout: config.write_timeout,
            ending: AtomicBool::new(false),
        }
    }

    /// From now on every answer says that it is the last one.
    pub(super) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }

    /// Serves a connection to its end, or to where it is handed to a carrier.
    pub(super) async fn serve(self: Arc<Self>, accepted: Accepted) {
        let Accepted { socket, peer, watcher, seat } = accepted;
        // Frames are whole when they are written: waiting for more (Nagle) would only delay them.
        let _ = socket.set_nodelay(true);
        let served = match &self.tls {
            None => self.plain(socket, peer, watcher).await,
            // Boxed: its state is larger, and those without TLS need none of it.
            Some(tls) => Box::pin(tls.serve(&self, socket, peer, watcher)).await.map(|()| None),
        };
        match served {
            Ok(Some((socket, stream))) => self.carriers.hand(Handed { socket, stream, peer, seat }),
            Ok(None) => {}
            Err(cause) => tracing::debug!(%peer, %cause, "a connection ended"),
        }
    }

    async fn plain(
        self: &Arc<Self>,
        socket: TcpStream,
        peer: SocketAddr,
        watcher: Watcher,
    ) -> Result<Option<(TcpStream, Stream)>, Cause> {
        let shared = Shared::new(socket);
        let service = service_fn(|request: Request<Incoming>| {
            let (keeper, method, version) = (shared.clone(), request.method().clone(), request.version());
            let answer = self.answer(request, peer, false);
            async move {
                let mut answer = answer.await;
                keeper.keep((&method, version), &mut answer);
                Ok::<_, Infallible>(answer)
            }
        });
        let socket = TokioIo::new(self.bounded(shared.clone()));
        let connection = watcher.watch(self.http1.serve_connection(socket, service));
        let mut connection = pin!(connection);
        let ended = poll_fn(|cx| match connection.as_mut().poll(cx) {
            Poll::Ready(ended) => Poll::Ready(ended.map(|()| None).map_err(Cause::from)),
            Poll::Pending => shared.take().map_or(Poll::Pending, |taken| Poll::Ready(Ok(Some(taken)))),
        })
        .await;
        if matches!(ended, Err(Cause::TooSlow)) {
            shared.say(&head::too_slow());
        }
        ended
    }

    pub(super) fn answer(
        self: &Arc<Self>,
        mut request: Request<Incoming>,
        peer: SocketAddr,
        through_tls: bool,
    ) -> impl Future<Output = Response<Body>> + use<> {
        self.proxies.note(peer.ip(), through_tls, &mut request);
        let (own, version) = (Arc::clone(self), request.version());
        let refused = head::refuse(&request, self.header_limit);
        let answer = self.router.clone().oneshot(request.map(Body::new));
        async move {
            let mut answer = match refused {
                Some(refused) => refused,
                None => answer.await.unwrap_or_else(|never| match never {}),
            };
            if let Some(date) = date::header(SystemTime::now()) {
                answer.headers_mut().entry(DATE).or_insert(date);
            }
            if own.ending.load(Ordering::Relaxed) && version < Version::HTTP_2 {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            answer
        }
    }

    /// A socket on which a write that makes no progress ends.
    pub(super) fn bounded<S: AsyncRead + AsyncWrite>(&self, socket: S) -> Pin<Box<TimeoutStream<S>>> {
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.write_timeout));
        Box::pin(socket)
    }
}

impl From<hyper::Error> for Cause {
    fn from(cause: hyper::Error) -> Self {
        if cause.is_timeout() { Self::TooSlow } else { Self::Other(cause.to_string()) }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSlow => f.write_str("it asked for nothing in time"),
            Self::Other(cause) => f.write_str(cause),
        }
    }
}

/// How many bytes of a head are read. One that is a little too large is read, so that somebody can say so in words; hyper refuses without any.
pub(super) fn head_limit(config: &Config) -> usize {
    config.header_limit.saturating_mul(2)
}

/// How HTTP/1.1 is spoken.
pub(super) fn http1(config: &Config) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(config.request_timeout)
        .max_buf_size(head_limit(config).max(8192));
    builder
}
