//! A visitor's side of TLS, and of HTTP/2, which browsers speak only through it.

use std::error::Error;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::Socket;

const HTTP_2: &[u8] = b"h2";

/// Whom a visitor trusts.
pub(super) struct Secure(TlsConnector);

impl Secure {
    /// Trusts whom this machine trusts, or `SSL_CERT_FILE`.
    pub(super) fn new() -> Result<Self, Box<dyn Error>> {
        let found = rustls_native_certs::load_native_certs();
        let mut roots = RootCertStore::empty();
        if roots.add_parsable_certificates(found.certs).0 == 0 {
            let causes: Vec<_> = found.errors.iter().map(ToString::to_string).collect();
            let cause = io::Error::other(causes.join(", "));
            return Err(format!(
                "this machine trusts no authority: {cause}\nhelp: install the package ca-certificates, or set SSL_CERT_FILE"
            )
            .into());
        }
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// A connection through this socket, and whether HTTP/2 is spoken on it.
    pub(super) async fn greet(&self, host: &str, socket: TcpStream) -> io::Result<(Socket, bool)> {
        let name =
            ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(io::Error::other)?;
        let socket = self.0.connect(name, socket).await?;
        let speaks_2 = socket.get_ref().1.alpn_protocol() == Some(HTTP_2);
        Ok((Box::new(socket), speaks_2))
    }

    /// Begins HTTP/2.
    pub(super) async fn share(&self, socket: Socket) -> hyper::Result<Shared> {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        // Until the server has said how many: what is more than it takes it refuses, and a browser lets it wait.
        builder.initial_max_send_streams(1);
        let (sender, connection) = builder.handshake(TokioIo::new(socket)).await?;
        // It ends with the last of who asks and of the answers' bodies, and what breaks it is told there.
        tokio::spawn(connection);
        Ok(Shared(sender))
    }
}

/// A connection for many requests.
pub(super) struct Shared(http2::SendRequest<Empty<Bytes>>);

impl Shared {
    pub(super) async fn ask(&self, request: Request<Empty<Bytes>>) -> hyper::Result<Response<Incoming>> {
        self.0.clone().send_request(request).await
    }
}
