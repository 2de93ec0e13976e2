//! One connection through TLS, from the handshake to its end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{HTTP_2, Tls};
use crate::serve::config::Config;
use crate::serve::connection::{Cause, Connections, head_limit};

/// How many requests one HTTP/2 connection may have open: above the number of tabs that anybody keeps.
const STREAMS_PER_CONNECTION: u32 = 256;

impl Tls {
    /// hyper writes streams too: what is on the wire is no plain HTTP that a carrier could go on with.
    pub(in crate::serve) async fn serve(
        &self,
        connections: &Arc<Connections>,
        socket: TcpStream,
        peer: SocketAddr,
        watcher: Watcher,
    ) -> Result<(), Cause> {
        let greeted = timeout(self.patience, self.greet(connections.bounded(socket))).await;
        let socket = greeted.map_err(|_| Cause::TooSlow)?.map_err(Cause::Other)?;
        let speaks_2 = socket.get_ref().1.alpn_protocol() == Some(HTTP_2);
        let asked = Notify::new();
        let service = service_fn(|request: Request<Incoming>| {
            asked.notify_one();
            let answer = connections.answer(request, peer, true);
            async move { Ok::<_, Infallible>(answer.await) }
        });
        let socket = TokioIo::new(socket);
        if !speaks_2 {
            return watcher
                .watch(connections.http1.serve_connection(socket, service))
                .await
                .map_err(Cause::from);
        }
        let mut connection = pin!(watcher.watch(self.http2.serve_connection(socket, service)));
        // HTTP/2 has no limit of its own for one that asks for nothing.
        tokio::select! {
            ended = &mut connection => return ended.map_err(Cause::from),
            asked = timeout(self.patience, asked.notified()) => {
                asked.map_err(|_| Cause::TooSlow)?;
            }
        }
        connection.await.map_err(Cause::from)
    }
}

/// How HTTP/2 is spoken.
pub(super) fn http2(config: &Config) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(head_limit(config)).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .keep_alive_timeout(config.write_timeout);
    builder
}
