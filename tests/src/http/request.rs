//! A request on its way.

use super::{Client, Events, Response};
use crate::in_time;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::TokioIo;
use serde_json::Value as Json;
use std::io;
use tokio::net::TcpStream;

/// A request that is being put together.
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    client: Client,
    request: http::Request<Full<Bytes>>,
}

impl Request {
    pub(super) fn new(client: Client, method: Method, path: &str) -> Self {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &*client.authority)
            .body(Full::default())
            .unwrap_or_else(|error| panic!("{path:?} is not a path: {error}"));
        Self { client, request }
    }

    /// Adds or replaces a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("the name of a header");
        self.request.headers_mut().insert(name, HeaderValue::from_str(value).expect("the value of a header"));
        self
    }

    /// Accepts a content encoding; what is read is decoded. `br`, `gzip`, or nothing by default.
    pub fn encoding(self, encoding: &str) -> Self {
        self.header("accept-encoding", encoding)
    }

    /// A body.
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        *self.request.body_mut() = Full::new(body.into());
        self.header("content-type", content_type)
    }

    /// A form, as a page without JavaScript sends it.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body)
    }

    /// Signals, as Datastar sends them: GET and DELETE in the query, all others as a JSON body.
    pub fn signals(mut self, signals: &Json) -> Self {
        let in_query = matches!(*self.request.method(), Method::GET | Method::DELETE);
        if in_query {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("datastar", &signals.to_string())
                .finish();
            let uri = self.request.uri().to_string();
            let separator = if uri.contains('?') { '&' } else { '?' };
            let uri = format!("{uri}{separator}{query}");
            *self.request.uri_mut() = uri.parse().expect("an encoded query");
        } else {
            self = self.body("application/json", signals.to_string());
        }
        self.header("datastar-request", "true")
            .header("accept", "text/event-stream, text/html, application/json")
    }

    /// Sends it and reads the whole response.
    pub async fn send(self) -> Response {
        let what = self.to_string();
        let response = in_time(&format!("{what} was answered"), self.try_send()).await;
        response.unwrap_or_else(|error| panic!("{what} was not answered: {error}"))
    }

    /// As [`send`](Self::send), for an application that may not be there.
    pub async fn try_send(self) -> io::Result<Response> {
        Response::read(self.exchange().await?).await
    }

    /// Sends it and reads the response as it comes: a stream of events, held open until it is dropped.
    pub async fn stream(self) -> Events {
        let what = self.to_string();
        let events = in_time(&format!("{what} began to answer"), self.try_stream()).await;
        events.unwrap_or_else(|error| panic!("{what} was not answered: {error}"))
    }

    /// As [`stream`](Self::stream), for an application that may not be there.
    pub async fn try_stream(self) -> io::Result<Events> {
        Ok(Events::new(self.exchange().await?))
    }

    async fn exchange(mut self) -> io::Result<http::Response<Incoming>> {
        if let Some(cookies) = self.client.cookie_header() {
            self = self.header("cookie", &cookies);
        }
        let client = self.client.clone();
        let response = match &client.connection {
            None => self.alone().await?,
            Some(connection) => self.on(connection.clone()).await?,
        };
        client.keep_cookies(response.headers());
        Ok(response)
    }

    /// On a connection of its own.
    async fn alone(self) -> io::Result<http::Response<Incoming>> {
        let stream = TcpStream::connect(&*self.client.authority).await?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        // Ends with the response: nobody else has the connection. What breaks it is told where the body is read.
        tokio::spawn(connection);
        sender.send_request(self.request).await.map_err(io::Error::other)
    }

    /// On a connection that others use too.
    async fn on(
        mut self,
        mut connection: http2::SendRequest<Full<Bytes>>,
    ) -> io::Result<http::Response<Incoming>> {
        // HTTP/2 has the host in the target (RFC 9113, section 8.3.1).
        self.request.headers_mut().remove(header::HOST);
        let target = format!("https://{}{}", self.client.authority, self.request.uri());
        *self.request.uri_mut() = target.parse().expect("a path after a host");
        connection.ready().await.map_err(io::Error::other)?;
        connection.send_request(self.request).await.map_err(io::Error::other)
    }
}

impl std::fmt::Display for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.request.method(), self.request.uri())
    }
}
