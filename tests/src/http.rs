//! An HTTP client for holding many streams open and for reading exactly what was sent.
//!
//! It keeps cookies, and knows nothing of redirects or caches: what the application says is what a test sees.

mod decode;
mod events;
mod request;
mod response;
mod secure;

pub use events::{Ending, Event, Events};
pub use request::Request;
pub use response::Response;
pub use secure::tls;

use ::http::{HeaderMap, Method, header};
use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http2;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One visitor: an address and the cookies got from it. A clone is the same visitor. Every request has a connection of
/// its own, so that a restart of the application between two of them is no matter; those of a [`Client::secure`] share one.
///
/// ```no_run
/// # async fn test(app: orion_tests::App) {
/// use serde_json::json;
///
/// let ann = app.client();
/// let page = ann.get("/").send().await;
/// assert_eq!(page.status, 200);
/// let mut events = ann.get("/live").encoding("br").stream().await;
/// ann.post("/todos").signals(&json!({ "title": "milk" })).send().await;
/// events.until("the list shows milk", |event| event.value("elements").contains("milk")).await;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    /// `127.0.0.1:PORT`, or a domain.
    authority: Arc<str>,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    /// The one that all requests share.
    connection: Option<http2::SendRequest<Full<Bytes>>>,
}

impl Client {
    /// A visitor without cookies. `origin` is an `http:` URL without a path.
    pub fn new(origin: &str) -> Self {
        let authority = origin.trim_start_matches("http://").trim_end_matches('/');
        Self { authority: authority.into(), cookies: Arc::default(), connection: None }
    }

    /// Begins a GET request.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// Begins a POST request.
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// Begins a request.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::new(self.clone(), method, path)
    }

    /// Opens a page, and says where its live stream is: path and query.
    pub async fn live(&self, page: &str) -> String {
        let html = self.get(page).send().await.text();
        let path = html.find("/_orion/live?page=").map(|start| &html[start..]);
        let path = path.and_then(|rest| rest.split('\'').next());
        path.unwrap_or_else(|| panic!("{page} opens no stream:\n{html}")).to_owned()
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Sends bytes as they are and reads until the application closes the connection: for what is not HTTP.
    pub async fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let exchange = async {
            let mut stream = TcpStream::connect(&*self.authority).await?;
            stream.write_all(bytes).await?;
            let mut answer = Vec::new();
            // What came before a reset counts too.
            let _ = stream.read_to_end(&mut answer).await;
            std::io::Result::Ok(answer)
        };
        let answer = crate::in_time("the application closed a raw connection", exchange).await;
        answer.expect("the application accepts a connection")
    }

    /// The `Cookie` header, if there are any.
    fn cookie_header(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for line in headers.get_all(header::SET_COOKIE) {
            let line = String::from_utf8_lossy(line.as_bytes());
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            if parts.any(|attribute| attribute.eq_ignore_ascii_case("max-age=0")) {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
