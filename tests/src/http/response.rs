//! A response that has been read to its end.

use super::decode::Decoder;
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::Value as Json;
use std::io;

/// Status, headers and the decoded body.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code, as a number: `assert_eq!(response.status, 200)`.
    pub status: u16,
    /// All headers as they came.
    pub headers: HeaderMap,
    /// The body, decoded if it came compressed.
    pub body: Bytes,
}

impl Response {
    pub(super) async fn read(response: http::Response<Incoming>) -> io::Result<Self> {
        let (head, body) = response.into_parts();
        let encoded = body.collect().await.map_err(io::Error::other)?.to_bytes();
        let body = Decoder::of(&head.headers)?.decode(&encoded)?.into();
        Ok(Self { status: head.status.as_u16(), headers: head.headers, body })
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is not JSON: {error}\n{}", self.text()))
    }

    /// A header, or an empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
