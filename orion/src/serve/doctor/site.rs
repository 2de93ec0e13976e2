//! Visitors of a site: who comes for the first time for each request, and who asks again and again, as the tabs of one browser do.

mod secure;

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, COOKIE, HOST};
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use self::secure::{Secure, Shared};

/// How long a server may take for the beginning of an answer. Longer than a silence of the application.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a page is found.
pub(super) struct Site {
    authority: Authority,
    pub(super) path: String,
    server: String,
    tls: Option<Secure>,
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
type Socket = Box<dyn Duplex>;
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
            tls: if tls { Some(Secure::new()?) } else { None },
            authority,
        })
    }

    pub(super) fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    pub(super) fn host(&self) -> &str {
        self.authority.host()
    }

    /// Asks for what is at this path, on a connection of its own. What the server makes of it may come later.
    pub(super) async fn get(&self, path: &str, asked: Asked<'_>) -> Result<Response<Incoming>, Failure> {
        let (socket, by_2) = self.connect().await?;
        let request = self.request(path, asked, by_2.is_some())?;
        let answer = async {
            if let Some(tls) = by_2 {
                tls.share(socket).await?.ask(request).await
            } else {
                let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
                // It ends with the answer's body, and what breaks it is told there.
                tokio::spawn(connection);
                sender.send_request(request).await
            }
        };
        timeout(PATIENCE, answer).await.map_err(|_| Failure::Late)?.map_err(silent)
    }

    /// A browser, which asks for more than one thing.
    pub(super) async fn browser(&self) -> Result<Browser<'_>, Failure> {
        let shared = match self.connect().await? {
            (socket, Some(tls)) => Some(tls.share(socket).await.map_err(silent)?),
            (_, None) => None,
        };
        Ok(Browser { site: self, shared })
    }

    fn request(&self, path: &str, asked: Asked<'_>, by_2: bool) -> Result<Request<Empty<Bytes>>, Failure> {
        let scheme = if self.is_secure() { "https" } else { "http" };
        let target = if by_2 { format!("{scheme}://{}{path}", self.authority) } else { path.to_owned() };
        let mut request = Request::get(target).header("accept", "text/html, text/event-stream");
        for (name, value) in [(ACCEPT_ENCODING, asked.codings), (COOKIE, asked.cookie)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        if !by_2 {
            request = request.header(HOST, self.authority.as_str());
        }
        request.body(Empty::<Bytes>::new()).map_err(silent)
    }

    /// A connection, and who asks on it if that is done by HTTP/2.
    async fn connect(&self) -> Result<(Socket, Option<&Secure>), Failure> {
        let connected = timeout(PATIENCE, TcpStream::connect(&self.server)).await;
        let unreachable = |cause: &dyn ToString| Failure::Unreachable(cause.to_string());
        let socket = connected.map_err(|cause| unreachable(&cause))?.map_err(|cause| unreachable(&cause))?;
        let Some(tls) = &self.tls else { return Ok((Box::new(socket), None)) };
        let untrusted = |cause: &dyn ToString| Failure::Untrusted(cause.to_string());
        let greeted = Box::pin(timeout(PATIENCE, tls.greet(self.host(), socket)));
        let greeted = greeted.await.map_err(|cause| untrusted(&cause))?;
        let (socket, speaks_2) = greeted.map_err(|cause| untrusted(&cause))?;
        Ok((socket, speaks_2.then_some(tls)))
    }
}

/// Who asks by HTTP/2 through one connection, and else through one for each request.
pub(super) struct Browser<'a> {
    site: &'a Site,
    shared: Option<Shared>,
}

impl Browser<'_> {
    /// As [`Site::get`].
    pub(super) async fn get(&self, path: &str, asked: Asked<'_>) -> Result<Response<Incoming>, Failure> {
        let Some(shared) = &self.shared else { return self.site.get(path, asked).await };
        let request = self.site.request(path, asked, true)?;
        timeout(PATIENCE, shared.ask(request)).await.map_err(|_| Failure::Late)?.map_err(silent)
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
