//! A visitor of a site: each request on a connection of its own, as whoever comes for the first time.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, COOKIE, HOST};
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

/// How long a server may take for the beginning of an answer. Longer than a silence of the application.
const PATIENCE: Duration = Duration::from_secs(20);
const HTTP_2: &[u8] = b"h2";

/// Where a page is found.
pub(super) struct Site {
    authority: Authority,
    pub(super) path: String,
    server: String,
    tls: Option<TlsConnector>,
}

/// What a request goes with.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    pub(super) codings: &'a str,
    pub(super) cookie: &'a str,
}

/// Why there is no answer.
pub(super) enum Failure {
    /// Nobody is there.
    Unreachable(String),
    /// Its certificate is not accepted.
    Untrusted(String),
    /// It is there, and does not answer HTTP.
    Silent(String),
    /// It is there, and has said nothing yet.
    Late,
}

/// Any connection.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

impl Site {
    /// # Errors
    /// In words, if this is no address of a page.
    pub(super) fn of(url: &str, at: Option<SocketAddr>) -> Result<Self, Box<dyn Error>> {
        let not = || format!("the address of a page begins with https:// or http://, and `{url}` does not");
        let uri: Uri = url.parse().map_err(|_| not())?;
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(not().into()),
        };
        let authority = uri.authority().ok_or_else(not)?.clone();
        let port = authority.port_u16().unwrap_or(if tls { 443 } else { 80 });
        let host = format!("{}:{port}", authority.host());
        Ok(Self {
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            server: at.map_or(host, |at| at.to_string()),
            tls: if tls { Some(connector()?) } else { None },
            authority,
        })
    }

    pub(super) fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    pub(super) fn host(&self) -> &str {
        self.authority.host()
    }

    /// Asks for what is at this path. What the server makes of it may come later.
    pub(super) async fn get(&self, path: &str, asked: Asked<'_>) -> Result<Response<Incoming>, Failure> {
        let (socket, speaks_2) = self.connect().await?;
        let scheme = if self.is_secure() { "https" } else { "http" };
        let target = if speaks_2 { format!("{scheme}://{}{path}", self.authority) } else { path.to_owned() };
        let mut request = Request::get(target).header("accept", "text/html, text/event-stream");
        for (name, value) in [(ACCEPT_ENCODING, asked.codings), (COOKIE, asked.cookie)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        if !speaks_2 {
            request = request.header(HOST, self.authority.as_str());
        }
        let request = request.body(Empty::<Bytes>::new()).map_err(silent)?;
        let answer = async {
            if speaks_2 {
                let (mut sender, connection) =
                    http2::handshake(TokioExecutor::new(), TokioIo::new(socket)).await?;
                // It ends with the answer's body, and what breaks it is told there.
                tokio::spawn(connection);
                sender.send_request(request).await
            } else {
                let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
                tokio::spawn(connection);
                sender.send_request(request).await
            }
        };
        timeout(PATIENCE, answer).await.map_err(|_| Failure::Late)?.map_err(silent)
    }

    /// A connection, and whether HTTP/2 is spoken on it.
    async fn connect(&self) -> Result<(Box<dyn Duplex>, bool), Failure> {
        let connected = timeout(PATIENCE, TcpStream::connect(&self.server)).await;
        let unreachable = |cause: &dyn ToString| Failure::Unreachable(cause.to_string());
        let socket = connected.map_err(|cause| unreachable(&cause))?.map_err(|cause| unreachable(&cause))?;
        let Some(tls) = &self.tls else { return Ok((Box::new(socket), false)) };
        let untrusted = |cause: &dyn ToString| Failure::Untrusted(cause.to_string());
        let name = ServerName::try_from(self.host().trim_matches(['[', ']']).to_owned());
        let greeted =
            Box::pin(timeout(PATIENCE, tls.connect(name.map_err(|cause| untrusted(&cause))?, socket)));
        let socket = greeted.await.map_err(|cause| untrusted(&cause))?.map_err(|cause| untrusted(&cause))?;
        let speaks_2 = socket.get_ref().1.alpn_protocol() == Some(HTTP_2);
        Ok((Box::new(socket), speaks_2))
    }
}

fn silent(cause: impl Error) -> Failure {
    let mut text = cause.to_string();
    let mut next = cause.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    Failure::Silent(text)
}

/// Trusts whom this machine trusts, or `SSL_CERT_FILE`.
fn connector() -> Result<TlsConnector, Box<dyn Error>> {
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
    let mut config = client_config()?.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

fn client_config() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
}
