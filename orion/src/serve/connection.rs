//! One connection, from the socket that was accepted to its end, or to where a live stream takes it over; and what a client may do to it.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::header::{CONNECTION, HeaderValue};
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::carry::{Carriers, Handed};
use super::client::Proxies;
use super::config::Config;
use super::hand_over::Shared;
use super::head;
use super::listen::Seat;
use super::tls::Tls;
use crate::live::Stream;

/// How many requests one HTTP/2 connection may have open: above the number of tabs that anybody keeps.
const STREAMS_PER_CONNECTION: u32 = 256;

/// Why a connection ended before its time.
enum Cause {
    /// A request did not arrive in time.
    TooSlow,
    Other(String),
}

/// What all connections have in common.
pub(super) struct Connections {
    builder: auto::Builder<TokioExecutor>,
    router: Router,
    tls: Option<Tls>,
    proxies: Proxies,
    carriers: Carriers,
    header_limit: usize,
    request_timeout: Duration,
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
            builder: builder(config),
            router,
            tls,
            proxies: Proxies::new(&config.proxies),
            carriers: Carriers::start(config.write_timeout, dropped),
            header_limit: config.header_limit,
            request_timeout: config.request_timeout,
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
            Some(tls) => Box::pin(self.secure(tls, socket, peer, watcher)).await.map(|()| None),
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
        let (shared, asked) = (Shared::new(socket), Arc::new(Notify::new()));
        let service = service_fn(|request: Request<Incoming>| {
            asked.notify_one();
            let (keeper, method, version) = (shared.clone(), request.method().clone(), request.version());
            let answer = self.answer(request, peer, false);
            async move {
                let mut answer = answer.await;
                keeper.keep((&method, version), &mut answer);
                Ok::<_, Infallible>(answer)
            }
        });
        let socket = TokioIo::new(self.bounded(shared.clone()));
        let connection = watcher.watch(self.builder.serve_connection(socket, service));
        let mut connection = pin!(connection);
        let driven = poll_fn(|cx| match connection.as_mut().poll(cx) {
            Poll::Ready(ended) => Poll::Ready(ended.map(|()| None).map_err(|cause| Cause::of(&*cause))),
            Poll::Pending => shared.take().map_or(Poll::Pending, |taken| Poll::Ready(Ok(Some(taken)))),
        });
        let ended = self.patient(driven, &asked).await;
        if matches!(ended, Err(Cause::TooSlow)) {
            shared.say(&head::too_slow());
        }
        ended
    }

    /// hyper writes streams too: what is on the wire is no plain HTTP that a carrier could go on with.
    async fn secure(
        self: &Arc<Self>,
        tls: &Tls,
        socket: TcpStream,
        peer: SocketAddr,
        watcher: Watcher,
    ) -> Result<(), Cause> {
        let greeted = timeout(self.request_timeout, tls.greet(self.bounded(socket))).await;
        let socket = greeted.map_err(|_| Cause::TooSlow)?.map_err(Cause::Other)?;
        let asked = Arc::new(Notify::new());
        let service = service_fn(|request: Request<Incoming>| {
            asked.notify_one();
            let answer = self.answer(request, peer, true);
            async move { Ok::<_, Infallible>(answer.await) }
        });
        let connection = watcher.watch(self.builder.serve_connection(TokioIo::new(socket), service));
        let driven = async { connection.await.map_err(|cause| Cause::of(&*cause)) };
        self.patient(driven, &asked).await
    }

    fn answer(
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
            if own.ending.load(Ordering::Relaxed) && version < Version::HTTP_2 {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            answer
        }
    }

    /// Drives a connection; one that asks for nothing in time is dropped.
    ///
    /// HTTP's own limit on headers begins only with the byte that tells version 1 from 2, and version 2 has none.
    async fn patient<T>(
        &self,
        driven: impl Future<Output = Result<T, Cause>>,
        asked: &Notify,
    ) -> Result<T, Cause> {
        let mut driven = pin!(driven);
        tokio::select! {
            ended = &mut driven => return ended,
            asked = timeout(self.request_timeout, asked.notified()) => {
                asked.map_err(|_| Cause::TooSlow)?;
            }
        }
        driven.await
    }

    /// A socket on which a write that makes no progress ends.
    fn bounded<S: AsyncRead + AsyncWrite>(&self, socket: S) -> Pin<Box<TimeoutStream<S>>> {
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.write_timeout));
        Box::pin(socket)
    }
}

impl Cause {
    /// Why hyper ended a connection.
    fn of(cause: &(dyn Error + Send + Sync + 'static)) -> Self {
        if cause.downcast_ref().is_some_and(hyper::Error::is_timeout) {
            return Self::TooSlow;
        }
        Self::Other(cause.to_string())
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

fn builder(config: &Config) -> auto::Builder<TokioExecutor> {
    // A head that is a little too large is read, so that somebody can say so in words; hyper refuses without any.
    let beyond = config.header_limit.saturating_mul(2);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(config.request_timeout)
        .max_buf_size(beyond.max(8192))
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(beyond).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .keep_alive_timeout(config.write_timeout);
    builder
}
